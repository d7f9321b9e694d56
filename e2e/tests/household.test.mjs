// 世帯の図: the secretariat writes the chronicle, a relative and a link; a second screen sees it live; an agency sees what consent gives it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { kasane } from '../lib/kasane.mjs'
import { until } from '../lib/proc.mjs'
import { get, openMeeting, press, saved, seen, signIn, tab } from '../lib/room.mjs'

const FALL = '救急搬送' // an event of 健康・医療 in the demo's household 1

test('chronicle, genogram and ecomap are drawn from what is written', { timeout: 120000 }, async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const office = await person(node.url, 'jimukyoku')
  const { cases } = await office.get('/api/cases?sort=number')
  const one = cases.find(c => c.initials === 'や') ?? cases.at(-1)
  const page = `${node.url}/cases/${one.id}/household`
  const browser = await launch()
  t.after(() => browser.close())

  const desk = await Person.sit(browser, '事務局', node.url)
  await signIn(desk, 'jimukyoku')
  await desk.page.goto(page)
  await get(desk, 'chronicle').waitFor()
  await seen(desk, FALL)
  await desk.shot('household-chronicle')
  const other = await Person.sit(browser, '事務局2', node.url)
  await signIn(other, 'jimukyoku')
  await other.page.goto(page)
  await get(other, 'chronicle').waitFor()

  await press(desk, 'add-event')
  await get(desk, 'event-dialog').waitFor()
  await get(desk, 'event-text').fill('長男が宅配の仕事に問い合わせた。')
  await get(desk, 'event-when').fill('むかし')
  await get(desk, 'event-when').press('Tab')
  await seen(desk, '「平成10年」「H10.4」「1998-04-01」のように入れてください。')
  await get(desk, 'event-when').fill('Ｒ７．４')
  await get(desk, 'event-when').press('Enter')
  await get(desk, 'event-agency').selectOption({ index: 1 })
  await desk.shot('household-event')
  await press(desk, 'row-done')
  await saved(desk)
  await seen(other, '長男が宅配の仕事に問い合わせた。')
  await other.page.getByRole('rowheader', { name: '令和7年4月（2025年）' }).waitFor()

  await tab(desk, 'genogram')
  await get(desk, 'genogram').waitFor()
  await press(desk, 'add-kin')
  await get(desk, 'kin-text').fill('母方の祖母')
  await get(desk, 'kin-sex').selectOption('female')
  await get(desk, 'kin-birth').fill('大正10年')
  await press(desk, 'row-done')
  await press(desk, 'add-tie')
  await get(desk, 'tie-a').selectOption({ label: '母方の祖母' })
  await get(desk, 'tie-b').selectOption({ index: 1 })
  await press(desk, 'row-done')
  await until('the line stands in words too', async () => /母方の祖母 の子 /.test(await desk.page.locator('body').innerText()))
  await desk.shot('household-genogram', { fullPage: true })
  await press(desk, 'add-tie') // nothing chosen: it is not drawn, and can be taken away
  await press(desk, 'row-remove')
  await seen(desk, '続き柄を消しました')

  await tab(desk, 'ecomap')
  await press(desk, 'add-link')
  await get(desk, 'link-text').fill('宅配の仕事')
  await get(desk, 'link-kind').selectOption('weak')
  await get(desk, 'link-flow').selectOption('both')
  await press(desk, 'row-done')
  await seen(desk, '世帯 ― 宅配の仕事：弱い（互いに）')
  await desk.shot('household-ecomap', { fullPage: true })
  await tab(other, 'ecomap')
  await seen(other, '世帯 ― 宅配の仕事：弱い（互いに）')

  // CSW has no 健康・医療 of the mother: the fall is not on the screen and not on the line.
  const csw = await Person.sit(browser, '社協', node.url)
  await signIn(csw, 'csw')
  await csw.page.goto(page)
  await seen(csw, '現住所に自宅を建てる。')
  await seen(csw, 'この世帯には、あなたの機関に示されていない情報の項目があります。')
  assert.equal(await get(csw, 'add-event').count(), 0)
  assert.deepEqual(await csw.leaks(FALL), [])
  assert.ok((await desk.leaks(FALL)).length > 0, 'the search for bytes finds what was sent')
  await csw.shot('household-agency')

  // In the room of a meeting they are a tab of their own, read in the context of that meeting.
  await openMeeting(desk, '初回プランの協議', one.number)
  await tab(desk, 'house')
  await seen(desk, FALL)
  await desk.shot('household-room')
  for (const p of [desk, other, csw]) assert.deepEqual(p.errors, [])
})
