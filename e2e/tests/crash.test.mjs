// kill -9 of a node while three people type: after the restart every edit that showed 保存済み is there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, random } from '../lib/api.mjs'
import { kasane, verify } from '../lib/kasane.mjs'
import { sleep, until } from '../lib/proc.mjs'
import { twoNodes } from '../lib/stage.mjs'
import { planDocument, typist, wordsIn } from '../lib/typing.mjs'

const seeds = Number(process.env.KASANE_SEEDS ?? 20)
const first = Number(process.env.KASANE_SEED ?? Date.now() % 100000)
const logins = ['jimukyoku', 'shukan', 'jimukyoku']

const signedIn = async (url, login) => { const c = new Client(url); await c.signIn(login); return c }

/** The words of the document as somebody who comes now sees them. */
const look = async (url, name) => {
  const open = await (await signedIn(url, 'jimukyoku')).open(name)
  return { ...open, words: wordsIn(open.document.getText('t:situation').toString()) }
}

const empty = async ({ document, provider, close }) => {
  document.getText('t:situation').delete(0, document.getText('t:situation').length)
  await until('cleared', () => provider.unsyncedChanges === 0)
  close()
}

const missing = (typists, words) => typists.flatMap(t => [...t.saved].filter(w => !words.has(w)))

test(`kill -9 while three people type, seeds ${first}…${first + seeds - 1}`, { timeout: seeds * 60000 }, async t => {
  const node = await kasane()
  t.after(() => node.kill())
  let total = 0
  for (let seed = first; seed < first + seeds; seed++) {
    const rnd = random(seed)
    const people = await Promise.all(logins.map(login => signedIn(node.url, login)))
    const name = await planDocument(people[0])
    const open = await Promise.all(people.map(p => p.open(name)))
    const typists = open.map((o, i) => typist(o, `s${seed}p${i}`, seed * 10 + i))
    await until('something saved by each', () => typists.every(p => p.saved.size > 0))
    await sleep(200 + rnd() * 900)
    await node.kill()
    await Promise.all(typists.map(p => p.stop())) // nobody comes back: what counts as saved was acknowledged before the end
    for (const o of open) o.close()
    await node.start()

    const after = await look(node.url, name)
    assert.deepEqual(missing(typists, after.words), [], `seed ${seed}: words that showed 保存済み are lost`)
    total += typists.reduce((n, p) => n + p.saved.size, 0)
    await empty(after) // the next round starts with an empty text
  }
  t.diagnostic(`${total} saved edits, ${seeds} kills, none lost`)
  await node.stop()
  const checked = await verify(node.data)
  assert.equal(checked.code, 0, checked.err + checked.out)
})

const few = Math.ceil(seeds / 4)
test(`kill -9 of one of two nodes on PostgreSQL and Redis, seeds ${first}…${first + few - 1}`, { timeout: seeds * 60000 }, async t => {
  const stage = await twoNodes()
  t.after(() => stage.close())
  const [one, two] = stage.nodes
  let total = 0
  for (let seed = first; seed < first + few; seed++) {
    const rnd = random(seed)
    // the first and the last sit at node 1, the others at node 2
    const people = await Promise.all([...logins, 'shukan'].map((login, i) => signedIn([one, two, two, one][i].url, login)))
    const name = await planDocument(people[0])
    const open = await Promise.all(people.map(p => p.open(name)))
    const typists = open.map((o, i) => typist(o, `s${seed}p${i}`, seed * 10 + i))
    await until('something saved by each', () => typists.every(p => p.saved.size > 0))
    await sleep(200 + rnd() * 900)
    const others = typists.slice(1, 3)
    const before = others.map(p => p.saved.size)
    await one.kill()
    // at node 2 the work goes on
    await until('node 2 goes on saving', () => others.every((p, i) => p.saved.size > before[i] + 5), 10000)
    await Promise.all(typists.map(p => p.stop()))
    await until('node 2 saves the rest', () => open[1].provider.unsyncedChanges === 0 && open[2].provider.unsyncedChanges === 0)
    const texts = () => open.slice(1, 3).map(o => o.document.getText('t:situation').toString())
    await until('both at node 2 see the same', () => new Set(texts()).size === 1)
    for (const o of open) o.close()
    await one.start()

    const [here, there] = [await look(one.url, name), await look(two.url, name)]
    assert.deepEqual(missing(typists, here.words), [], `seed ${seed}: lost at node 1`)
    assert.deepEqual(missing(typists, there.words), [], `seed ${seed}: lost at node 2`)
    assert.equal(here.document.getText('t:situation').toString(), there.document.getText('t:situation').toString(), `seed ${seed}: the nodes differ`)
    assert.equal(there.document.getText('t:situation').toString(), texts()[0], `seed ${seed}: not what the people at node 2 saw`)
    total += typists.reduce((n, p) => n + p.saved.size, 0)
    there.close()
    await empty(here)
  }
  t.diagnostic(`${total} saved edits, ${few} kills, none lost`)
  const checked = await stage.verify()
  assert.equal(checked.code, 0, checked.err + checked.out)
})
