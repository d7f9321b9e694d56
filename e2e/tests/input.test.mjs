// Bad input: what goes wrong is said in Japanese, with what to do, and nobody else notices.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import { Client, Wire, person } from '../lib/api.mjs'
import { fontWith } from '../lib/font.mjs'
import { kasane } from '../lib/kasane.mjs'
import { strokes } from '../lib/png.mjs'
import { pdfText, squash } from '../lib/pdf.mjs'
import { until } from '../lib/proc.mjs'
import { isoDay } from '../lib/room.mjs'
import { postgres } from '../lib/services.mjs'
import { agree, confirmAll, openMeeting, smallCase, writeRow } from '../lib/small.mjs'

/** A multipart upload. */
const upload = async (c, bytes, name, type, caseId) => {
  const form = new FormData()
  form.set('caseId', caseId)
  form.set('purpose', 'evidence')
  form.set('file', new Blob([bytes], { type }), name)
  const res = await fetch(c.url + '/api/files', { method: 'POST', headers: { 'X-Kasane': '1', Cookie: c.cookie }, body: form })
  return { status: res.status, ...await res.json() }
}

test('links of guests: wrong PIN, five times, used, expired, unknown', { timeout: 60000 }, async t => {
  const pg = await postgres() // to let time pass for a link
  t.after(() => pg.stop())
  const node = await kasane({ env: { DATABASE_URL: pg.url, KASANE_FILE_KEY: randomBytes(32).toString('base64') } })
  t.after(() => node.kill())
  const desk = await person(node.url, 'jimukyoku')
  const meeting = (await desk.get('/api/meetings')).meetings.find(m => m.status === 'draft')
  const agency = (await desk.get('/api/agencies')).agencies.find(a => a.name.startsWith('法テラス'))
  const invite = async () => {
    const { id, url, pin } = await desk.post(`/api/meetings/${meeting.id}/guests`, { name: '白石 弘', kana: 'しらいし ひろし', agencyId: agency.id, post: '弁護士' })
    const token = new URL(url).hash.slice(1)
    return { id, token, right: { token, pin, name: '白石 弘', agency: agency.name, secrecy: true } }
  }
  const nobody = () => new Client(node.url)
  const dead = /この招待リンクは使えません。期限が切れたか、すでに使われています。招待した人に新しいリンクを頼んでください。/

  const a = await invite()
  const wrong = { ...a.right, pin: a.right.pin === '000000' ? '111111' : '000000' }
  await nobody().refused('POST', '/api/guest/enter', { ...a.right, secrecy: false }, 422, /守秘義務の確認に印を付けてください/)
  for (let i = 1; i <= 4; i++) await nobody().refused('POST', '/api/guest/enter', wrong, 401, /PIN・お名前・所属を、招待を受けたとおりに入力してください/)
  await nobody().refused('POST', '/api/guest/enter', wrong, 410, dead)
  await nobody().refused('POST', '/api/guest/enter', a.right, 410, dead) // the right PIN comes too late

  const b = await invite()
  assert.deepEqual(await nobody().post('/api/guest/check', { token: b.token }), { ok: true })
  await nobody().refused('POST', '/api/guest/enter', { ...b.right, name: '白石 弘子' }, 401, /招待を受けたとおりに/)
  assert.equal((await nobody().post('/api/guest/enter', { ...b.right, name: '白石　弘' })).state, 'signed_in') // white space is no error
  await nobody().refused('POST', '/api/guest/enter', b.right, 410, dead)
  await nobody().refused('POST', '/api/guest/check', { token: b.token }, 410, dead)

  const c = await invite()
  await pg.sql(`UPDATE guest_link SET expires_at = 1 WHERE id = '${c.id}'`)
  await nobody().refused('POST', '/api/guest/check', { token: c.token }, 410, dead)
  await nobody().refused('POST', '/api/guest/enter', c.right, 410, dead)
  await nobody().refused('POST', '/api/guest/enter', { ...c.right, token: 'x'.repeat(c.token.length) }, 410, dead)
})

