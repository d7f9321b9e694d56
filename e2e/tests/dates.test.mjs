// 日程調整: candidates, a link per agency without login, the proposal, the decision.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { get, isoDay, press, shown, signIn, wareki } from '../lib/room.mjs'
import { smallCase } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

test('日程調整: asked by the desk, answered by links on a phone, proposed and fixed', async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  const s = await smallCase(url, { name: '試験 花子', title: '花子さんの会議' })
  const browser = await launch()
  t.after(() => browser.close())
  const desk = await Person.sit(browser, '事務局', url)
  await signIn(desk, 'jimukyoku')
  await desk.page.setViewportSize({ width: 1366, height: 768 })
  await desk.page.goto(`${url}/meetings/${s.meetingId}`)
  await press(desk, 'poll-open')
  for (const [i, days] of [[1, 10], [2, 11]]) await get(desk, `poll-date-${i}`).fill(wareki(days))
  await press(desk, 'poll-add')
  await get(desk, 'poll-date-3').fill(wareki(12))
  await get(desk, 'poll-until').fill(wareki(5))
  await desk.page.keyboard.press('Tab')
  assert.ok(await get(desk, `poll-must-${s.chair.agency}`).isChecked(), 'the city must attend unless said otherwise')
  await desk.shot('poll-form', { fullPage: true })
  await press(desk, 'poll-save')
  await get(desk, 'poll-links').waitFor()
  await desk.shot('poll-links', { fullPage: true })
  const link = async agency => (await get(desk, `poll-link-${agency}`).textContent()).trim()
  const links = Object.fromEntries(await Promise.all(s.all.map(async a => [a, await link(a)])))
  assert.equal(new Set(Object.values(links)).size, 3)
  await desk.page.context().grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => {})
  await get(desk, 'poll-links').getByTestId('copy').first().click()
  const mail = await desk.page.evaluate(() => navigator.clipboard.readText().catch(() => ''))
  for (const w of ['試験', '花子', s.number, '支援']) assert.ok(!mail.includes(w), `the mail says ${w}`)

  // On a phone, without an account: no name, no case, no title.
  const phone = await Person.sit(browser, '包括', url)
  await phone.page.setViewportSize({ width: 360, height: 740 })
  await phone.page.goto(links[s.helper.agency])
  await get(phone, 'dates-1-good').waitFor()
  const text = await shown(phone)
  for (const w of ['試験', '花子', s.number, '小さな', '支援会議', '会議室']) assert.ok(!text.includes(w), `the page says ${w}`)
  assert.ok(text.includes('東部地域包括支援センター'))
  assert.equal(await get(phone, 'dates-send').getAttribute('aria-disabled'), 'true')
  for (const [i, a] of [[1, 'good'], [2, 'no'], [3, 'can']]) await get(phone, `dates-${i}-${a}`).check()
  await press(phone, 'dates-send')
  await get(phone, 'dates-done').waitFor()
  await phone.shot('poll-phone', { fullPage: true })
  const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 360, `${wide}`)
  await phone.page.reload()
  await get(phone, 'dates-1-good').waitFor()
  assert.ok(await get(phone, 'dates-1-good').isChecked(), 'the answer is there again')

  const other = new Client(url)
  const say = async (agency, answers) => {
    const token = links[agency].split('#')[1]
    const q = await other.post('/api/dates/check', { token })
    await other.post('/api/dates/answer', { token, answers: Object.fromEntries(q.options.map((o, i) => [o.id, answers[i]])) })
  }
  await say(s.chair.agency, ['no', 'good', 'can'])
  await desk.page.reload()
  await get(desk, 'poll-best').waitFor()
  assert.match(await desk.page.locator('tr[data-best]').textContent(), /◎0 ○2 ×0/)
  await desk.shot('poll-grid', { fullPage: true })
  await desk.page.locator('tr[data-best] button').click()
  await get(desk, 'poll-fixed').waitFor()
  const room = await s.desk.get(`/api/meetings/${s.meetingId}`)
  assert.equal(new Date(+new Date(room.meeting.plannedStart) + 9 * 3600000).toISOString().slice(0, 10), isoDay(12))
  await phone.page.reload()
  await get(phone, 'dates-dead').waitFor()
  await phone.shot('poll-dead')
})
