// 支援会議から引き継ぐ: by keyboard, one row of three; the screen of an agency in the meeting shows it at once, and never a byte of the others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { until } from '../lib/proc.mjs'
import { get, press, seen, shown, signIn, tab, tabTo } from '../lib/room.mjs'
import { openMeeting, smallCase } from '../lib/small.mjs'
import { alone, twoNodes } from '../lib/stage.mjs'

const CHOSEN = '〔話〕玄関先で話ができた'
const LEFT = '〔話〕近隣からの苦情'
const HEALTH = '〔話〕受診していない'

/** A 支援会議 of the case that has begun, with rows of two items in its minutes. */
const support = async s => {
  const start = new Date(Math.ceil(Date.now() / 1800000) * 1800000)
  const { id } = await s.desk.post(`/api/cases/${s.caseId}/meetings`, {
    type: 'support', title: '支援会議', plannedStart: start.toISOString(), plannedEnd: new Date(+start + 3600000).toISOString(), place: '会議室', form: 'room',
    basis: '社会福祉法第106条の6', reason: '同意が得られていないため', agencies: [s.chair.agency, s.desk.agency], chairId: s.chair.session.actor.id, recorderId: s.desk.session.actor.id,
    agenda: [{ title: '状況の共有', purpose: 'share', point: '本人の様子', item: 'basic' }]
  })
  await s.desk.act(id, 'reception')
  const write = async (item, rows) => {
    const { doc } = await s.desk.post('/api/docs', { kind: 'minutes', ownerId: id, meetingId: id, personId: s.personId, item })
    const o = await s.desk.open(doc, { context: id })
    o.document.transact(() => {
      for (const [row, text] of Object.entries(rows)) {
        o.document.getMap('v').set(`speech/${row}/ord`, 'a0')
        o.document.getMap('v').set(`speech/${row}/agency`, s.desk.agency)
        o.document.getText(`t:speech/${row}/text`).insert(0, text)
      }
    })
    await until('the minutes are stored', () => o.provider.unsyncedChanges === 0)
    o.close()
  }
  await write('basic', { e2espeech001: CHOSEN, e2espeech002: LEFT })
  await write('health', { e2espeech003: HEALTH })
  return id
}

const rehearse = async (t, stage) => {
  const s = await smallCase(stage.urls[0])
  const source = await support(s)
  await openMeeting(s)
  const browser = await launch()
  t.after(() => browser.close())
  const desk = await Person.sit(browser, '事務局', stage.urls[0])
  const helper = await Person.sit(browser, '包括', stage.urls[1])
  await signIn(helper, 'houkatsu')
  await helper.page.goto(`${helper.url}/meetings/${s.meetingId}`)
  await tab(helper, 'minutes')
  await get(helper, 'add-speech').waitFor()
  for (const secret of [CHOSEN, LEFT, HEALTH, '第1回支援会議', source]) assert.deepEqual(await helper.leaks(secret), [], `before: ${secret}`)

  await signIn(desk, 'jimukyoku')
  await desk.page.goto(`${desk.url}/meetings/${s.meetingId}`)
  await get(desk, 'carry').waitFor()
  await tabTo(desk, '[data-testid=carry-open]')
  await desk.page.keyboard.press('Enter')
  await get(desk, 'carry-pick-e2espeech003').waitFor()
  assert.equal(await desk.page.locator('[data-testid=carry-dialog] input:checked').count(), 0)
  await desk.shot(`carry-${stage.redis ? 'two' : 'one'}`)
  await tabTo(desk, '[data-testid=carry-pick-e2espeech001]')
  await desk.page.keyboard.press('Space')
  await tabTo(desk, '[data-testid=carry-do]')
  const began = performance.now()
  await desk.page.keyboard.press('Enter')
  await until('the other screen shows it', async () => (await shown(helper)).includes('【第1回支援会議から】' + CHOSEN))
  t.diagnostic(`${stage.name}: on the other screen after ${(performance.now() - began).toFixed(0)} ms`)
  await get(desk, 'carry-done').waitFor()
  await press(desk, 'carry-open')
  await get(desk, 'carry-row-e2espeech001').getByText('引き継ぎ済み').waitFor()
  assert.equal(await get(desk, 'carry-pick-e2espeech001').count(), 0)

  await tab(helper, 'log')
  await seen(helper, '発言要旨1件を引き継いだ')
  for (const secret of [LEFT, HEALTH, source]) assert.deepEqual(await helper.leaks(secret), [], `after: ${secret}`)
  await s.helper.refused('GET', `/api/meetings/${s.meetingId}/carry`, undefined, 403)
  assert.deepEqual([desk.errors, helper.errors], [[], []])
  const checked = await stage.verify()
  assert.equal(checked.code, 0, checked.err + checked.out)
}

for (const stage of [alone, twoNodes]) {
  test(`carry, ${stage.name}`, { timeout: 120000 }, async t => {
    const s = await stage()
    t.after(() => s.close())
    await rehearse(t, s)
  })
}