test('one installation takes all that is wrong', { timeout: 120000 }, async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const s = await smallCase(node.url)
  await writeRow(s, { due: isoDay(-3) })
  await openMeeting(s)

  await t.test('passwords and accounts', async () => {
    const c = new Client(node.url)
    for (let i = 0; i < 4; i++) await c.refused('POST', '/api/session', { login: 'kansa', password: 'wrong' }, 401, /正しくありません|違います|確かめ/)
    const locked = await c.refused('POST', '/api/session', { login: 'kansa', password: 'wrong' }, [401, 429])
    const after = await c.refused('POST', '/api/session', { login: 'kansa', password: 'kasane' }, 429, /時|分/)
    assert.ok(after.details.until, JSON.stringify([locked, after]))
    await c.refused('GET', '/api/cases', undefined, 401, /サインイン/)
  })

  await t.test('requests that are none of ours', async () => {
    const raw = (body, headers = {}) => fetch(node.url + '/api/cases', { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-Kasane': '1', Cookie: s.desk.cookie, ...headers } })
      .then(async r => ({ status: r.status, ...(await r.json()).error }))
    const cases = [
      ['{"openedAt":', {}, 422], ['{"openedAt":"2026-01-01","surprise":1}', {}, 422], ['{"openedAt":"\\ud800"}', {}, 422], ['{"openedAt":"2026-01-01"} {}', {}, 422],
      [JSON.stringify({ openedAt: '昨日', persons: [], agencies: [] }), {}, 422], [`{"openedAt":"${'あ'.repeat(500000)}"}`, {}, 413],
      ['{}', { 'X-Kasane': '' }, 403], ['{}', { Origin: 'https://evil.example' }, 403], ['{}', { 'Content-Type': 'text/plain' }, [403, 415, 422]]
    ]
    for (const [body, headers, want] of cases) {
      const r = await raw(body, headers)
      assert.ok([want].flat().includes(r.status), `${body.slice(0, 60)} ${JSON.stringify(headers)}: ${r.status} ${r.message}`)
      assert.match(r.message, /[ぁ-ん].*。/)
    }
    const person = { name: '山田\u202e 花子', kana: 'やまだ', relation: '本人', birth: '1950-04-01', sex: '女', subject: true }
    for (const [name, words] of [['山田\u202e花子', /文字の向きを変える/], ['山田\ue000', /外字/], ['山田\u0007', /制御文字/], ['', /氏名/]]) {
      const e = await s.desk.refused('POST', `/api/cases/${s.caseId}/persons`, { ...person, name, kana: name && person.kana }, 422, words)
      assert.match(e.field, /name/, JSON.stringify(e))
    }
    await s.desk.refused('PUT', `/api/cases/${s.caseId}/stage`, { stage: 'assessment', version: 0 }, [409, 422])
    await s.desk.refused('POST', `/api/meetings/${s.meetingId}/acts`, { act: 'dance', params: {}, seq: 0 }, 422, /知らない操作です。画面を更新してください/)
    await s.desk.refused('GET', '/api/cases/nothing', undefined, 404)
  })

  await t.test('files that are no evidence', async () => {
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const form = [[Buffer.from('これは文書です'), '同意書.pdf', 'application/pdf'], [Buffer.from('MZ\x90\x00'), 'a.exe', 'image/png'], [png.subarray(0, 40), '途中.png', 'image/png'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg', 'image/svg+xml'], [Buffer.alloc(0), '空.pdf', 'application/pdf']]
    for (const [bytes, name, type] of form) {
      const r = await upload(s.desk, bytes, name, type, s.caseId)
      assert.equal(r.status, 422, `${name}: ${JSON.stringify(r)}`)
      assert.match(r.error.message, /ファイルを選んでください。/)
    }
    const big = await upload(s.desk, Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20 << 20), Buffer.from('%%EOF')]), '大きい.pdf', 'application/pdf', s.caseId)
    assert.equal(big.status, 413)
    assert.match(big.error.message, /20MBまでです。解像度を下げるか、ページを分けてください。/)
    const good = await upload(s.desk, png, '同意書の写し.png', 'text/plain', s.caseId)
    assert.equal(good.status, 200, JSON.stringify(good))
    assert.equal(good.type, 'image/png')
    await s.helper.refused('GET', `/api/files/${good.id}`, undefined, [403, 404])
  })

  await t.test('frames that are no update', async () => {
    const other = await s.chair.open(s.doc, { context: s.meetingId })
    const text = other.document.getText('t:situation')
    const before = () => JSON.stringify([text.toString(), other.document.getMap('v').toJSON()])
    text.insert(0, 'はじめ')
    await until('stored', () => other.provider.unsyncedChanges === 0)
    const was = before()

    /** Someone with two documents on one socket sends something bad to the first: it ends for him alone, the other stays. */
    const minutes = (await s.desk.post('/api/docs', { kind: 'minutes', ownerId: s.meetingId, personId: s.personId, item: 'basic', meetingId: s.meetingId })).doc
    const change = make => { const d = new Y.Doc(); make(d); return Y.encodeStateAsUpdate(d) }
    const bad = [
      ['garbage', 'malformed', randomBytes(64)], ['nothing', 'malformed', new Uint8Array(0)], ['a nested type', 'schema', change(d => d.getMap('v').set('lead', new Y.Map()))],
      ['another root', 'schema', change(d => d.getArray('x').insert(0, [1]))], ['an unknown key', 'schema', change(d => d.getMap('v').set('nonsense', 1))],
      ['bold text', 'schema', change(d => d.getText('t:situation').insert(0, '太字', { bold: true }))],
      ['a direction character', 'text', change(d => d.getText('t:situation').insert(0, 'あ\u202eい'))],
      ["another agency's column", 'column', change(d => d.getText(`t:cell/e2eaction0001/${s.chair.agency}/content`).insert(0, '引き受けます'))],
      ['a field for holders', 'header', change(d => d.getMap('v').set('lead', s.helper.agency))]
    ]
    for (const [what, reason, bytes] of bad) {
      const w = new Wire(s.helper)
      await w.ask(s.doc, s.meetingId)
      await w.ask(minutes, s.meetingId)
      for (const name of [s.doc, minutes]) assert.equal((await w.answer(name)).allowed, true)
      await w.update(s.doc, bytes)
      await until(`${what} is refused`, () => w.of(s.doc, 'close').length || w.closed)
      assert.equal(w.closed, null, `${what}: the socket stays`)
      assert.equal(w.of(s.doc, 'close')[0].reason, reason, what)
      assert.equal(w.of(s.doc, 'status')[0].stored, false)
      const told = w.of(s.doc, 'stateless').map(f => f.notice).find(n => n.type === 'refused')
      assert.match(told.message, /[ぁ-ん].*(ください|書けます|できます|せん).*。/, what)
      assert.equal(w.of(minutes, 'close').length, 0)
      await w.update(minutes, change(d => { d.getMap('v').set('speech/e2espeech0001/ord', 'a0'); d.getText('t:speech/e2espeech0001/text').insert(0, '話します') }))
      await until('the other document takes writing', () => w.of(minutes, 'status').some(f => f.stored))
      w.end()
    }
    for (const [what, send, code] of [['no frame', w => w.raw(randomBytes(3)), 1007], ['text', w => w.raw('hello'), 1003], ['two megabytes', w => w.update(s.doc, randomBytes(2 << 20)), 1009]]) {
      const w = new Wire(s.helper)
      await w.ask(s.doc, s.meetingId)
      await w.answer(s.doc)
      await send(w)
      await until(`${what} ends the socket`, () => w.closed)
      assert.equal(w.closed.code, code, what)
    }
    assert.equal(before(), was, 'nobody else saw anything of it')
    text.insert(0, 'つづき ')
    await until('the others go on', () => other.provider.unsyncedChanges === 0)
    other.close()
    const fresh = await s.desk.open(s.doc)
    assert.ok(fresh.document.getText('t:situation').toString().startsWith('つづき はじめ'))
    fresh.close()
  })

  await t.test('a 期限 before the meeting is a warning, in the plan and its paper', async () => {
    const { warnings } = await s.helper.get(`/api/plans/${s.planId}?meeting=${s.meetingId}`)
    const w = warnings.find(x => x.code === 'due_before')
    assert.match(w?.message ?? '', /期限（.*）が会議の日（.*）より前です。日付を確かめてください。/)
    assert.equal(w.blocking, false)
    assert.equal(w.column, s.helper.agency)
  })

  await t.test('two chairs press 閉会', async () => {
    await s.act(s.chair, 'chair', { role: 'deputy', userId: (await person(node.url, 'shukan')).session.actor.id })
    const deputy = await person(node.url, 'shukan')
    await deputy.post(`/api/meetings/${s.meetingId}/enter`, { form: 'room' })
    await s.chair.refused('POST', `/api/meetings/${s.meetingId}/acts`, { act: 'close', params: {}, seq: 0 }, 409)
    const blocked = await s.chair.refused('POST', `/api/meetings/${s.meetingId}/acts`, { act: 'close', params: {}, seq: (await s.chair.get(`/api/meetings/${s.meetingId}`)).seq }, 409)
    assert.match(blocked.message, /議題|プラン/) // what is missing, first
    await writeRow(s)
    const { seq } = await agree(s)
    const press = async who => {
      const res = await who.request('POST', `/api/meetings/${s.meetingId}/acts`, { act: 'close', params: {}, seq }, { raw: true })
      return { status: res.status, body: await res.json() }
    }
    const answers = await Promise.all([press(s.chair), press(deputy)])
    assert.deepEqual(answers.map(a => a.status).sort(), [200, 409])
    const late = answers.find(a => a.status === 409).body.error
    assert.match(late.message, /^すでに.*の操作で会議が進んでいます（今は「閉会.*」です）。画面を確かめてから、必要ならもう一度操作してください。$/)
    await s.act(deputy, 'close').then(() => assert.fail('closed twice'), e => assert.match(e.body.error.message, /「閉会する」は、会議が「開会中」・「合意の確認」のときに行います（今は「閉会.*」です）。/))
    await until('closed', async () => (await s.chair.get(`/api/meetings/${s.meetingId}`)).status === 'closed')
    const room = await s.chair.get(`/api/meetings/${s.meetingId}`)
    assert.deepEqual(room.records.map(r => r.kind).sort(), ['matrix', 'plan'])
    assert.equal(room.events.filter(e => e.kind === 'closing').length, 1)
  })
})

