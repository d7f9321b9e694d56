// A large meeting: 15 people of 15 agencies, a plan of some rows in which every cell is filled in.
import { person } from './api.mjs'
import { openPlan, plainCase, writePlan } from './small.mjs'

const LOGINS = ['houkatsu', 'csw', 'hokenjo', 'jiritsu', 'zeimu', 'minsei', 'houkan', 'kodomo', 'ssw', 'sora', 'seifuku', 'houterasu', 'shobo']

/** The meeting, open, with everybody there; `rows` 支援項目 in 15 columns. */
export const crowd = async (url, rows = 4) => {
  const actions = Array.from({ length: rows }, (_, i) => `e2eaction00${String(i + 1).padStart(2, '0')}`)
  const desk = await person(url, 'jimukyoku')
  const chair = await person(url, 'kaicho')
  const others = []
  for (const l of LOGINS) others.push(await person(url, l))
  const people = [desk, chair, ...others]
  const agencies = [...new Set(people.map(p => p.agency))]
  const s = await plainCase(desk, agencies, '試験 花子')
  const start = new Date()
  const { id } = await desk.post(`/api/cases/${s.caseId}/meetings`, {
    type: 'layered', planId: s.planId, title: '大きな会議', plannedStart: start.toISOString(), plannedEnd: new Date(+start + 3600000).toISOString(), place: '会議室', form: 'room',
    agencies, chairId: chair.session.actor.id, recorderId: desk.session.actor.id, agenda: [{ title: '支援の方針', purpose: 'policy', point: 'だれが何を担うか', item: 'basic' }]
  })
  const doc = await openPlan({ ...s, meetingId: id })
  const v = { lead: agencies[2] }
  const t = { policy: '畑の話から始める。' }
  for (const [i, a] of actions.entries()) {
    v[`action/${a}/ord`] = `a${'0123456789abcdef'[i]}`
    t[`action/${a}/text`] = `支援項目${i + 1}`
    for (const [j, g] of agencies.entries()) {
      v[`cell/${a}/${g}/code`] = j === i + 2 ? 'lead' : 'assist'
      t[`cell/${a}/${g}/content`] = '週に一度、訪ねて様子を聞き、困りごとがあれば連絡する。'
    }
  }
  await writePlan({ desk, doc }, { v, t })
  await desk.act(id, 'reception')
  for (const p of people) {
    await p.post(`/api/meetings/${id}/enter`, { form: 'room' })
    await p.act(id, 'secrecy')
  }
  await chair.act(id, 'open')
  return { ...s, id, doc, actions, desk, chair, others, agencies, people }
}
