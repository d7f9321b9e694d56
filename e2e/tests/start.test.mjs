// The binary as an administrator meets it: help, first start, first administrator, refusals that say what to do, an ordered stop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Client } from '../lib/api.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { binary, kasane, verify } from '../lib/kasane.mjs'
import { freePort, run, sleep, tempDir, until } from '../lib/proc.mjs'
import { postgres } from '../lib/services.mjs'
import { planDocument, typist, wordsIn } from '../lib/typing.mjs'

const plain = { ...process.env, DATABASE_URL: '', REDIS_URL: '' }
const rss = pid => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024

test('help and wrong words', async () => {
  const help = await run(binary, ['help'])
  assert.equal(help.code, 0)
  for (const word of ['demo', 'serve', 'verify', '--addr', '--data']) assert.match(help.out, new RegExp(word))
  const wrong = await run(binary, ['sereve'])
  assert.equal(wrong.code, 2)
  assert.match(wrong.err, /「sereve」という命令はありません[^]*使い方/)
  const nothing = await run(binary, [])
  assert.equal(nothing.code, 2)
  assert.match(nothing.err, /使い方/)
})

test('how long a start takes, and how much memory it holds', async t => {
  const began = performance.now()
  const node = await kasane()
  t.after(() => node.kill())
  const firstStart = performance.now() - began
  await node.stop()
  const again = performance.now()
  await node.start()
  const secondStart = performance.now() - again
  await sleep(2000)
  const idle = rss(node.child.pid)
  t.diagnostic(`demo ready after ${firstStart.toFixed(0)} ms (with the municipality made), ${secondStart.toFixed(0)} ms the second time; ${idle.toFixed(0)} MB resident when idle`)
  assert.ok(firstStart < 30000 && secondStart < 10000 && idle < 1024)
})

/** The first administrator in the browser: the form, and はじめの設定 as far as the agencies, left and come back to; then the sheet of what was set. */
const firstRun = async (t, url, admin) => {
  const browser = await launch()
  t.after(() => browser.close())
  const p = await Person.sit(browser, 'admin', url)
  p.page.setDefaultTimeout(10000)
  const at = id => p.page.getByTestId(id)
  await p.page.goto('/')
  for (const [field, text] of Object.entries(admin)) await at(`setup-${field}`).fill(text)
  await p.page.keyboard.press('Enter')
  await at('town-code').fill('13101')
  await p.page.keyboard.press('Enter')
  await p.page.getByText('検査数字は6で、コードは131016です').waitFor()
  await at('town-code').fill('131016')
  await p.page.keyboard.press('Enter')
  await at('agency-take').click()
  await at('take-text').fill('名称\t種別・分野\t担当者\t電話\n試験市南包括\t地域包括支援センター\t𠮷野 凪\t012-345-6789\nなぎさ会\t\t\t123456789')
  await at('take-look').click()
  await at('take-row-3').getByText('先頭の0が抜けていませんか').waitFor()
  await at('take-save').click()
  await at('agencies-taken').waitFor()
  await p.page.goto('/admin/users') // left
  await p.page.getByRole('link', { name: 'はじめの設定 1/7' }).click()
  await at('step-confirm').click() // where it was left
  await at('type-new').waitFor()
  await at('step-summary').click()
  const sheet = await at('first-run-sheet').innerText()
  for (const said of ['試験市', '131016 東京都', '試験市南包括', '𠮷野 凪', '012-345-6789', '重層的支援会議']) assert.ok(sheet.includes(said), `${said} stands on the sheet: ${sheet}`)
  for (const secret of [admin.password, admin.code]) assert.ok(!sheet.includes(secret), 'a secret stands on the sheet')
  await at('first-run-left').getByText('「会議種別」がまだです。').waitFor()
  assert.deepEqual(p.errors.filter(e => !/status of 422/.test(e)), [])
}

test('serve asks for the first administrator, once', async t => {
  const node = await kasane({ command: 'serve' })
  t.after(() => node.kill())
  const code = /セットアップコード[^0-9A-Z]*([0-9A-Z-]{6,})/.exec(node.child.log())?.[1]
  assert.ok(code, `the terminal shows a setup code: ${node.child.log()}`)
  const c = new Client(node.url)
  assert.equal((await c.get('/api/session')).state, 'setup')
  const admin = { municipality: '試験市', agency: '福祉総合相談課', name: '𠮷田 髙子', kana: 'よしだ たかこ', login: 'admin', password: 'correct horse battery' }
  await c.refused('POST', '/api/setup', { ...admin, code: 'WRONG-CODE' }, [401, 403, 422], /セットアップコード/)
  await c.refused('POST', '/api/setup', { ...admin, code, password: 'short' }, [422], /パスワード/)
  await firstRun(t, node.url, { ...admin, code })
  await new Client(node.url).refused('POST', '/api/setup', { ...admin, login: 'second', code }, [401, 403, 409, 410, 422])
  assert.equal((await new Client(node.url).get('/api/session')).state, 'signed_out')
  // a restart asks nobody again
  await node.stop()
  await node.start()
  assert.doesNotMatch(node.child.log(), /セットアップコード/)
  await new Client(node.url).refused('POST', '/api/setup', { ...admin, login: 'third', code }, [401, 403, 409, 410, 422])
  const back = new Client(node.url)
  assert.equal((await back.post('/api/session', { login: 'admin', password: admin.password })).actor.name, admin.name)
})