test('a character the fonts lack does not stop 閉会; the record waits until it can be printed', { timeout: 120000 }, async t => {
  const rare = '\u{2A6D6}'
  const node = await kasane()
  t.after(() => node.kill())
  const admin = await person(node.url, 'shukan')
  const user = (await admin.get('/api/users')).users.find(u => u.login === 'houkatsu')
  await admin.request('PUT', `/api/users/${user.id}`, { agencyId: user.agencyId, login: user.login, kana: user.kana, post: user.post, roles: user.roles, disabled: false, name: `中村 ${rare}紀` })
  const s = await smallCase(node.url, { name: '試験 \u{2A6D5}子' })
  await writeRow(s, { content: '週1回訪問する🌸' })
  await openMeeting(s)
  await agree(s)
  const room = await s.act(s.chair, 'close')
  assert.equal(room.status, 'closed')
  assert.deepEqual(room.records, [])
  const found = room.problems.map(p => `${p.paper} ${p.name} ${p.chars}`).sort()
  assert.deepEqual(found, ['matrix', 'plan'].flatMap(p => [`${p} false U+1F338`, `${p} true U+2A6D5`, `${p} true U+2A6D6`]))
  const name = room.problems.find(p => p.paper === 'plan' && p.chars.includes('U+2A6D5'))
  assert.match(name.where, /本人氏名/)
  assert.match(name.message, /本人氏名」の氏名に、印字できない文字「\u{2A6D5}」があります。氏名の表記を確かめるか、外字の登録（「管理」の「外字」）を頼んでから確定してください。/u)
  const draft = await s.desk.request('GET', `/api/meetings/${s.meetingId}/minutes.pdf`, undefined, { raw: true })
  const paper = squash(await pdfText(Buffer.from(await draft.arrayBuffer())))
  assert.match(paper, /印字できない文字（案にのみ表示）/)
  for (const code of ['U+1F338', 'U+2A6D5', 'U+2A6D6']) assert.ok(paper.includes(code), code)

  const seal = params => ['POST', `/api/meetings/${s.meetingId}/acts`, { act: 'seal', params, seq: Number.MAX_SAFE_INTEGER }]
  const held = async (params, want) => {
    const e = await s.desk.refused(...seal(params), 409, /まだ印字できない文字があります/)
    assert.deepEqual([...new Set(e.details.problems.flatMap(p => p.chars))].sort(), want)
  }
  await held({}, ['U+1F338', 'U+2A6D5', 'U+2A6D6'])
  const waivers = ['plan', 'matrix'].map(p => ({ paper: p, reason: '絵文字は意味を変えない' }))
  await held({ waivers }, ['U+2A6D5', 'U+2A6D6']) // a reason helps in prose, not in names
  // a drawing of the character helps while it is in use
  const clerk = await person(node.url, 'kiroku')
  const drawing = { text: '\u{2A6D5}', codeKind: 'mj', code: 'MJ000001', reading: 'りゅう', note: '', picture: strokes().toString('base64'), retired: false, n: 0 }
  const letter = await clerk.post('/api/gaiji', drawing)
  await held({ waivers }, ['U+2A6D6'])
  await clerk.request('PUT', `/api/gaiji/${letter.id}`, { ...drawing, picture: '', retired: true, n: 1 })
  await held({ waivers }, ['U+2A6D5', 'U+2A6D6'])
  await s.desk.request('PUT', `/api/cases/${s.caseId}/persons/${s.personId}`, { ...s.subject, name: '試験 竜子' })
  await held({ waivers }, ['U+2A6D6'])
  const named = { ...s.subject, name: '試験 竜\u{E01EF}子' }
  await s.desk.request('PUT', `/api/cases/${s.caseId}/persons/${s.personId}`, named)
  await held({ waivers }, ['U+2A6D6', 'U+7ADC U+E01EF'])
  await clerk.post('/api/gaiji', { ...drawing, text: '竜\u{E01EF}', code: 'MJ000002' })
  await held({ waivers }, ['U+2A6D6'])
  assert.deepEqual((await s.desk.get(`/api/meetings/${s.meetingId}`)).records, [])

  // the name of somebody who was there stays as it was: its character is registered
  await node.stop()
  const font = join(node.data, 'gaiji.ttf')
  writeFileSync(font, fontWith(rare))
  const again = await kasane({ data: node.data, port: node.port, env: { KASANE_EXTRA_FONT: font } })
  t.after(() => again.kill())
  const sealed = (await s.desk.request(...seal({ waivers }))).records
  assert.deepEqual(sealed.map(r => r.kind).sort(), ['matrix', 'plan'])
  await confirmAll(s)
  const final = params => ({ act: 'final', params, seq: Number.MAX_SAFE_INTEGER })
  const left = await s.chair.refused('POST', `/api/meetings/${s.meetingId}/acts`, final({}), 409, /会議録に印字できない文字があります/)
  assert.deepEqual(left.details.problems.flatMap(p => p.chars), ['U+1F338'])
  const end = await s.chair.post(`/api/meetings/${s.meetingId}/acts`, final({ waivers: [{ paper: 'minutes', reason: '絵文字は意味を変えない' }] }))
  assert.equal(end.status, 'sealed')
  const records = await person(again.url, 'kiroku')
  for (const r of (await records.get('/api/archive')).records.filter(r => r.caseNumber === s.number)) {
    const file = await records.request('GET', `/api/archive/${r.id}/file`, undefined, { raw: true })
    const words = squash(await pdfText(Buffer.from(await file.arrayBuffer())))
    assert.ok(words.includes('竜\u{E01EF}〔外字MJ文字図形名MJ000002読みりゅう〕子'), `${r.kindLabel}: the corrected name, drawn`)
    if (r.kind !== 'plan' || words.includes('紀')) assert.ok(words.includes(`${rare}紀`), `${r.kindLabel}: the registered character`)
  }
  const check = await (await person(again.url, 'kansa')).post('/api/archive/verify', { id: '' })
  assert.equal(check.ok, true, JSON.stringify(check.problems))
})
