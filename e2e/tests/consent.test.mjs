// What consent does not cover never leaves the server, and what it covers no longer is closed within two seconds, on every node.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Y from 'yjs'
import { Client, Wire, person } from '../lib/api.mjs'
import { pdfText, squash } from '../lib/pdf.mjs'
import { sleep, until } from '../lib/proc.mjs'
import { alone, twoNodes } from '../lib/stage.mjs'

const LIMIT = 2000 // ms from the request that withdraws to the closed document
const CROWD = 20 // connections on each node
const CASE = 'K2026-0001'
const SECRET = '〔健康の内緒〕物忘れ外来は来月の三日'
const agencies = ['houkatsu', 'csw', 'hokenjo', 'jiritsu', 'zeimu', 'minsei', 'houkan']

/** The meeting of today, opened, with everybody in it. */
const gather = async stage => {
  const [url] = stage.urls
  const desk = await person(url, 'jimukyoku')
  const chair = await person(url, 'kaicho')
  const { meetings } = await desk.get('/api/meetings')
  const meeting = meetings.find(m => m.caseNumber === CASE && m.mode === 'layered')
  const act = (who, name, params = {}) => who.act(meeting.id, name, params)
  await act(desk, 'reception')
  const people = {}
  for (const login of agencies) people[login] = await person(url, login)
  for (const c of [desk, chair, ...Object.values(people)]) {
    await c.post(`/api/meetings/${meeting.id}/enter`, { form: 'room' })
    await act(c, 'secrecy')
  }
  const room = await act(chair, 'open')
  assert.equal(room.status, 'open')
  const { case: row, persons, sections } = await desk.get(`/api/cases/${meeting.caseId}?meeting=${meeting.id}`)
  const mother = persons.find(p => p.subject).id
  const doc = async (kind, item) => {
    const ref = kind === 'section'
      ? sections.find(d => d.personId === mother && d.item === item)
      : await desk.post('/api/docs', { kind, ownerId: kind === 'plan' ? room.planId : meeting.id, caseId: kind === 'section' ? row.id : '', meetingId: meeting.id, personId: mother, item })
    assert.ok(ref.doc, `${kind} ${item}`)
    return ref.doc
  }
  const { persons: consents } = await desk.get(`/api/cases/${meeting.caseId}/consents`)
  const record = consents.find(p => p.personId === mother).records[0]
  return { stage, url, desk, chair, people, meeting, meetings, room, mother, doc, record, act, caseId: meeting.caseId }
}

/** CROWD connections on each node, shared by some participants, each with one document open. */
const crowd = async (g, logins, doc, context = g.meeting.id) => {
  const wires = []
  for (const [n, url] of [...new Set(g.stage.urls)].entries()) {
    for (let i = 0; i < CROWD; i++) {
      const { cookie, agency } = g.people[logins[i % logins.length]]
      const w = new Wire({ url, cookie })
      Object.assign(w, { node: n + 1, agency, login: logins[i % logins.length] })
      await w.ask(doc, context)
      wires.push(w)
    }
  }
  for (const w of wires) assert.deepEqual(await w.answer(doc), { allowed: true, reason: (await w.answer(doc)).reason }, `${w.login} at node ${w.node}`)
  return wires
}

/** Do something that takes a right away; every wire has to lose the document in time. Gives the longest time per node. */
const loses = async (what, wires, doc, reason, deed) => {
  const began = performance.now()
  await deed()
  await until(`${what}: ${doc} closed for all`, () => wires.every(w => w.of(doc, 'close').length), 15000, 10)
  const took = {}
  for (const w of wires) {
    const close = w.of(doc, 'close')[0]
    assert.equal(close.reason, reason, `${w.login} at node ${w.node}`)
    const notice = w.of(doc, 'stateless').map(f => f.notice).find(n => n.type === 'withdrawn')
    assert.match(notice?.message ?? '', /見られる範囲が変わった.*相談してください。/)
    assert.equal(w.closed, null, 'the socket itself stays')
    took[w.node] = Math.max(took[w.node] ?? 0, close.at - began)
  }
  const line = Object.entries(took).map(([n, ms]) => `node ${n} ${ms.toFixed(0)} ms`).join(', ')
  assert.ok(Math.max(...Object.values(took)) <= LIMIT, `${what}: ${line}`)
  return `${what}: the last of ${wires.length} connections closed after: ${line}`
}

