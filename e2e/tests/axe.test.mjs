// Accessibility of every page and of every state of a meeting: axe finds nothing, in three ways of looking. A page that is not here fails the test.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { person } from '../lib/api.mjs'
import { violations } from '../lib/axe.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { sleep, until } from '../lib/proc.mjs'
import { closeDialog, get, isoDay, press, signIn, tab } from '../lib/room.mjs'
import { agree, openMeeting, smallCase, writePlan, writeRow } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

const app = readFileSync(new URL('../../frontend/src/app/App.tsx', import.meta.url), 'utf8')

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

/** Waits until the page stands still: no answer is under way, and what came is drawn. */
const still = async p => {
  for (let quiet = 0, tries = 0; quiet < 3; tries++) {
    assert.ok(tries < 400, `${p.name}: the page does not come to rest`)
    const busy = p.pending.size > 0 || await p.page.evaluate(() => new Promise(resolve => requestAnimationFrame(() =>
      setTimeout(() => resolve(document.body.innerText.includes('読み込んでいます')), 40))))
    quiet = busy ? 0 : quiet + 1
    if (p.pending.size > 0) await sleep(25)
  }
}

const bad = []
const check = async (p, where) => {
  await still(p)
  for (const v of await violations(p)) bad.push(`${where}|||${v}`)
}
/** Everything that was found since, at once: one run tells all there is to mend. */
const well = () => {
  const each = new Map()
  for (const line of bad.splice(0)) {
    const [where, what] = [line.slice(0, line.lastIndexOf('|||')), line.slice(line.lastIndexOf('|||') + 3)]
    each.set(what, [...each.get(what) ?? [], where])
  }
  const list = [...each].map(([what, where]) => `${what}\n    at ${where.slice(0, 6).join('; ')}${where.length > 6 ? ` and ${where.length - 6} more` : ''}`)
  assert.ok(!list.length, `axe found ${list.length}:\n${list.join('\n')}`)
}

const sitter = async (url, login, size) => {
  const p = await Person.sit(browser, login, url, size)
  p.page.setDefaultTimeout(20000)
  await signIn(p, login)
  return p
}

