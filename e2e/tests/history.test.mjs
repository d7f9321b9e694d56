// 変更の履歴: two people write, one looks back, sees who wrote what, puts it back, and both screens show it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { kasane } from '../lib/kasane.mjs'
import { get, press, seen, signIn } from '../lib/room.mjs'
import { until } from '../lib/proc.mjs'
import { openMeeting, smallCase, writePlan, writeRow } from '../lib/small.mjs'

test('who wrote what when, and back again', { timeout: 60000 }, async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const s = await smallCase(node.url)
  await writeRow(s)
  await openMeeting(s)
  await writePlan(s, { t: { wish: '家で暮らしたい。' } })
  const helper = await s.helper.open(s.doc, { context: s.meetingId })
  helper.document.getText('t:wish').insert(8, '娘の近くがよい。')
  await until('the helper is stored', () => helper.provider.unsyncedChanges === 0)

  const list = await s.desk.get(`/api/docs/${s.doc}/history`)
  assert.deepEqual(list.edits.slice(0, 2).map(e => e.by.actorId), [s.helper.session.actor.id, s.desk.session.actor.id])
  await writePlan(s, { t: { wish: '書き直した。' } })

  const browser = await launch()
  t.after(() => browser.close())
  const desk = await Person.sit(browser, '事務局', node.url)
  await signIn(desk, 'jimukyoku')
  await desk.page.goto(`${node.url}/plans/${s.planId}`)
  await press(desk, 'plan-history')
  await get(desk, 'history-doc').selectOption(s.doc)
  const slider = get(desk, 'history-slider')
  await slider.waitFor()
  await slider.focus()
  await desk.page.keyboard.press('ArrowLeft')
  const name = s.helper.session.actor.name
  await until('the slider says who', async () => (await slider.getAttribute('aria-valuetext')).includes(name))
  const field = get(desk, 'history-field-wish')
  await until('both authors stand there', async () => {
    const text = await field.innerText().catch(() => '')
    return text.includes('娘の近くがよい。') && text.includes(name) && text.includes(s.desk.session.actor.name)
  })
  await desk.page.getByRole('tab', { name: '今との違い' }).click()
  await get(desk, 'history-diff').locator('del', { hasText: '娘の近くがよい。' }).waitFor()
  await desk.page.getByRole('tab', { name: '2つの時点を比べる' }).click() // from the empty document to this moment
  const pair = get(desk, 'history-diff')
  await pair.locator('ins', { hasText: '娘の近くがよい。' }).waitFor()
  await until('both authors stand at the difference', async () => { const text = await pair.innerText(); return text.includes(name) && text.includes(s.desk.session.actor.name) })
  await desk.page.getByRole('tab', { name: 'その時の内容' }).click()
  await press(desk, 'restore-wish')
  await get(desk, 'restore-dialog').getByText('書き直した。').waitFor()
  await get(desk, 'restore-dialog').locator('ins', { hasText: '家で暮らしたい。娘の近くがよい。' }).waitFor()
  await press(desk, 'restore-confirm')
  await seen(desk, '元の内容に戻しました。')
  await until('the other screen shows it', () => helper.document.getText('t:wish').toString() === '家で暮らしたい。娘の近くがよい。')
  await desk.page.goto(`${node.url}/plans/${s.planId}`)
  await seen(desk, '家で暮らしたい。娘の近くがよい。')

  const gone = await s.helper.get(`/api/docs/${s.doc}/history?meeting=${s.meetingId}`)
  assert.equal(gone.edits[0].by.actorId, s.desk.session.actor.id) // the restore is an edit like others
  const stranger = await person(node.url, 'kansa')
  await stranger.refused('GET', `/api/docs/${s.doc}/history`, undefined, [403, 404])
  helper.close()
})
