// 会議種別: the 市所管課 makes a kind of meeting of its own; a new meeting begins with its 議題 and its 既定構成員.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { person } from '../lib/api.mjs'
import { get, isoDay, press, signIn, wareki } from '../lib/room.mjs'
import { smallCase } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

test('a kind of meeting of the municipality: its agenda and its agencies stand in a new meeting', async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  const small = await smallCase(url)
  const city = await person(url, 'kaicho')
  const { agencies } = await city.get('/api/agencies')
  const extra = agencies.find(a => a.active && !small.all.includes(a.id))
  const browser = await launch()
  t.after(() => browser.close())

  const boss = await Person.sit(browser, '所管課', url)
  await signIn(boss, 'kaicho')
  await boss.page.setViewportSize({ width: 1366, height: 768 })
  await boss.page.goto(`${url}/admin/meeting-types`)
  await get(boss, 'type-layered').waitFor()
  await boss.shot('types', { fullPage: true })
  await press(boss, 'type-new')
  await get(boss, 'type-name').fill('まるごと会議')
  await press(boss, 'type-save')
  assert.match(await boss.page.locator('.field-error').first().textContent(), /根拠/)
  await get(boss, 'type-basis').fill('見本市まるごと会議設置要綱第3条')
  await get(boss, 'type-formName').fill('様式第5号（第8条関係）')
  await get(boss, 'type-confirmDays').fill('１４')
  await get(boss, 'type-retention').fill('10')
  await get(boss, `type-agency-${extra.id}`).check()
  await get(boss, 'type-block-title-1').fill('まるごとの確認')
  await boss.shot('types-edit', { fullPage: true })
  await press(boss, 'type-save')
  await get(boss, 'type-saved').waitFor()
  const card = boss.page.getByRole('region', { name: 'まるごと会議' })
  const said = await card.textContent()
  for (const w of ['使用中', '14日', '10年', extra.name, 'まるごとの確認', '様式第5号（第8条関係）']) assert.ok(said.includes(w), `${w}: ${said}`)
  // A version for later does not count yet, and may be put right.
  await card.getByRole('button', { name: /新しい版/ }).click()
  await get(boss, 'type-from').fill(wareki(30))
  await get(boss, 'type-retired').check()
  await press(boss, 'type-save')
  await get(boss, 'type-saved').waitFor()
  await card.getByText('ほかの版（1）').click()
  assert.match(await card.textContent(), /廃止/)
  await boss.shot('types-versions', { fullPage: true })

  const desk = await Person.sit(browser, '事務局', url)
  await signIn(desk, 'jimukyoku')
  await desk.page.setViewportSize({ width: 1366, height: 768 })
  await desk.page.goto(`${url}/cases/${small.caseId}/meetings/new`)
  await desk.page.getByLabel(/まるごと会議/).check()
  assert.equal(await get(desk, 'draft-agenda-1').inputValue(), 'まるごとの確認')
  assert.equal(await desk.page.locator('[data-testid^=draft-agenda-][data-testid$="4"]').count(), 0, '評価 is offered, not there')
  await desk.page.getByRole('button', { name: /プラン終結時等の評価/ }).click()
  assert.equal(await get(desk, 'draft-agenda-4').inputValue(), 'プラン終結時等の評価')
  assert.ok(await get(desk, `seat-for-${extra.id}`).isChecked())
  await get(desk, 'meeting-title').fill('まるごと会議のテスト')
  await get(desk, 'meeting-chair').selectOption(small.chair.session.actor.id)
  await desk.shot('types-new-meeting', { fullPage: true })
  await press(desk, 'create-meeting')
  await get(desk, 'room').waitFor()
  const id = desk.page.url().split('/').pop()
  const room = await small.desk.get(`/api/meetings/${id}`)
  assert.deepEqual(room.agenda.map(a => a.title), ['まるごとの確認', '支援提供者によるプランの共有', '社会資源の充足状況の把握と開発に向けた検討', 'プラン終結時等の評価'])
  assert.equal(room.seats.find(s => s.agencyId === extra.id)?.member, false)
  assert.equal(room.meeting.type.confirmDays, 14)
  // Who is not the 市所管課 does not get there.
  await small.desk.refused('GET', '/api/meeting-types/versions', undefined, 403)
  await small.desk.refused('POST', '/api/meeting-types', { ...room.meeting.type, effectiveFrom: isoDay(1) }, 403)
})
