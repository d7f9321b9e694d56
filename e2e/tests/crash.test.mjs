// kill -9 of the node while three people type: after the restart every edit that showed 保存済み is there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, random } from '../lib/api.mjs'
import { kasane } from '../lib/kasane.mjs'
import { sleep, until } from '../lib/proc.mjs'

const seeds = Number(process.env.KASANE_SEEDS ?? 20)
const first = Number(process.env.KASANE_SEED ?? Date.now() % 100000)

/** Find a plan document that every holder may write. */
const planDocument = async client => {
  const { cases } = await client.get('/api/cases')
  for (const { id } of cases) {
    for (const { id: planId } of (await client.get(`/api/cases/${id}`)).plans) {
      const doc = (await client.get(`/api/plans/${planId}`)).docs.find(d => d.write)
      if (doc) return doc.doc
    }
  }
  throw new Error('no writable plan document in the demo')
}

/** One person typing small marked words; `saved` are those that showed 保存済み. */
const typist = (open, label, rnd) => {
  const { provider, document } = open
  const text = document.getText('t:situation')
  const written = []
  const saved = new Set()
  let n = 0
  provider.on('unsyncedChanges', () => { if (provider.unsyncedChanges === 0) for (const w of written) saved.add(w) })
  let going = true
  const done = (async () => {
    while (going) {
      const word = `〔${label}${n++}〕`
      written.push(word) // before the edit: the acknowledgement cannot come earlier
      text.insert(Math.floor(rnd() * (text.length + 1)), word)
      await sleep(rnd() * 12)
    }
  })()
  return { saved, stop: () => { going = false; return done } }
}

test(`kill -9 while three people type, seeds ${first}…${first + seeds - 1}`, { timeout: 20 * 60000 }, async () => {
  const node = await kasane()
  let total = 0
  for (let seed = first; seed < first + seeds; seed++) {
    const rnd = random(seed)
    const people = await Promise.all(['jimukyoku', 'jimukyoku', 'shikan'].map(async login => { const c = new Client(node.url); await c.signIn(login); return c }))
    const name = await planDocument(people[0])
    const open = await Promise.all(people.map(p => p.open(name)))
    const typists = open.map((o, i) => typist(o, `s${seed}p${i}n`, rnd))
    await until('something saved by each', () => typists.every(t => t.saved.size > 0), 10000)
    await sleep(200 + rnd() * 900)
    const frozen = typists.map(t => [...t.saved])
    await node.kill()
    await Promise.all(typists.map(t => t.stop()))
    for (const o of open) o.close()
    await node.start()

    const fresh = new Client(node.url)
    await fresh.signIn('jimukyoku')
    const after = await fresh.open(name)
    const stored = wordsIn(after.document.getText('t:situation').toString())
    frozen.forEach((words, i) => {
      total += words.length
      const missing = words.filter(w => !stored.has(w))
      assert.deepEqual(missing, [], `seed ${seed}: person ${i} lost words that showed 保存済み`)
    })
    // start the next round with an empty text
    after.document.getText('t:situation').delete(0, after.document.getText('t:situation').length)
    await until('cleared', () => after.provider.unsyncedChanges === 0)
    after.close()
  }
  console.log(`${total} saved edits, ${seeds} kills, none lost`)
  await node.stop()
})

/** All marked words of a text. Someone may have typed inside a word: whole words nest, so the innermost are taken out first. */
const wordsIn = text => {
  const found = new Set()
  for (let before = null; before !== text;) {
    before = text
    text = text.replace(/〔[^〔〕]*〕/g, word => { found.add(word); return '' })
  }
  return found
}
