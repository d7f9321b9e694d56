// Household 3 of the invented ones, its first call, by the words of the manual (docs/manual/intake.md) and by the keyboard alone. Each step names the sentence it follows.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { person } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { Keys } from '../lib/hands.mjs'
import { get, seen } from '../lib/room.mjs'
import { alone } from '../lib/stage.mjs'

const manual = readFileSync(new URL('../../docs/manual/intake.md', import.meta.url), 'utf8')
const h = new Keys()
const TROUBLE = '庭のごみがあふれ、虫が出ている。'

/** A step as the manual says it; a sentence that is no longer there is a step nobody can follow. */
const says = async (sentence, act) => {
  assert.ok(manual.includes(sentence), `the manual does not say: ${sentence}`)
  await act()
}

/** One of a few: Tab to the group, then the arrows. */
const pick = async (p, group, value) => {
  await h.reach(p, `[data-testid^="${group}-"]`)
  await p.page.keyboard.press('Space')
  const want = p.page.locator(`[data-testid="${group}-${value}"]`)
  for (let i = 0; i < 8 && !await want.isChecked(); i++) await p.page.keyboard.press('ArrowDown')
  assert.ok(await want.isChecked(), `${group} is ${value}`)
}

test('household 3, the first call: a neighbour complains, the 包括 takes it in and hands it to the CSW without a name', { timeout: 90000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const browser = await launch()
  t.after(() => browser.close())
  const [url] = stage.urls
  const [houkatsu, csw] = await Promise.all(['houkatsu', 'csw'].map(l => Person.sit(browser, l, url)))
  for (const p of [houkatsu, csw]) {
    await p.page.goto(url)
    await h.press(p, `demo-${p.name}`)
    await h.press(p, 'sign-in')
    await get(p, 'who').waitFor()
  }
  for (const p of [houkatsu, csw]) p.page.setDefaultTimeout(8000)
  const receiver = (await person(url, 'csw')).agency

  await says('上のメニューの「相談」を選び、「相談を受け付ける」を押します。', async () => {
    await h.follow(houkatsu, '相談')
    await h.press(houkatsu, 'new-intake')
    await get(houkatsu, 'intake-name').waitFor()
  })
  await says('「相談した人」を選びます。', () => pick(houkatsu, 'asker', 'neighbour'))
  await says('氏名が分からないときは空けておきます。', async () => assert.equal(await get(houkatsu, 'intake-name').inputValue(), ''))
  await says('「主訴」「分野」「緊急度」を入れます。', async () => {
    await h.type(houkatsu, 'intake-trouble', TROUBLE)
    await h.tick(houkatsu, 'field-between')
    await pick(houkatsu, 'urgency', 'week')
  })
  await says('「情報共有の同意」を選びます。', () => pick(houkatsu, 'consent', 'no'))
  await says('「受付の判断」を選び、「受け付ける」を押します', async () => {
    await pick(houkatsu, 'triage', 'refer')
    await houkatsu.shot('households-3-intake', { fullPage: true })
    await h.press(houkatsu, 'intake-send')
  })
  await says('続けて、つなぎ先と渡す内容を選ぶ画面が出ます。', () => get(houkatsu, 'referral-to').waitFor({ timeout: 8000 }))
  await says('「つなぎ先」を選びます。', () => h.choose(houkatsu, 'referral-to', receiver))
  await says('「個人が分からない事実」だけを渡せます。', () => h.tick(houkatsu, 'part-plain'))
  await says('「つなぐ理由・お願いしたいこと」を書き、「つなぎを送る」を押します。', async () => {
    await h.type(houkatsu, 'referral-reason', '近所から苦情がある。訪ねて様子を見てほしい。')
    await houkatsu.shot('households-3-refer', { fullPage: true })
    await h.press(houkatsu, 'referral-send')
    await get(houkatsu, 'referrals-card').waitFor()
  })

  await says('「受け取ったつなぎ」の「つなぎを開く」を押します。', async () => {
    await h.follow(csw, '相談')
    await h.press(csw, 'referrals')
    const open = get(csw, 'referrals-received').getByRole('link').first()
    await open.waitFor()
    await h.reach(csw, `a[href="${await open.getAttribute('href')}"]`)
    await csw.page.keyboard.press('Enter')
    await get(csw, 'referral-reply').waitFor()
  })
  await seen(csw, '訪ねて様子を見てほしい')
  assert.deepEqual(await csw.leaks(TROUBLE), [], 'what was not handed over has not come')
  const number = /K\d{4}-\d{4}/.exec(await csw.page.locator('main').innerText())[0]
  const { cases: before } = await (await person(url, 'csw')).get('/api/cases')
  assert.ok(!before.some(c => c.number === number), 'no part in the case before 受領')
  await says('「返事をする」で、次のどれかを選びます。', async () => {
    await pick(csw, 'reply', 'accept')
    await csw.shot('households-3-reply', { fullPage: true })
    await h.press(csw, 'reply-send')
    await get(csw, 'referral-reply').waitFor({ state: 'detached' })
  })
  await says('このケースの関わる機関になり、同意の範囲の記録が見られます。', async () => {
    const { cases } = await (await person(url, 'csw')).get('/api/cases')
    assert.ok(cases.some(c => c.number === number), `${number} is among the cases of the CSW`)
  })
  for (const p of [houkatsu, csw]) assert.deepEqual(p.errors, [], p.name)
})
