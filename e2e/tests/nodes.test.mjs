// What /readyz tells about nodes that cannot call each other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomBytes } from 'node:crypto'
import { kasane } from '../lib/kasane.mjs'
import { until } from '../lib/proc.mjs'
import { postgres, redis } from '../lib/services.mjs'

/** Waits until a check of /readyz is what it should be, and gives its message. */
const says = (node, name, ok, ms) => until(`${node.url}: ${name} is ${ok ? 'well' : 'not well'}`, async () => {
  const res = await fetch(node.url + '/readyz')
  const check = (await res.json()).checks.find(c => c.name === name)
  return check.ok === ok && (ok || res.status === 503) && { ...check }
}, ms)

test('Redis stops and starts; then one node has another Redis', { timeout: 180000 }, async t => {
  const [pg, rd, other] = await Promise.all([postgres(), redis(), redis()])
  t.after(() => Promise.all([pg.stop(), rd.stop(), other.stop()]))
  const env = { DATABASE_URL: pg.url, REDIS_URL: rd.url, KASANE_FILE_KEY: randomBytes(32).toString('base64') }
  const one = await kasane({ env: { ...env, KASANE_NODE: 'node1' } })
  t.after(() => one.kill())
  const two = await kasane({ env: { ...env, KASANE_NODE: 'node2' } })
  t.after(() => two.kill())
  const nodes = [one, two]

  await rd.stop()
  let began = Date.now()
  for (const node of nodes) assert.match((await says(node, 'bus', false, 10000)).message, /Redisにつながりません/)
  t.diagnostic(`both say so ${Date.now() - began} ms after Redis was stopped`)
  assert.ok((await Promise.all(nodes.map(n => fetch(n.url + '/livez')))).every(r => r.ok), 'they go on serving')
  await rd.start()
  began = Date.now()
  for (const node of nodes) await says(node, 'bus', true, 10000)
  t.diagnostic(`both are well ${Date.now() - began} ms after it was started`)

  // Each of them reaches a Redis, so each believes to be heard.
  await two.stop()
  const astray = await kasane({ env: { ...env, REDIS_URL: other.url, KASANE_NODE: 'node2' } })
  t.after(() => astray.kill())
  began = Date.now()
  for (const node of [one, astray]) {
    await says(node, 'bus', true, 10000)
    assert.match((await says(node, 'nodes', false, 60000)).message, /ほかのノードの声が、Redisから聞こえません/)
  }
  t.diagnostic(`both say so ${Date.now() - began} ms after the second was started`)
  await astray.stop()
  await says(one, 'nodes', true, 20000)
})