/** What a holder writes afterwards reaches nobody who lost the document, and it does not open again. */
const staysShut = async (g, wires, doc, key = 't:situation') => {
  const word = `〔あとから${Math.random()}〕`
  const holder = await g.desk.open(doc)
  holder.document.getText(key).insert(0, word)
  await until('stored', () => holder.provider.unsyncedChanges === 0)
  holder.close()
  await Promise.all(wires.slice(0, 6).map(w => w.ask(doc, g.meeting.id)))
  await sleep(700)
  for (const w of wires) assert.ok(!w.holds(word), `${w.login} at node ${w.node} received what was written after the withdrawal`)
  for (const w of wires.slice(0, 6)) assert.equal(w.of(doc, 'auth').at(-1).verdict, 'denied')
}

const writeSecret = async (g, doc) => {
  const o = await g.desk.open(doc)
  o.document.getText('t:situation').insert(0, SECRET)
  await until('the secret is stored', () => o.provider.unsyncedChanges === 0)
  o.close()
}

/** Every way somebody could think of to reach a document; nothing of it may come. */
const tries = async (g, who, doc, label) => {
  const [id, epoch] = doc.split('.')
  const names = [doc, id, `${id}.0`, `${id}.${Number(epoch) + 1}`, `${id}.${epoch}.${epoch}`, `${id.toUpperCase()}.${epoch}`, `${doc} `, `./${doc}`, `m.${doc}`, `m.${id}`]
  const contexts = ['', g.meeting.id, ...g.meetings.filter(m => m.id !== g.meeting.id).map(m => m.id), g.caseId, 'x', `m.${g.meeting.id}`]
  const hp = async (url, context) => {
    const wire = new Wire({ url, cookie: who.cookie })
    for (const name of names) await wire.ask(name, context)
    for (const name of names) assert.equal((await wire.answer(name)).allowed, false, `${label}: /hp ${name} in ${context}`)
    for (const name of names) await wire.update(name, Y.encodeStateAsUpdate(new Y.Doc()))
    await wire.ask(doc, context)
    await until('the second no', () => wire.of(doc, 'auth').length === 2)
    assert.deepEqual(wire.frames.filter(f => f.kind !== 'auth').map(f => `${f.kind} ${f.doc}`), [], `${label}: /hp in ${context} told more than no`)
    wire.end()
  }
  const yws = async (url, context, name) => {
    const wire = new Wire({ url, cookie: who.cookie }, `/yws/${encodeURIComponent(name)}?meeting=${encodeURIComponent(context)}`)
    await wire.send('', 0, 0, new Uint8Array([0]))
    await until('/yws is closed', () => wire.closed)
    assert.ok([4403, 4404, 4409].includes(wire.closed.code), `${label}: /yws ${name} in ${context}: ${wire.closed.code} ${wire.closed.reason}`)
    assert.equal(wire.frames.length, 0)
  }
  await Promise.all([...new Set(g.stage.urls)].flatMap(url => contexts.flatMap(context => [hp(url, context), ...names.slice(0, 4).map(name => yws(url, context, name))])))
}

/** All that the HTTP interface gives this person about the meeting. */
const reads = async (g, who) => {
  const { case: _, plans = [] } = await who.get(`/api/cases/${g.caseId}?meeting=${g.meeting.id}`).catch(() => ({}))
  const paths = [`/api/cases/${g.caseId}`, `/api/cases/${g.caseId}?meeting=${g.meeting.id}`, `/api/meetings/${g.meeting.id}`, `/api/meetings/${g.meeting.id}/minutes.pdf`,
    `/api/plans/${g.room.planId}`, `/api/plans/${g.room.planId}?meeting=${g.meeting.id}`, ...['plan', 'matrix'].map(k => `/api/plans/${g.room.planId}/pdf?kind=${k}&meeting=${g.meeting.id}`),
    ...plans.map(p => `/api/plans/${p.id}`)]
  let all = ''
  for (const path of paths) {
    const res = await who.request('GET', path, undefined, { raw: true })
    const bytes = Buffer.from(await res.arrayBuffer())
    all += res.headers.get('content-type').includes('pdf') ? squash(await pdfText(bytes)) : bytes.toString()
  }
  return all
}