test('every page', { timeout: 300000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  const s = await smallCase(url)
  await writeRow(s)
  const { persons } = await s.desk.get(`/api/cases/${s.caseId}/consents`)
  const [record] = persons.find(p => p.records?.length).records
  const [desk, city, chair, keeper, nobody] = await Promise.all(['jimukyoku', 'shukan', 'kaicho', 'kiroku'].map(l => sitter(url, l)).concat(Person.sit(browser, 'nobody', url)))

  const { records } = await (await person(url, 'kiroku')).get('/api/archive')
  const at = days => new Date(Date.now() + days * 86400000).toISOString()
  const { links } = await s.desk.request('PUT', `/api/meetings/${s.meetingId}/dates`, {
    options: [7, 8].map(d => ({ start: at(d), end: new Date(Date.parse(at(d)) + 3600000).toISOString() })), must: [s.chair.agency], until: isoDay(5)
  })

  const place = await s.desk.request('POST', '/api/places', { name: '海辺のサロン', kind: 'salon', fields: ['kaigo'], state: 'open', capacity: 12, hours: '毎週水曜', agencyId: s.desk.agency })
  await s.desk.request('POST', `/api/places/${place.id}/days`, { day: isoDay(0), children: 1, young: 0, working: 2, elder: 5, note: '' })
  await s.desk.request('POST', `/api/places/${place.id}/links`, { caseId: s.caseId, personId: s.personId, role: 'participant', since: isoDay(0) })
  const { caseId: taken } = await s.helper.post('/api/intakes', { id: 'a'.repeat(26), asker: 'family', askerName: '山田 春', askerRelation: '長女', name: '試験 節', kana: 'しけん せつ',
    birth: '1941-02-03', ageBand: '', sex: '女', district: '東町', contact: '080-0000-0000', addressSecret: false, route: '03', trouble: '夜に眠れない', fields: ['care'], urgency: 'now',
    danger: true, consent: 'yes', triage: 'joint', note: '' })
  const referral = 'b'.repeat(26)
  await s.helper.post(`/api/cases/${taken}/referrals`, { id: referral, to: s.desk.agency, picks: ['plain'], reason: '分担の相談', wish: '' })
  await s.desk.request('POST', `/api/places/${place.id}/cares`, { day: isoDay(0), method: 'visit', body: '送迎の相談' })
  await s.desk.request('POST', `/api/cases/${s.caseId}/joinings`, { personId: s.personId, item: 'progress', needs: ['people'], fields: ['kaigo'], wish: '話せる人がほしい', free: '水曜', openedOn: isoDay(0) })

  /** Who looks at a page of the table of routes, and where it is. */
  const routes = {
    '/': [desk, '/'],
    '/cases': [desk, '/cases'],
    '/cases/new': [desk, '/cases/new'],
    '/imports': [desk, '/imports'],
    '/imports/new': [desk, '/imports/new'],
    '/cases/:id': [desk, `/cases/${s.caseId}`],
    '/intakes': [desk, '/intakes'],
    '/intakes/new': [desk, '/intakes/new'],
    '/referrals': [desk, '/referrals'],
    '/referrals/:id': [desk, `/referrals/${referral}`],
    '/cases/:id/referrals/new': [desk, `/cases/${taken}/referrals/new`],
    '/cases/:id/household': [desk, `/cases/${s.caseId}/household`],
    '/cases/:id/consents': [desk, `/cases/${s.caseId}/consents`],
    '/cases/:id/consents/new/:person': [desk, `/cases/${s.caseId}/consents/new/${s.personId}`],
    '/cases/:id/persons/:person/seen': [city, `/cases/${s.caseId}/persons/${s.personId}/seen`],
    '/cases/:id/consents/renew/:record': [desk, `/cases/${s.caseId}/consents/renew/${record.id}`],
    '/cases/:id/meetings/new': [desk, `/cases/${s.caseId}/meetings/new`],
    '/plans/:id': [desk, `/plans/${s.planId}`],
    '/plans/:id/history': [desk, `/plans/${s.planId}/history`],
    '/meetings/new': [desk, '/meetings/new'],
    '/meetings/:id/history': [desk, `/meetings/${s.meetingId}/history`],
    '/meetings/:id/dates': [desk, `/meetings/${s.meetingId}/dates`],
    '/meetings': [chair, '/meetings'],
    '/meetings/:id': [chair, `/meetings/${s.meetingId}`],
    '/local-issues': [desk, '/local-issues'],
    '/cases/:id/joining': [desk, `/cases/${s.caseId}/joining`],
    '/joinings': [desk, '/joinings'],
    '/places': [desk, '/places'],
    '/places/new': [desk, '/places/new'],
    '/places/new/:meeting/:note': [desk, '/places/new/none/none'],
    '/places/:id/edit': [desk, `/places/${place.id}/edit`],
    '/places/:id': [desk, `/places/${place.id}`],
    '/figures': [desk, '/figures'],
    '/figures/cases': [desk, '/figures/cases?figure=running'],
    '/figures/funnel': [desk, '/figures/funnel'],
    '/figures/targets': [desk, '/figures/targets'],
    '/network': [desk, '/network'],
    '/jobs': [desk, '/jobs'],
    '/status': [desk, '/status'],
    '/overdue': [desk, '/overdue'],
    '/outreach': [desk, '/outreach'],
    '/cases/:id/reviews': [desk, `/cases/${s.caseId}/reviews`],
    '/cases/:id/papers': [desk, `/cases/${s.caseId}/papers`],
    '/cases/:id/outreach': [desk, `/cases/${s.caseId}/outreach`],
    '/archive': [keeper, '/archive'],
    '/archive/:id/copies': [keeper, `/archive/${records[0].id}/copies`],
    '/audit': [city, '/audit'],
    '/incidents': [desk, '/incidents'],
    '/admin/agencies': [city, '/admin/agencies'],
    '/admin/users': [city, '/admin/users'],
    '/admin/town': [city, '/admin/town'],
    '/admin/first-run/:step?': [city, '/admin/first-run/summary'],
    '/admin/meeting-types': [city, '/admin/meeting-types'],
    '/admin/rules': [city, '/admin/rules'],
    '/admin/tokens': [city, '/admin/tokens'],
    '/admin/gaiji': [keeper, '/admin/gaiji'],
    '/admin/forms': [city, '/admin/forms'],
    '/admin/glass': [city, '/admin/glass'],
    '/glass': [city, '/glass'],
    '/emergencies': [city, '/emergencies'],
    '/admin/consent-texts': [city, '/admin/consent-texts'],
    '/consents/ending': [desk, '/consents/ending'],
    '/account': [desk, '/account'],
    '/welcome': [desk, '/welcome']
  }
  const known = [...app.matchAll(/<Route path="([^"]+)"/g)].map(m => m[1])
  assert.ok(known.length > 20, 'the table of routes was found')
  assert.deepEqual(known.filter(r => !routes[r]), [], 'pages of frontend/src/app/App.tsx that are not looked at here')
  /** Each person goes through the pages of theirs; the four of them at the same time. */
  const visit = async (route, p, path) => {
    await p.page.goto(path)
    await get(p, 'who').waitFor()
    await until(`${route} is drawn`, async () => await p.page.locator('main h1, main h2, [data-testid=room]').count() > 0 && await p.page.getByText('読み込んでいます').count() === 0)
    assert.equal(await p.page.getByText('ページが見つかりません').count(), 0, `${route} was not found at ${path}`)
    await check(p, route)
  }
  await Promise.all([desk, city, chair, keeper].map(async who => {
    for (const [route, [p, path]] of Object.entries(routes)) if (p === who && known.includes(route)) await visit(route, p, path)
  }))

  /** Pages that stand before the shell, or instead of it. */
  const session = state => async () => {
    await nobody.page.unrouteAll()
    if (state) await nobody.page.route('**/api/session', r => r.fulfill({ json: { state: 'signed_out', name: '中村 由紀', factors: ['totp', 'passkey', 'recovery'], municipality: { id: 'm', name: '重ね市', demo: false }, ...state } }))
    await nobody.page.goto('/')
  }
  const others = {
    SignInPage: session(null),
    SecondStepPage: session({ state: 'factor' }),
    EnrolPage: session({ state: 'enrol' }),
    SetupPage: session({ state: 'setup' }),
    LockScreen: session({ state: 'locked' }),
    LobbyPage: session({ state: 'signed_in', actor: { id: 'g', name: '白石 弘', post: '', agencyId: 'a', agencyName: '法テラス', roles: [], guestMeeting: s.meetingId, waiting: true } }),
    JoinPage: async () => { await nobody.page.unrouteAll(); await nobody.page.goto('/join#nothing'); await get(nobody, 'join-dead').waitFor() },
    DatesPage: async () => { await nobody.page.goto(links[0].url); await get(nobody, 'dates-1-good').waitFor() },
    DevicePage: () => nobody.page.goto('/check'),
    StyleguidePage: () => nobody.page.goto('/styleguide'),
    NotFound: null,
    ScreenPage: null
  }
  const drawn = [...app.matchAll(/<([A-Z]\w*(?:Page|Screen)|NotFound)\b/g)].map(m => m[1])
  const inTable = new Set([...app.matchAll(/<Route path=.*?(?:component=\{(\w+)\}|<(\w+) key)/gs)].map(m => m[1] ?? m[2]))
  assert.deepEqual(drawn.filter(c => !inTable.has(c) && !(c in others)), [], 'pages outside the table of routes that are not looked at here')
  for (const [name, go] of Object.entries(others)) {
    if (!go) continue
    await go()
    await nobody.page.locator('main').first().waitFor()
    await check(nobody, name)
  }
  await city.page.goto('/admin/meeting-types')
  await press(city, 'type-version-layered')
  await get(city, 'type-name').waitFor()
  await check(city, 'a version of a 会議種別')
  await city.page.goto('/admin/first-run/agencies')
  await press(city, 'agency-take')
  await get(city, 'take-text').fill('名称\t種別・分野\t電話\nなぎさ会\t謎\t012-345-6789')
  await press(city, 'take-look')
  await get(city, 'take-rows').waitFor()
  await check(city, '関係機関 from a table')
  await desk.page.goto('/no/such/page')
  await desk.page.getByText('ページが見つかりません').first().waitFor()
  await check(desk, 'NotFound')
  for (const kind of ['room', 'person', 'recorder']) {
    await desk.page.goto(`/meetings/${s.meetingId}/screen?kind=${kind}`)
    await desk.page.locator('[data-testid=screen]').waitFor()
    await check(desk, `screen of the ${kind}`)
  }
  await well()
})

