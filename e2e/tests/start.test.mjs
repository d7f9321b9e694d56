// The binary as an administrator meets it: help, first start, first administrator, refusals that say what to do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from '../lib/api.mjs'
import { binary, kasane, verify } from '../lib/kasane.mjs'
import { freePort, run, tempDir } from '../lib/proc.mjs'

test('help and wrong words', async () => {
  const help = await run(binary, ['help'])
  assert.equal(help.code, 0)
  for (const word of ['demo', 'serve', 'verify', '--addr', '--data']) assert.match(help.out, new RegExp(word))
  const wrong = await run(binary, ['sereve'])
  assert.equal(wrong.code, 2)
  assert.match(wrong.err, /使い方/)
})

test('serve asks for the first administrator, once', async () => {
  const node = await kasane({ command: 'serve' })
  const code = /セットアップコード[^0-9A-Z]*([0-9A-Z-]{6,})/.exec(node.child.log())?.[1]
  assert.ok(code, `the terminal shows a setup code: ${node.child.log()}`)
  const c = new Client(node.url)
  assert.equal((await c.get('/api/session')).state, 'setup')
  const admin = { municipality: '試験市', agency: '福祉総合相談課', name: '𠮷田 髙子', kana: 'よしだ たかこ', login: 'admin', password: 'correct horse battery' }
  await assert.rejects(c.post('/api/setup', { ...admin, code: 'WRONG-CODE' }), e => e.status === 403 || e.status === 422 || e.status === 401)
  const session = await c.post('/api/setup', { ...admin, code })
  assert.equal(session.state, 'signed_in')
  assert.equal(session.actor.name, admin.name)
  await assert.rejects(new Client(node.url).post('/api/setup', { ...admin, login: 'second', code }), e => e.status >= 400 && e.status < 500)
  await node.stop()
})

test('two processes cannot share one data folder', async () => {
  const node = await kasane()
  const second = await run(binary, ['demo', '--addr', `127.0.0.1:${await freePort()}`, '--data', node.data])
  assert.notEqual(second.code, 0)
  assert.match(second.err, /使用中|使われています/)
  await node.stop()
})

test('Redis without PostgreSQL is refused', async () => {
  const r = await run(binary, ['serve', '--data', tempDir('x')], { env: { ...process.env, REDIS_URL: 'redis://127.0.0.1:1/0', DATABASE_URL: '' } })
  assert.notEqual(r.code, 0)
  assert.match(r.err, /DATABASE_URL/)
})

test('verify works beside a running server, and says so when there is nothing', async () => {
  const node = await kasane()
  const good = await verify(node.data)
  assert.equal(good.code, 0, good.err + good.out)
  await node.stop()
  const empty = tempDir('empty')
  const none = await verify(empty)
  assert.notEqual(none.code, 0)
  writeFileSync(join(empty, 'kasane.db'), 'this is no database')
  const broken = await verify(empty)
  assert.notEqual(broken.code, 0)
})
