// The forbidden moves of a meeting, through the API: in every state every act that has no place there is tried by the chair, the desk and an agency, and
// refused in words that say when it is done. The table is the one agreed with those who run meetings (internal/meeting/table_test.go).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { person } from '../lib/api.mjs'
import { isoDay } from '../lib/room.mjs'
import { agree, openMeeting, smallCase, writeRow } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

const source = readFileSync(new URL('../../internal/meeting/table_test.go', import.meta.url), 'utf8')
const table = /const allowed = `\n([\s\S]*?)`/.exec(source)[1].trim().split('\n').map(line => {
  const [act, states, who] = line.split('|').map(x => x.trim())
  return { act, states: states.split(' '), who: who.split(' ') }
})
/** Guests and 引き継ぎ have doors of their own. */
const elsewhere = ['guest_invite', 'guest_remove', 'carry']
const byActs = table.filter(r => !elsewhere.includes(r.act))
const LETTERS = { draft: 'd', reception: 'r', open: 'o', agreeing: 'a', closed: 'c', confirming: 'f', sealed: 's' }

test('every state, every act that has no place in it', { timeout: 120000 }, async t => {
  assert.ok(table.length > 50, `${table.length} acts`)
  const stage = await alone()
  t.after(() => stage.close())
  const s = await smallCase(stage.urls[0])
  await writeRow(s)
  const parts = { chair: s.chair, desk: s.desk, agency: s.helper }
  // who may never act here: no part in the case at all
  const strangers = { 'another agency': await person(stage.urls[0], 'sumai'), 'the records desk': await person(stage.urls[0], 'kiroku') }
  const tried = {}

  const forbidden = async want => {
    const room = await s.chair.get(`/api/meetings/${s.meetingId}`)
    assert.equal(room.status, want)
    tried[want] = 0
    for (const { act, states } of byActs) {
      if (states.includes(LETTERS[want])) continue
      for (const [name, who] of Object.entries(parts)) {
        const answer = await who.request('POST', `/api/meetings/${s.meetingId}/acts`, { act, params: {}, seq: room.seq }, { raw: true })
        const body = await answer.json()
        const where = `${act} by ${name} in ${want}: ${answer.status} ${JSON.stringify(body).slice(0, 200)}`
        assert.ok([403, 409].includes(answer.status), where)
        assert.match(body.error.message, /[ぁ-ん].*。/, where)
        // Whoever may do it at another time is told when; the others, that it is not theirs.
        if (answer.status === 409) assert.match(body.error.message, /のときに行います（今は「.+」です）。/, where)
        tried[want]++
      }
    }
    // One half of the acts in a state, the other half in the next: a session that asks for everything everywhere runs into the limit of its pace.
    const half = byActs.filter((_, i) => i % 2 === Object.keys(tried).length % 2)
    for (const [name, who] of Object.entries(strangers)) {
      for (const { act } of half) {
        const answer = await who.request('POST', `/api/meetings/${s.meetingId}/acts`, { act, params: {}, seq: room.seq }, { raw: true })
        assert.ok([403, 404].includes(answer.status), `${act} by ${name} in ${want}: ${answer.status}`)
        tried[want]++
      }
    }
    const invite = { name: '白石 弘', kana: 'しらいし ひろし', agencyId: s.helper.agency, post: '弁護士' }
    if (!table.find(r => r.act === 'guest_invite').states.includes(LETTERS[want])) {
      await s.desk.refused('POST', `/api/meetings/${s.meetingId}/guests`, invite, 409, /のときに行います/)
      tried[want]++
    }
    const after = await s.chair.get(`/api/meetings/${s.meetingId}`)
    assert.deepEqual([after.seq, after.status], [room.seq, want], `nothing has happened in ${want}`)
  }

  await forbidden('draft')
  await s.act(s.desk, 'reception')
  await forbidden('reception')
  for (const who of [s.desk, s.chair, s.helper]) {
    await who.post(`/api/meetings/${s.meetingId}/enter`, { form: 'room' })
    await s.act(who, 'secrecy')
  }
  await s.act(s.chair, 'open')
  await forbidden('open')
  await agree(s)
  await forbidden('agreeing')
  await s.act(s.chair, 'close')
  await forbidden('closed')
  const proposed = await s.act(s.desk, 'propose', { until: isoDay(5) })
  await forbidden('confirming')
  for (const who of [s.desk, s.chair, s.helper]) await s.act(who, 'confirm', { hash: proposed.minutes.hash, ok: true })
  await s.act(s.chair, 'final')
  await forbidden('sealed')
  t.diagnostic(`refused: ${Object.entries(tried).map(([k, n]) => `${k} ${n}`).join(', ')}`)
})

test('what has its place is still refused to those whose it is not', { timeout: 60000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const s = await smallCase(stage.urls[0])
  await writeRow(s)
  await openMeeting(s)
  // an agency with a seat and no office: of an open meeting it may do what stands under "agency", nothing else
  const { seq } = await s.chair.get(`/api/meetings/${s.meetingId}`)
  const mine = byActs.filter(r => r.states.includes('o') && !r.who.includes('agency'))
  assert.ok(mine.length > 15)
  for (const { act } of mine) {
    const e = await s.helper.refused('POST', `/api/meetings/${s.meetingId}/acts`, { act, params: {}, seq }, 403, /。/)
    assert.ok(!/誤り|内部/.test(e.message), `${act}: ${e.message}`)
  }
  assert.equal((await s.chair.get(`/api/meetings/${s.meetingId}`)).seq, seq)
})