test('every state of a meeting, for the chair, an agency and a guest', { timeout: 300000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  const s = await smallCase(url)
  await writeRow(s)
  await writePlan(s, { v: { 'need/e2eneed000001/ord': 'a0', 'goal/e2egoal000001/ord': 'a0' }, t: { 'need/e2eneed000001/text': '夜が不安', 'goal/e2egoal000001/text': '安心して眠る', policy: '急がない。' } })
  const invited = await s.desk.post(`/api/meetings/${s.meetingId}/guests`, { name: '白石 弘', kana: 'しらいし ひろし', agencyId: s.helper.agency, post: '弁護士' })
  const [chair, agency, guest] = await Promise.all([sitter(url, 'kaicho'), sitter(url, 'houkatsu', { width: 360, height: 740 }), Person.sit(browser, 'guest', url)])
  guest.page.setDefaultTimeout(20000)

  await guest.page.goto(invited.url)
  await get(guest, 'join-pin').waitFor()
  await press(guest, 'join-enter')
  await check(guest, 'joining, with what is missing')
  await get(guest, 'join-pin').fill(invited.pin)
  await get(guest, 'join-name').fill('白石 弘')
  const { agencies } = await s.desk.get('/api/agencies')
  await get(guest, 'join-agency').fill(agencies.find(a => a.id === s.helper.agency).name)
  await get(guest, 'join-secrecy').check()
  for (const p of [chair, agency]) await p.page.goto(`/meetings/${s.meetingId}`)

  const all = [chair, agency]
  const status = (p, want) => p.page.locator(`[data-testid=room][data-status=${want}]`).waitFor()
  const tabs = async (p, where, list) => {
    for (const id of list) {
      if (!await get(p, `tab-${id}`).count()) continue
      await tab(p, id)
      await check(p, `${where}, ${p.name}: ${id}`)
    }
  }
  /** Every tab of the room, and within the plan every tab of it. */
  const everyTab = async p => {
    const names = list => list.locator('[role=tab]').evaluateAll(l => l.map(e => e.dataset.testid.replace('tab-', '')))
    const outer = await names(p.page.locator('[role=tablist]').first())
    assert.ok(outer.length >= 6, `tabs of the room: ${outer}`)
    for (const id of outer) {
      await tabs(p, 'open', [id])
      const inner = p.page.locator('[role=tabpanel] [role=tablist]')
      for (let i = 0; i < await inner.count(); i++) await tabs(p, `open, ${id}`, await names(inner.nth(i)))
    }
    await tab(p, 'course')
  }
  const dialog = async (p, id, name = id) => {
    await press(p, id)
    await p.page.locator('dialog[open]').last().waitFor()
    await check(p, `dialog ${name}, ${p.name}`)
    await closeDialog(p)
  }

  await status(chair, 'draft')
  await tabs(chair, 'draft', ['course', 'people'])
  await s.act(s.desk, 'reception')
  await press(guest, 'join-enter')
  await get(guest, 'room').or(get(guest, 'lobby')).first().waitFor()
  await check(guest, 'at the door')
  await Promise.all(all.map(async p => { await status(p, 'reception'); await check(p, `reception, ${p.name}`) }))
  const waiting = (await s.chair.get(`/api/meetings/${s.meetingId}/guests`)).guests.find(g => g.usedAt && !g.admittedAt)
  if (waiting) await s.chair.post(`/api/meetings/${s.meetingId}/guests/${waiting.id}/admit`)
  await get(guest, 'room').waitFor()
  all.push(guest)
  await tab(chair, 'people')
  await press(chair, 'invite')
  await get(chair, 'guest-dialog').waitFor()
  await check(chair, 'dialog of the invitation')
  await closeDialog(chair)

  for (const who of [s.desk, s.chair, s.helper]) {
    await who.post(`/api/meetings/${s.meetingId}/enter`, { form: 'room' })
    await s.act(who, 'secrecy')
  }
  await s.act(s.chair, 'open')
  for (const p of all) await status(p, 'open')
  await s.act(s.helper, 'hand', { up: true, kind: 'safety' })
  await s.act(s.helper, 'note', { kind: 'park', text: '鍵の預け先', item: 'basic' })
  await s.act(s.chair, 'turns', { minutes: 5 })
  await s.act(s.chair, 'sense')
  await Promise.all(all.map(everyTab))
  await dialog(chair, 'tool-park')
  await dialog(chair, 'tool-local')
  await dialog(chair, 'tool-keys')
  for (const p of [chair, agency]) {
    await tab(p, 'matrix')
    await dialog(p, `cell-1-${s.helper.agency}`, 'cell')
  }
  await tab(agency, 'plan')
  await tab(agency, 'text')
  await press(agency, 'narrative-policy')
  await agency.page.locator('.cm-content').waitFor()
  await check(agency, 'writing a long text')
  await get(agency, 'tool-keys').focus()

  // a point against the plan, what it looks like while it stands, and the way back
  const view = await s.helper.get(`/api/plans/${s.planId}?meeting=${s.meetingId}`)
  const { action } = view.matrix.rows[0]
  await s.act(s.helper, 'role', { doc: s.doc, actionId: action.id, answer: 'accept', cellHash: action.cells.find(c => c.column === s.helper.agency).hash })
  await s.act(s.chair, 'freeze')
  await Promise.all(all.map(async p => { await status(p, 'agreeing'); await tabs(p, 'agreeing', ['matrix', 'course']) }))
  for (const a of ['agree', 'conditional', 'takeback', 'object']) {
    await press(agency, `seat-answer-${a}`)
    await check(agency, `answer ${a}`)
  }
  const { frozen } = await s.chair.get(`/api/meetings/${s.meetingId}`)
  await s.act(s.helper, 'answer', { hash: frozen.hash, answer: 'object', reason: '順番が違う', part: '見守り', instead: '先に話す' })
  await check(agency, 'answered')
  for (const who of [s.desk, s.chair]) await s.act(who, 'answer', { hash: frozen.hash, answer: 'agree' })
  await Promise.all(all.map(async p => { await p.page.getByText('順番が違う').first().waitFor(); await check(p, `an objection, ${p.name}`) }))
  await dialog(chair, 'act-reopen')
  await s.act(s.chair, 'reopen', { reason: '順番を書き足す' })
  await Promise.all(all.map(async p => { await status(p, 'open'); await check(p, `open again, ${p.name}`) }))
  const room = await s.chair.get(`/api/meetings/${s.meetingId}`)
  for (const o of room.objections) await s.act(s.helper, 'objection_close', { id: o.id, reason: '書き足した' })
  await s.act(s.chair, 'note_state', { id: room.during.notes[0].id, state: 'settled' })
  await agree(s)
  await dialog(chair, 'act-close')
  await s.act(s.chair, 'close')
  await Promise.all([chair, agency].map(async p => { await status(p, 'closed'); await check(p, `closed, ${p.name}`) }))
  await dialog(chair, 'act-propose')
  await s.act(s.desk, 'propose', { until: isoDay(5) })
  await Promise.all([chair, agency].map(async p => { await status(p, 'confirming'); await tabs(p, 'confirming', ['course', 'minutes']) }))
  const { minutes } = await s.chair.get(`/api/meetings/${s.meetingId}`)
  for (const who of [s.desk, s.chair, s.helper]) await s.act(who, 'confirm', { hash: minutes.hash, ok: true })
  await dialog(chair, 'act-final')
  await s.act(s.chair, 'final')
  await Promise.all([chair, agency].map(async p => { await status(p, 'sealed'); await tabs(p, 'sealed', ['course', 'people', 'log']) }))
  await well()
})
