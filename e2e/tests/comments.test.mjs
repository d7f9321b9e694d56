// コメント: somebody who takes part remarks on a row of the plan and a cell; the desk makes an open point of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { kasane } from '../lib/kasane.mjs'
import { get, press, seen, signIn, tab } from '../lib/room.mjs'
import { until } from '../lib/proc.mjs'
import { openMeeting, smallCase, writePlan, writeRow } from '../lib/small.mjs'

test('a comment on the plan becomes an open point', { timeout: 90000 }, async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const s = await smallCase(node.url)
  await writeRow(s)
  await openMeeting(s)
  await writePlan(s, { t: { wish: '家で暮らしたい。' } })
  const browser = await launch()
  t.after(() => browser.close())
  const desk = await Person.sit(browser, '事務局', node.url)
  await signIn(desk, 'jimukyoku')
  await desk.page.goto(`${node.url}/meetings/${s.meetingId}`)
  await tab(desk, 'plan')
  const other = await Person.sit(browser, '包括', node.url)
  await signIn(other, s.helper.login ?? 'houkatsu')
  await other.page.goto(`${node.url}/meetings/${s.meetingId}`)
  await tab(other, 'plan')
  await press(other, 'comment-text-wish')
  await get(other, 'comment-text').fill('本人の言葉のまま残すとよい。')
  await other.shot('comment-dialog')
  await press(other, 'comment-send')
  await other.page.getByTestId('comment').getByText('本人の言葉のまま残すとよい。').waitFor()
  await press(other, 'dialog-close')

  await get(desk, 'comment-text-wish').filter({ hasText: 'コメント 1' }).waitFor()
  await tab(desk, 'course')
  await get(desk, 'comments').getByText('本人の言葉のまま残すとよい。').waitFor()
  await desk.shot('comment-card')
  await press(desk, 'comment-point')
  await get(desk, 'notes').getByText('本人の言葉のまま残すとよい。').waitFor()
  assert.equal(await get(desk, 'comments').count(), 0)

  // 発言要旨: a row for each agency that is here, by one button.
  await tab(desk, 'minutes')
  await press(desk, 'speech-round')
  await until('three rows', async () => await desk.page.locator('[data-testid^=speech-]').filter({ has: desk.page.locator('select') }).count() >= 3)
  assert.equal(await get(desk, 'speech-round').count(), 0)
  await desk.shot('minutes-round')

  await tab(other, 'matrix')
  await other.page.getByTestId(/^comment-action-/).first().click()
  await get(other, 'comment-column').selectOption({ index: 1 })
  await get(other, 'comment-text').fill('頻度を確かめたい。')
  await other.page.keyboard.press('Control+Enter')
  await seen(other, '頻度を確かめたい。')
  await press(other, 'dialog-close')
  await other.page.locator('[role=gridcell]', { hasText: 'コメント 1' }).waitFor()
  await other.shot('comment-matrix')
  for (const p of [desk, other]) assert.deepEqual(p.errors, [])
})
