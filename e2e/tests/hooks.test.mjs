// 連携先への通知 in the real program, by keyboard: an address is set up, its secret shown once; what lies inside is refused with a word when it is entered and not reached when it is dialled.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { person } from '../lib/api.mjs'
import { violations } from '../lib/axe.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { until } from '../lib/proc.mjs'
import { get, press, seen, signIn } from '../lib/room.mjs'
import { alone } from '../lib/stage.mjs'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

test('an address of another system', { timeout: 120000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  let dialled = 0
  const inside = createServer(s => { dialled++; s.destroy() })
  await new Promise(resolve => inside.listen(0, '127.0.0.1', resolve))
  t.after(() => inside.close())
  const port = inside.address().port

  const p = await Person.sit(browser, '所管課', url)
  p.page.setDefaultTimeout(15000)
  await signIn(p, 'shukan')
  await p.page.goto('/admin/tokens')
  await seen(p, '送信先はまだありません')
  const fits = async where => assert.deepEqual(await violations(p), [], where)

  // by keyboard: the button, the fields, a kind, save
  await get(p, 'hook-new').focus()
  await p.page.keyboard.press('Enter')
  await get(p, 'hook-url').focus()
  const enter = async text => { await get(p, 'hook-url').fill(''); await p.page.keyboard.type(text) }
  await enter('http://renkei.example.lg.jp/kasane')
  await get(p, 'hook-agency').focus()
  await p.page.keyboard.press('ArrowDown')
  assert.notEqual(await get(p, 'hook-agency').inputValue(), '')
  await get(p, 'hook-all').focus()
  await p.page.keyboard.press('Enter')
  await get(p, 'hook-kind-consent.changed').focus()
  await p.page.keyboard.press('Space')
  assert.equal(await get(p, 'hook-kind-consent.changed').isChecked(), false, 'each kind is switched by itself')
  const save = async () => { await get(p, 'hook-save').focus(); await p.page.keyboard.press('Enter') }
  await save()
  await seen(p, 'KASANE_WEBHOOK_HTTP_HOSTS')
  await fits('the dialog with a fault')
  await get(p, 'hook-url').focus()
  await enter('https://10.1.2.3/kasane')
  await save()
  await seen(p, 'KASANE_WEBHOOK_NETWORKS')
  await get(p, 'hook-url').focus()
  await enter('https://169.254.169.254/latest')
  await save()
  await seen(p, 'その内側の特別なアドレス')
  await get(p, 'hook-url').focus()
  await enter(`https://localhost:${port}/kasane`)
  await save()
  const secret = await get(p, 'hook-secret-value').inputValue()
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  await fits('the secret')
  await get(p, 'hook-secret-close').focus()
  await p.page.keyboard.press('Enter')
  await get(p, 'hook').waitFor()
  await p.page.reload()
  await get(p, 'hook').waitFor()
  assert.equal(await p.page.evaluate(s => document.documentElement.outerHTML.includes(s), secret), false, 'the secret is shown once')

  // a test goes out, and what lies inside is not reached
  await get(p, 'hook-test').focus()
  await p.page.keyboard.press('Enter')
  const failed = p.page.locator('[data-testid=hook-sent][data-state=failed]')
  await failed.waitFor()
  assert.match(await failed.innerText(), /この送信先には送れません/)
  assert.equal(dialled, 0)
  await fits('the page with its log')

  // what happens waits for the address, without a name
  const desk = await person(url, 'jimukyoku')
  await desk.post('/api/cases', { openedAt: new Date().toISOString().slice(0, 10), persons: [{ name: '植田 秘密子', kana: 'うえだ ひみつこ', relation: '本人', subject: true }], agencies: [] })
  await until('the case is told of', async () => {
    await p.page.getByRole('button', { name: '今の様子を見る' }).click()
    return await p.page.locator('[data-testid=hook-sent]').filter({ hasText: 'ケースができた' }).count() > 0
  })
  await seen(p, '次は')
  assert.equal(dialled, 0)

  // it is stopped: what waits is dropped, and a test is refused with a reason
  await press(p, 'hook-turn')
  await seen(p, '止めています')
  assert.match(await get(p, 'hook-test').getAttribute('aria-description'), /先に送信を始めて/)
  await fits('a stopped address')
  await press(p, 'hook-edit')
  await p.page.getByText('署名の鍵を作り直す').click()
  await get(p, 'hook-hours').fill('24')
  await fits('the dialog of an address')
  await press(p, 'hook-renew')
  assert.notEqual(await get(p, 'hook-secret-value').inputValue(), secret)
  await press(p, 'hook-secret-close')
  await seen(p, '前の鍵でも署名します')
  await press(p, 'hook-edit')
  await p.page.getByText('送信先を削除する').first().click()
  await press(p, 'hook-remove')
  await press(p, 'hook-remove')
  await seen(p, '送信先はまだありません')
  assert.deepEqual(p.errors.filter(e => !/422|409/.test(e)), [])
})