test('two processes cannot share one data folder', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const second = await run(binary, ['demo', '--addr', `127.0.0.1:${await freePort()}`, '--data', node.data], { env: plain })
  assert.equal(second.code, 1)
  assert.match(second.err, /ほかの Kasane が使っています。動いている Kasane を止めてから/)
  // nor one address
  const same = await run(binary, ['demo', '--addr', `127.0.0.1:${node.port}`, '--data', tempDir('other')], { env: plain })
  assert.equal(same.code, 1)
  assert.match(same.err, /待ち受けられません/)
})

test('Redis without PostgreSQL is refused, and PostgreSQL without a file key', async () => {
  const r = await run(binary, ['serve', '--data', tempDir('x')], { env: { ...plain, REDIS_URL: 'redis://127.0.0.1:1/0' } })
  assert.equal(r.code, 2)
  assert.match(r.err, /設定に誤りがあります[^]*DATABASE_URL/)
  const k = await run(binary, ['serve', '--data', tempDir('x')], { env: { ...plain, DATABASE_URL: 'postgres://127.0.0.1:1/x', KASANE_FILE_KEY: '' } })
  assert.equal(k.code, 2)
  assert.match(k.err, /設定に誤りがあります[^]*KASANE_FILE_KEY/)
})

test('verify works beside a running server, and says so when there is nothing', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const good = await verify(node.data)
  assert.equal(good.code, 0, good.err + good.out)
  await node.stop()
  const stopped = await verify(node.data)
  assert.equal(stopped.code, 0, stopped.err + stopped.out)
  const empty = tempDir('empty')
  const none = await verify(empty)
  assert.equal(none.code, 1)
  assert.match(none.err, /保存された記録\(kasane\.db\)がありません/)
  writeFileSync(join(empty, 'kasane.db'), 'this is no database')
  const broken = await verify(empty)
  assert.equal(broken.code, 1)
  assert.match(broken.err, /[ぁ-ん].*。/)
  assert.equal(readFileSync(join(empty, 'kasane.db'), 'utf8'), 'this is no database')
})

test('two nodes on PostgreSQL without Redis say so', async t => {
  const pg = await postgres()
  t.after(() => pg.stop())
  const env = { DATABASE_URL: pg.url, KASANE_FILE_KEY: randomBytes(32).toString('base64') }
  const one = await kasane({ env }) // both have the name of this machine
  t.after(() => one.kill())
  const began = Date.now()
  const two = await kasane({ env, await: '/livez' })
  t.after(() => two.kill())
  for (const node of [one, two]) {
    await until('it stands on the terminal, though nobody asks', () => /REDIS_URL が設定されていない/.test(node.child.log()), 10000)
    const check = await until(`${node.url} finds the other`, async () => {
      const res = await fetch(node.url + '/readyz')
      const body = await res.json()
      const line = body.checks.find(c => c.name === 'nodes')
      return res.status === 503 && body.ready === false && line.ok === false && line
    }, 10000)
    assert.match(check.message, /REDIS_URL が設定されていないノードがあります。全ノードに設定してください/)
  }
  t.diagnostic(`both nodes say so ${Date.now() - began} ms after the second was started`)
  // the one that stays is well again when the other has signed off, also when it died itself
  await two.stop()
  await until('node 1 is ready again', async () => (await fetch(one.url + '/readyz')).ok, 10000)
  await one.kill()
  const again = Date.now()
  await one.start()
  assert.ok(Date.now() - again < 5000, 'the dead one is not taken for another')
})

test('SIGTERM: what was acknowledged is kept, clients are sent away with 1012, exit code 0', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const people = await Promise.all(['jimukyoku', 'shukan', 'jimukyoku'].map(async login => { const c = new Client(node.url); await c.signIn(login); return c }))
  const name = await planDocument(people[0])
  const open = await Promise.all(people.map(p => p.open(name)))
  const codes = Promise.all(open.map(o => new Promise(resolve => o.socket.on('close', ({ event }) => resolve(event.code)))))
  const typists = open.map((o, i) => typist(o, `p${i}`, i + 1))
  await until('something saved by each', () => typists.every(p => p.saved.size > 20))
  const began = Date.now()
  const exit = await node.stop()
  const took = Date.now() - began
  await Promise.all(typists.map(p => p.stop()))
  assert.deepEqual(exit, { code: 0, signal: null }, node.child.log())
  assert.ok(took < 10000, `${took} ms`)
  assert.deepEqual(await codes, [1012, 1012, 1012])
  for (const o of open) o.close()
  await node.start()
  const after = await (await signedIn(node.url)).open(name)
  const stored = wordsIn(after.document.getText('t:situation').toString())
  const saved = typists.flatMap(p => [...p.saved])
  assert.deepEqual(saved.filter(w => !stored.has(w)), [])
  after.close()
  t.diagnostic(`stopped in ${took} ms; ${saved.length} saved edits, none lost`)
})

const signedIn = async url => { const c = new Client(url); await c.signIn('jimukyoku'); return c }