const revive = async stage => {
  await stage.redis.start()
  await until('both nodes are ready again', async () => (await Promise.all(stage.urls.map(u => fetch(u + '/readyz')))).every(r => r.ok), 20000)
}

const rehearse = async (t, stage) => {
  const g = await gather(stage)
  const { desk, people, act } = g
  const health = { section: await g.doc('section', 'health'), plan: await g.doc('plan', 'health'), minutes: await g.doc('minutes', 'health') }
  const care = await g.doc('plan', 'care')
  await writeSecret(g, health.plan)

  await t.test('without 健康・医療 in the consent no byte comes, whatever one asks for', async () => {
    for (const login of ['csw', 'zeimu']) {
      for (const [kind, doc] of Object.entries(health)) await tries(g, people[login], doc, `${login} ${kind}`)
      assert.ok(!(await reads(g, people[login])).includes('健康の内緒'), `${login} by HTTP`)
    }
    // and the test can see it where it may be seen
    const w = new Wire(people.houkatsu)
    await w.ask(health.plan, g.meeting.id)
    assert.equal((await w.answer(health.plan)).allowed, true)
    assert.ok(w.holds(SECRET))
    w.end()
    assert.ok((await reads(g, people.houkatsu)).includes('健康の内緒'))
  })

  await t.test('a guest of another meeting gets nothing, and a guest taken out is out', async () => {
    const other = g.meetings.find(m => m.caseNumber === 'K2026-0003')
    const { agencies: all } = await desk.get('/api/agencies')
    const enter = async (meeting, url) => {
      const agency = all.find(a => a.name.startsWith('法テラス'))
      const link = await desk.post(`/api/meetings/${meeting.id}/guests`, { name: '白石 弘', kana: 'しらいし ひろし', agencyId: agency.id, post: '弁護士' })
      const guest = new Client(url)
      const token = new URL(link.url).hash.slice(1)
      const session = await guest.post('/api/guest/enter', { token, pin: link.pin, name: '白石 弘', agency: agency.name, secrecy: true })
      assert.equal(session.actor.guestMeeting, meeting.id)
      return { guest, link }
    }
    const { guest } = await enter(other, g.stage.urls[1])
    for (const doc of [health.plan, care, await g.doc('plan', 'basic')]) await tries(g, guest, doc, 'guest of another meeting')
    for (const path of [`/api/meetings/${g.meeting.id}`, `/api/cases/${g.caseId}`, `/api/cases/${g.caseId}?meeting=${g.meeting.id}`, `/api/plans/${g.room.planId}?meeting=${g.meeting.id}`]) {
      await guest.refused('GET', path, undefined, [403, 404])
    }
    const w = new Wire(guest)
    await w.send(`m.${g.meeting.id}`, 2, 0, '')
    assert.equal((await w.answer(`m.${g.meeting.id}`)).allowed, false)
    w.end()

    // in this meeting, on every node, and with Redis stopped
    for (const redis of stage.redis ? [true, false] : [true]) {
      if (!redis) await stage.redis.stop()
      const here = await enter(g.meeting, g.stage.urls[1])
      const rooms = [...new Set(g.stage.urls)].map(url => new Wire({ url, cookie: here.guest.cookie }))
      for (const room of rooms) {
        await room.ask(`m.${g.meeting.id}`)
        await until('the guest is in the room', () => room.of(`m.${g.meeting.id}`, 'auth').at(-1)?.verdict === 'allowed')
      }
      const began = performance.now()
      await desk.request('DELETE', `/api/meetings/${g.meeting.id}/guests/${here.link.id}`)
      await here.guest.refused('GET', `/api/meetings/${g.meeting.id}`, undefined, [401, 403, 404, 410])
      await until('the sockets of the guest are cut', () => rooms.every(r => r.closed), 10000, 10)
      for (const room of rooms) assert.equal(room.closed.code, 4401)
      const took = Math.max(...rooms.map(r => r.closed.at)) - began
      t.diagnostic(`${stage.name}${redis ? '' : ', Redis stopped'}: a guest who was taken out was cut after ${took.toFixed(0)} ms`)
      assert.ok(took <= LIMIT, `${took} ms`)
      if (!redis) await revive(stage)
    }
  })

  await t.test('withdrawal closes the document on every node, for those concerned only', async () => {
    const lost = await crowd(g, ['houkatsu', 'hokenjo'], health.plan)
    const kept = await crowd(g, ['houkan'], health.plan)
    t.diagnostic(`${stage.name}: ` + await loses('withdrawal', lost, health.plan, 'withdrawn', () => desk.post(`/api/consents/${g.record.id}/withdraw`,
      { agencies: [people.houkatsu.agency, people.hokenjo.agency], items: ['health'], note: '本人から電話で申し出' })))
    await staysShut(g, lost, health.plan)
    for (const w of kept) assert.deepEqual(w.of(health.plan, 'close'), [], `houkan at node ${w.node} keeps it`)
    for (const w of [...lost, ...kept]) w.end()
    await tries(g, people.hokenjo, health.plan, 'hokenjo after the withdrawal')
  })

  if (stage.redis) {
    await t.test('withdrawal closes the document on every node with Redis stopped', async () => {
      const lost = await crowd(g, ['houkatsu', 'csw', 'minsei'], care)
      await stage.redis.stop()
      t.diagnostic(`${stage.name}, Redis stopped: ` + await loses('withdrawal', lost, care, 'withdrawn', () => desk.post(`/api/consents/${g.record.id}/withdraw`,
        { agencies: ['houkatsu', 'csw', 'minsei'].map(l => people[l].agency), items: ['care'], note: '本人から電話で申し出' })))
      await staysShut(g, lost, care)
      for (const w of lost) w.end()
      await revive(stage)
    })
  }

  await t.test('an agency that leaves the case loses its documents, in the meeting and outside', async () => {
    const income = await g.doc('plan', 'income')
    const inside = await crowd(g, ['jiritsu'], income)
    const outside = await crowd(g, ['jiritsu'], income, '')
    t.diagnostic(`${stage.name}: ` + await loses('removal from the case', [...inside, ...outside], income, 'member',
      () => desk.request('DELETE', `/api/cases/${g.caseId}/members/${people.jiritsu.agency}`)))
    await staysShut(g, inside, income)
    for (const w of [...inside, ...outside]) w.end()
    await tries(g, people.jiritsu, income, 'jiritsu after leaving')
  })

  await t.test('who signs out is cut, on every node', async () => {
    const basic = await g.doc('plan', 'basic')
    const wires = await crowd(g, ['zeimu'], basic)
    const began = performance.now()
    await people.zeimu.request('DELETE', '/api/session')
    await until('cut', () => wires.every(w => w.closed), 15000, 10)
    for (const w of wires) assert.equal(w.closed.code, 4401)
    const took = Math.max(...wires.map(w => w.closed.at)) - began
    assert.ok(took <= LIMIT, `${took} ms`)
    t.diagnostic(`${stage.name}: signing out cut ${wires.length} connections within ${took.toFixed(0)} ms`)
    const late = new Wire(people.zeimu)
    await late.ask(basic, g.meeting.id)
    await until('refused at the door', () => late.closed)
    assert.deepEqual([late.closed.code, late.frames.length], [4401, 0])
  })

  await t.test('the withdrawal stands in the record of the meeting', async () => {
    const room = await desk.get(`/api/meetings/${g.meeting.id}`)
    const told = room.events.filter(e => e.kind === 'withdrawn')
    assert.equal(told.length, stage.redis ? 2 : 1)
    assert.match(told[0].text, /同意.*撤回された.*健康・医療/)
    const pdf = await desk.request('GET', `/api/meetings/${g.meeting.id}/minutes.pdf`, undefined, { raw: true })
    const paper = squash(await pdfText(Buffer.from(await pdf.arrayBuffer())))
    for (const e of told) assert.ok(paper.includes(squash(e.text)), `the minutes say: ${e.text}`)
  })

  const checked = await stage.verify()
  assert.equal(checked.code, 0, checked.err + checked.out)
}

for (const stage of [alone, twoNodes]) {
  test(`consent, ${stage.name}`, { timeout: 240000 }, async t => {
    const s = await stage()
    t.after(() => s.close())
    await rehearse(t, s)
  })
}
