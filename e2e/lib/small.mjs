// A small case of one's own in the demo: one person, one plan, one 支援項目, one meeting with three people.
import { isoDay } from './room.mjs'
import { person } from './api.mjs'
import { until } from './proc.mjs'

const ROW = 'e2eaction0001'

/** Make case, consent and plan of a person: who opens it first, and every agency that works in it. All agencies see all of it. */
export const plainCase = async (desk, agencies, name) => {
  const subject = { name, kana: 'しけん はなこ', relation: '本人', birth: '1950-04-01', sex: '女', subject: true }
  const { id: caseId, number } = await desk.post('/api/cases', { openedAt: isoDay(-30), persons: [subject], agencies })
  const { persons: [{ id: personId }] } = await desk.get(`/api/cases/${caseId}`)
  const { formHash, items } = await desk.get(`/api/cases/${caseId}/consents`)
  await desk.post(`/api/cases/${caseId}/consents`, {
    personId, state: 'granted', grantor: 'self', purposes: ['conference', 'plan', 'coordination'], scope: Object.fromEntries(agencies.map(a => [a, items.map(i => i.code)])),
    until: isoDay(300), method: 'written', explainedBy: '佐藤 恵', explainedAt: new Date(Date.now() - 3600000).toISOString(), explainHow: '説明書を読み上げた。', formHash
  })
  const { id: planId } = await desk.post(`/api/cases/${caseId}/plans`, {})
  return { desk, caseId, number, personId, planId, subject }
}

/** Make case, consent, plan and meeting. `name` is the name of the subject. */
export const smallCase = async (url, { name = '試験 花子', title = '小さな会議' } = {}) => {
  const desk = await person(url, 'jimukyoku')
  const chair = await person(url, 'kaicho')
  const helper = await person(url, 'houkatsu')
  const all = [desk.agency, chair.agency, helper.agency]
  const { caseId, number, personId, planId, subject } = await plainCase(desk, all, name)
  const start = new Date(Math.ceil(Date.now() / 1800000) * 1800000)
  const { id: meetingId } = await desk.post(`/api/cases/${caseId}/meetings`, {
    type: 'layered', planId, title, plannedStart: start.toISOString(), plannedEnd: new Date(+start + 3600000).toISOString(), place: '会議室', form: 'room',
    agencies: all, chairId: chair.session.actor.id, recorderId: desk.session.actor.id, agenda: [{ title: '支援の方針', purpose: 'policy', point: 'だれが何を担うか', item: 'basic' }]
  })
  const small = { url, desk, chair, helper, all, caseId, number, personId, planId, meetingId, subject, act: (who, act, params) => who.act(meetingId, act, params) }
  small.doc = await openPlan(small)
  return small
}

/** The document of the plan about the person, made when it is not there yet. */
export const openPlan = async ({ desk, planId, personId, meetingId = '' }) =>
  (await desk.post('/api/docs', { kind: 'plan', ownerId: planId, meetingId, personId, item: 'basic' })).doc

/** Write into a document: { v: {key: value}, t: {key: text} }. */
const writeInto = async (s, doc, { v = {}, t = {} }) => {
  const o = await s.desk.open(doc)
  o.document.transact(() => {
    for (const [key, value] of Object.entries(v)) o.document.getMap('v').set(key, value)
    for (const [key, text] of Object.entries(t)) { const y = o.document.getText(`t:${key}`); y.delete(0, y.length); y.insert(0, text) }
  })
  await until('it is stored', () => o.provider.unsyncedChanges === 0)
  o.close()
}

/** Write into the plan. */
export const writePlan = (s, what) => writeInto(s, s.doc, what)

/** A decision more in the minutes, of everybody's class of information. */
export const writeMinutes = async (s, text) => {
  const { doc } = await s.desk.post('/api/docs', { kind: 'minutes', ownerId: s.meetingId, personId: '', item: 'basic' })
  await writeInto(s, doc, { v: { 'decision/e2edecision1/ord': 'z0' }, t: { 'decision/e2edecision1/text': text } })
}

/** One 支援項目 with the ◎ of the helper's agency. */
export const writeRow = (s, { content = '週1回訪問する。', due = isoDay(60) } = {}) => writePlan(s, {
  v: { lead: s.helper.agency, after_lead: s.helper.agency, [`action/${ROW}/ord`]: 'a0', [`cell/${ROW}/${s.helper.agency}/code`]: 'lead', [`cell/${ROW}/${s.helper.agency}/due`]: due },
  t: { [`action/${ROW}/text`]: '見守り', [`cell/${ROW}/${s.helper.agency}/content`]: content }
})

/** 受付, everybody comes, 開会. */
export const openMeeting = async s => {
  await s.act(s.desk, 'reception')
  for (const who of [s.desk, s.chair, s.helper]) {
    await who.post(`/api/meetings/${s.meetingId}/enter`, { form: 'room' })
    await s.act(who, 'secrecy')
  }
  return s.act(s.chair, 'open')
}

/** The helper takes the role, everybody agrees, the result is 了承: ready for 閉会. */
export const agree = async s => {
  const actionId = s.row ?? ROW
  const view = await s.helper.get(`/api/plans/${s.planId}?meeting=${s.meetingId}`)
  const row = view.matrix.rows.find(r => r.action.id === actionId)
  const cell = row.action.cells.find(c => c.column === s.helper.agency)
  await s.act(s.helper, 'role', { doc: s.doc, actionId, answer: 'accept', cellHash: cell.hash })
  let room = await s.act(s.chair, 'freeze')
  room = await s.chair.get(`/api/meetings/${s.meetingId}`)
  for (const who of [s.desk, s.chair, s.helper]) await s.act(who, 'answer', { hash: room.frozen.hash, answer: 'agree' })
  await s.act(s.chair, 'decide', { outcome: 'agreed' })
  for (const a of room.agenda) await s.act(s.desk, 'agenda_state', { id: a.id, state: 'resolved' })
  return s.chair.get(`/api/meetings/${s.meetingId}`)
}

/** 会議録: propose, confirm by all, final. */
export const confirmAll = async s => {
  const room = await s.act(s.desk, 'propose', { until: isoDay(5) })
  for (const who of [s.desk, s.chair, s.helper]) await s.act(who, 'confirm', { hash: room.minutes.hash, ok: true })
}
