// 開催: two cases on one page; the first is closed, the chair goes on with one click, who has a seat in both follows, who has none learns nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { until } from '../lib/proc.mjs'
import { get, signIn } from '../lib/room.mjs'
import { smallCase } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

const fillCase = async (who, n, caseId, point, left = []) => {
  await get(who, `sitting-case-id-${n}`).selectOption(caseId)
  await get(who, `sitting-plan-${n}`).selectOption('')
  for (const agency of left) await get(who, `sitting-seat-${n}-${agency}`).uncheck()
  // The type's own 議題 stand there from the beginning; this test has one of its own.
  while (await get(who, `case-${n}-agenda-remove-2`).count()) await get(who, `case-${n}-agenda-remove-2`).click()
  await get(who, `case-${n}-agenda-1`).fill(`議題${n}`)
  await get(who, `case-${n}-purpose-1`).selectOption('policy')
  await get(who, `case-${n}-point-1`).fill(point)
}

test('a 開催 of two cases: called on one page, the first closed, on to the next', async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const one = await smallCase(stage.urls[0])
  const two = await smallCase(stage.urls[0], { name: '試験 次郎' })
  const browser = await launch()
  t.after(() => browser.close())
  const sit = async (name, login) => {
    const p = await Person.sit(browser, name, stage.urls[0])
    await signIn(p, login)
    return p
  }
  const desk = await sit('事務局', 'jimukyoku')
  await desk.page.goto(`${desk.url}/meetings`)
  await get(desk, 'new-sitting').click()
  await get(desk, 'meeting-title').fill('11月の開催')
  await get(desk, 'meeting-chair').selectOption(one.chair.session.actor.id)
  await get(desk, 'meeting-recorder').selectOption(one.desk.session.actor.id)
  const create = get(desk, 'create-sitting')
  assert.equal(await create.getAttribute('aria-disabled'), 'true', 'nothing is filled in')
  await fillCase(desk, 1, one.caseId, 'だれが訪問するか')
  await fillCase(desk, 2, two.caseId, '', [two.helper.agency])
  assert.equal(await create.getAttribute('aria-description'), '案件2の議題・目的・論点を入れてください')
  await get(desk, 'case-2-point-1').fill('住まいをどうするか')
  await desk.page.setViewportSize({ width: 1366, height: 768 })
  await desk.shot('sitting-new', { fullPage: true })
  await create.click()
  const block = get(desk, 'sitting-block').first()
  await block.waitFor()
  await desk.shot('sitting-list')
  const text = await block.textContent()
  assert.match(text, /開催（2件）/)
  assert.ok(text.indexOf(one.number) < text.indexOf(two.number), text)

  const { meetings } = await one.chair.get('/api/meetings')
  const pair = meetings.filter(m => m.title === '11月の開催').sort((a, b) => a.pos - b.pos)
  const [first, second] = pair.map(m => m.id)
  const seen = await one.helper.get('/api/meetings')
  assert.deepEqual(seen.meetings.filter(m => m.title === '11月の開催').map(m => [m.id, m.sitting]), [[first, undefined]])

  await one.desk.act(first, 'reception')
  for (const who of [one.desk, one.chair, one.helper]) {
    await who.post(`/api/meetings/${first}/enter`, { form: 'room' })
    await who.act(first, 'secrecy')
  }
  let room = await one.chair.act(first, 'open')
  await one.desk.act(first, 'agenda_state', { id: room.agenda[0].id, state: 'resolved' })
  const { doc } = await one.desk.post('/api/docs', { kind: 'minutes', ownerId: first, meetingId: first, personId: '', item: 'basic' })
  const o = await one.desk.open(doc, { context: first })
  o.document.transact(() => {
    o.document.getMap('v').set('decision/e2edecide001/ord', 'a0')
    o.document.getText('t:decision/e2edecide001/text').insert(0, '週に1回訪ねる')
  })
  await until('the decision is stored', () => o.provider.unsyncedChanges === 0)
  o.close()

  const chair = await sit('議長', 'kaicho')
  const helper = await sit('包括', 'houkatsu')
  for (const p of [chair, helper, desk]) await p.page.goto(`${p.url}/meetings/${first}`)
  await get(chair, 'sitting-bar').getByText('案件 1/2').waitFor()
  await get(desk, 'sitting-bar').getByText('案件 1/2').waitFor()
  await get(helper, 'room').waitFor()
  assert.equal(await get(chair, 'next-case').count(), 0, 'not before 閉会')
  await one.chair.act(first, 'close')
  await get(chair, 'next-case').waitFor()
  assert.equal(await get(desk, 'next-case').count(), 0, 'others wait for the chair')
  await chair.shot('sitting-next')
  await get(chair, 'next-case').click()
  await chair.page.waitForURL(`**/meetings/${second}`)
  await get(chair, 'sitting-bar').getByText('案件 2/2').waitFor()
  room = await two.chair.get(`/api/meetings/${second}`)
  assert.equal(room.status, 'reception')
  const here = room.attendance.filter(a => a.spans.length && !a.spans.at(-1).to).map(a => a.key).sort()
  assert.deepEqual(here, [one.chair.session.actor.id, one.desk.session.actor.id].sort(), 'who has a seat in both is there')
  assert.ok(room.attendance.every(a => !a.secrecy), '守秘義務 is asked per case')

  await get(desk, 'next-case').click()
  await desk.page.waitForURL(`**/meetings/${second}`)

  await get(helper, 'room').waitFor()
  assert.equal(await get(helper, 'sitting-bar').count(), 0)
  for (const secret of [two.number, second, '住まいをどうするか', '議題2']) {
    // The agency works in the second case, too, so its list of cases names it; nothing of the meetings does.
    assert.deepEqual((await helper.leaks(secret)).filter(where => secret !== two.number || where !== 'GET /api/cases'), [], secret)
  }
})
