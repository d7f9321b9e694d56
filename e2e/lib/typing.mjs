// People who type small marked words, and what became of the words.
import { random } from './api.mjs'
import { sleep } from './proc.mjs'

/** Find a plan document that every holder may write. */
export const planDocument = async client => {
  const { cases } = await client.get('/api/cases')
  for (const { id } of cases) {
    for (const { id: planId } of (await client.get(`/api/cases/${id}`)).plans) {
      const doc = (await client.get(`/api/plans/${planId}`)).docs.find(d => d.write)
      if (doc) return doc.doc
    }
  }
  throw new Error('no writable plan document in the demo')
}

/** One person typing into an opened document until `stop`; `saved` are the words that showed 保存済み. */
export const typist = ({ provider, document }, label, seed) => {
  const rnd = random(seed)
  const text = document.getText('t:situation')
  const written = []
  const saved = new Set()
  provider.on('unsyncedChanges', () => { if (provider.unsyncedChanges === 0) for (const w of written) saved.add(w) })
  let going = true
  const done = (async () => {
    while (going) {
      const word = `〔${label}n${written.length}〕`
      written.push(word) // before the edit: the acknowledgement cannot come earlier
      text.insert(Math.floor(rnd() * (text.length + 1)), word)
      await sleep(rnd() * 12)
    }
  })()
  return { saved, stop: () => { going = false; return done } }
}

/** All marked words of a text. Someone may have typed inside a word: whole words nest, so the innermost are taken out first. */
export const wordsIn = text => {
  const found = new Set()
  for (let before = null; before !== text;) {
    before = text
    text = text.replace(/〔[^〔〕]*〕/g, word => { found.add(word); return '' })
  }
  return found
}
