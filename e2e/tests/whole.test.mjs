// A whole 開催 of two cases with six people in six browsers: from the call and the invitation to the sealed papers and the confirmed minutes.
// Held once with the pointer and once with the keyboard alone; the course of it is said once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { person } from '../lib/api.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { Keys, Mouse } from '../lib/hands.mjs'
import { until } from '../lib/proc.mjs'
import { get, seen, shown, status, wareki } from '../lib/room.mjs'
import { openPlan, plainCase, writeRow } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

const TITLE = '11月の開催'
const GUEST = '白石 弘'
const D = {
  policy: '急がず、畑の話から始める。',
  action: '近所の見守り',
  content: '週に一度、訪ねて様子を聞く。',
  limits: '夜間は行けません。',
  watch: '毎朝、郵便受けを見る。',
  parked: '鍵の預け先',
  decision: '見守りの連絡は、まず東部包括に入れる。',
  condition: '月に一度、様子を知らせてもらうこと。',
  next: '見守りの様子の確認'
}

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

for (const hands of [new Mouse(), new Keys()]) {
  test(`a 開催 of two cases, six people, by ${hands.name}`, { timeout: 240000 }, async t => {
    const stage = await alone()
    t.after(() => stage.close())
    const sit = (name, size) => Person.sit(browser, name, stage.urls[0], size)
    const small = { width: 360, height: 740, phone: hands.name === 'mouse' }
    const [chair, desk, houkatsu, csw, phone, guest] = await Promise.all([sit('chair'), sit('desk'), sit('houkatsu'), sit('csw'), sit('phone', small), sit('guest')])
    const people = { chair, desk, houkatsu, csw, phone, guest }
    for (const p of Object.values(people)) p.page.setDefaultTimeout(20000)
    try {
      await new Whole(t, stage, hands, people).run()
    } catch (error) {
      await Promise.all(Object.values(people).map(p => p.shot(`failed-whole-${hands.name}-${p.name}`).catch(() => {})))
      error.message += `\nerrors in the browsers: ${JSON.stringify(Object.values(people).filter(p => p.errors.length).map(p => [p.name, p.errors]))}`
      throw error
    } finally {
      await Promise.all(Object.values(people).map(p => p.leave()))
    }
  })
}

const all = (list, f) => Promise.all(list.map(f))
const text = async (p, id) => (await get(p, id).first().innerText()).trim()
const says = (p, id, what) => until(`${p.name}: ${id} says ${what}`, async () => (await text(p, id).catch(() => '')).includes(what), 15000)

/** The stations in the order in which people come to them. */
class Whole {
  constructor (t, stage, hands, people) {
    Object.assign(this, people)
    this.t = t
    this.url = stage.urls[0]
    this.hands = hands
    this.people = people
    this.seated = [people.chair, people.desk, people.houkatsu, people.csw, people.phone]
  }

  async run () {
    for (const step of ['prepared', 'arrive', 'call', 'invite', 'reception', 'opening', 'round', 'plan', 'roles', 'minutes', 'agree', 'close',
      'next', 'inShort', 'confirm', 'sealed', 'secrets']) {
      const begun = performance.now()
      await this[step]()
      this.t.diagnostic(`${step}: ${Math.round(performance.now() - begun)} ms`)
    }
  }

  /** A picture of a station: of the chair's screen and of the phone. */
  async shot (name, ...more) {
    for (const p of [this.chair, this.phone, ...more]) {
      await p.page.evaluate(() => window.scrollTo(0, 0))
      await p.shot(`whole-${this.hands.name}-${name}-${p.name}`, { fullPage: p === this.phone })
    }
  }

  /** Two cases as they are before a meeting: people, consent, a plan. In the second one the CSW has no part. */
  async prepared () {
    const [desk, chair, houkatsu, csw, minsei] = await all(['jimukyoku', 'kaicho', 'houkatsu', 'csw', 'minsei'], l => person(this.url, l))
    const { agencies } = await desk.get('/api/agencies')
    this.office = agencies.find(a => a.name.startsWith('自立相談支援機関'))
    this.api = { desk, chair, houkatsu, csw, minsei }
    this.seats = [desk, chair, houkatsu, csw, minsei].map(p => p.agency)
    this.one = await plainCase(desk, [...this.seats, this.office.id], '試験 花子')
    this.two = await plainCase(desk, this.seats, '試験 次郎')
    Object.assign(this.two, { helper: houkatsu, doc: await openPlan(this.two) })
    await writeRow(this.two)
  }

  /** The sign-in page. */
  async arrive () {
    const h = this.hands
    await all([[this.chair, 'kaicho'], [this.desk, 'jimukyoku'], [this.houkatsu, 'houkatsu'], [this.csw, 'csw'], [this.phone, 'minsei']], async ([p, login]) => {
      await p.page.goto(p.url)
      await h.press(p, `demo-${login}`)
      await h.press(p, 'sign-in')
      await get(p, 'who').waitFor()
    })
  }

  /** The desk calls both cases on one page. */
  async call () {
    const { desk, hands: h, api } = this
    await h.follow(desk, '会議')
    await h.press(desk, 'new-sitting')
    const create = get(desk, 'create-sitting')
    await create.waitFor()
    assert.equal(await create.getAttribute('aria-disabled'), 'true', 'nothing is filled in')
    await h.type(desk, 'meeting-title', TITLE)
    await h.choose(desk, 'meeting-chair', api.chair.session.actor.id)
    await h.choose(desk, 'meeting-recorder', api.desk.session.actor.id)
    for (const [n, c, point] of [[1, this.one, 'だれが訪問するか'], [2, this.two, '住まいをどうするか']]) {
      await h.choose(desk, `sitting-case-id-${n}`, c.caseId)
      await get(desk, `sitting-plan-${n}`).waitFor()
      if (n === 2) {
        await h.tick(desk, `sitting-seat-2-${api.csw.agency}`)
      }
      // The 議題 of the type of meeting stand there from the beginning; here one is enough.
      while (await get(desk, `case-${n}-agenda-remove-2`).count()) await h.press(desk, `case-${n}-agenda-remove-2`)
      await h.type(desk, `case-${n}-agenda-1`, `議題${n}`)
      await h.choose(desk, `case-${n}-purpose-1`, 'policy')
      await h.type(desk, `case-${n}-point-1`, point)
      if (n === 1) assert.equal(await create.getAttribute('aria-description'), '案件2のケースを選んでください')
    }
    await desk.shot(h.name === 'mouse' ? 'sitting-new' : 'whole-keyboard-call', { fullPage: true })
    await h.press(desk, 'create-sitting')
    const block = get(desk, 'sitting-block').first()
    await block.waitFor()
    const list = await block.innerText()
    assert.match(list, /開催（2件）/)
    assert.ok(list.indexOf(this.one.number) < list.indexOf(this.two.number), list)
    const { meetings } = await api.chair.get('/api/meetings')
    const pair = meetings.filter(m => m.title === TITLE).sort((a, b) => a.pos - b.pos)
    ;[this.first, this.second] = pair.map(m => m.id)
    // Who has no part in the second case hears of a meeting, not of a 開催.
    const { meetings: known } = await api.csw.get('/api/meetings')
    assert.deepEqual(known.filter(m => m.title === TITLE).map(m => [m.id, m.sitting]), [[this.first, undefined]])
  }

  /** Into the room by the list of meetings; the invitation of the guest, its link and PIN; the calendar entry. */
  async invite () {
    const { chair, desk, guest, phone, hands: h } = this
    await all(this.seated, async p => {
      await h.follow(p, '会議')
      await h.press(p, `meeting-${this.one.number}-1`)
      await get(p, 'room').waitFor()
    })
    const entry = await h.download(phone, 'invitation')
    assert.match(entry.name, /\.ics$/)
    for (const p of [chair, desk]) await get(p, 'sitting-bar').getByText('案件 1/2').waitFor()
    await h.tab(chair, 'people')
    await h.press(chair, 'invite')
    await h.type(chair, 'guest-name', GUEST)
    await h.type(chair, 'guest-kana', 'しらいし ひろし')
    await h.choose(chair, 'guest-agency', this.office.id)
    await h.press(chair, 'guest-make')
    const url = await text(chair, 'guest-url')
    const pin = await text(chair, 'guest-pin')
    await this.shot('invite')
    await h.leaveDialog(chair)
    await get(chair, 'guest-dialog').waitFor({ state: 'detached' })
    await guest.page.goto(url)
    await h.type(guest, 'join-pin', pin)
    await h.type(guest, 'join-name', GUEST)
    await h.type(guest, 'join-agency', this.office.name)
    await h.tick(guest, 'join-secrecy')
    await guest.shot(`whole-${h.name}-join`)
    await h.press(guest, 'join-enter')
    await get(guest, 'room').or(get(guest, 'lobby')).first().waitFor()
  }

  /** 受付: everybody comes, in the room or from afar, and confirms the duty of secrecy. */
  async reception () {
    const { chair, desk, guest, phone, hands: h } = this
    await h.press(chair, 'act-reception')
    await all(this.seated, async p => {
      await status(p, 'reception')
      await h.press(p, `enter-${p === phone ? 'remote' : 'room'}`)
      await get(p, 'enter-card').waitFor({ state: 'detached' })
    })
    if (await get(guest, 'lobby').count()) {
      await chair.page.locator('[data-testid^=admit-]').waitFor()
      await h.press(chair, await chair.page.locator('[data-testid^=admit-]').getAttribute('data-testid'))
    }
    await status(guest, 'reception')
    await all([...this.seated, guest], async p => {
      await until(`${p.name} has its place in the room`, async () => await get(p, 'tab-course').count() > 0)
      if (await get(p, 'enter-card').count()) await h.press(p, 'enter-remote')
      if (await get(p, 'secrecy-card').count()) {
        await h.press(p, 'secrecy-confirm')
        await get(p, 'secrecy-card').waitFor({ state: 'detached' })
      }
    })
    await says(desk, 'room-news', '入室')
    await this.shot('reception', guest)
  }

  async opening () {
    const { chair, guest, hands: h } = this
    await h.press(chair, 'act-open')
    await all([...this.seated, guest], p => status(p, 'open'))
    await h.tab(chair, 'course')
    await h.nextPhase(chair)
    await all([...this.seated, guest], p => says(p, 'room-news', '状況共有'))
    await this.shot('open')
  }

  /** 一巡, a hand from the phone, a parked point. */
  async round () {
    const { chair, csw, desk, phone, hands: h } = this
    await h.press(chair, 'turns-start')
    await get(phone, 'turn-now').waitFor()
    await this.shot('round')
    const speaking = () => chair.page.locator('[data-state=speaking]').getAttribute('data-testid')
    const first = await speaking()
    await h.nextTurn(chair)
    await until('the turn goes on', async () => (await speaking()) !== first)
    await h.hand(phone)
    await says(chair, 'panel-waits', '森 節子')
    await says(csw, 'room-news', '挙手')
    await get(phone, 'tool-hand-down').waitFor()
    await h.hand(phone)
    await until('the hand is down', async () => !(await text(chair, 'panel-waits')).includes('森 節子'))
    await h.press(chair, 'turns-end')
    await h.park(csw)
    await h.type(csw, 'note-text', D.parked)
    await h.press(csw, 'note-save')
    await says(chair, 'notes', D.parked)
    await h.press(chair, 'note-settle')
    await says(phone, 'notes', '決着')
    await says(desk, 'room-news', '保留')
  }

  /** The chair shows the plan; the screens follow. One writes the policy, another one a 支援項目. */
  async plan () {
    const { chair, desk, csw, houkatsu, phone, guest, hands: h } = this
    await h.nextPhase(chair)
    await h.tab(chair, 'plan')
    await all([houkatsu, csw, phone, guest], p => p.page.locator('[data-testid=tab-plan][aria-selected=true]').waitFor())
    await get(csw, 'narrative-policy').waitFor()
    await h.narrative(csw, 'narrative-policy', D.policy)
    for (const p of [chair, phone, guest]) await until(`${p.name} reads it`, async () => (await shown(p)).includes(D.policy))
    await h.choose(desk, 'plan-lead', this.api.houkatsu.agency)
    await h.tab(desk, 'rows')
    await h.press(desk, 'add-action')
    await h.type(desk, 'action-1-text', D.action)
    await this.shot('plan', csw)
  }

  /** 役割分担表: each agency fills its own cell and answers it, one of them on the phone. */
  async roles () {
    const { chair, houkatsu, phone, guest, desk, hands: h, api } = this
    await h.nextPhase(chair)
    await h.nextPhase(chair)
    await h.tab(chair, 'matrix')
    await all([houkatsu, phone, guest], p => get(p, 'matrix').waitFor())
    const fill = async (p, agency, { code, content, limits, due, answer }) => {
      await h.cell(p, `cell-1-${agency}`)
      await h.press(p, `code-${code}`)
      await p.page.locator(`[data-testid=code-${code}][aria-pressed=true]`).waitFor()
      if (content) await h.type(p, 'cell-content', content)
      if (limits) await h.type(p, 'cell-limits', limits)
      if (due) await h.date(p, 'cell-due', due)
      await h.press(p, `answer-${answer}`)
      if (p === phone) await p.shot(`whole-${h.name}-cell-phone`)
      await h.press(p, 'answer-send')
      await p.page.locator('[data-testid=answer-panel] .chip').first().waitFor()
      await h.leaveDialog(p)
      await p.page.locator('dialog[open]').waitFor({ state: 'detached' })
    }
    await all([
      [houkatsu, api.houkatsu.agency, { code: 'lead', content: D.content, limits: D.limits, due: wareki(40), answer: 'accept' }],
      [phone, api.minsei.agency, { code: 'watch', content: D.watch, due: wareki(40), answer: 'accept' }],
      [guest, this.office.id, { code: 'assist', content: '家計の相談に乗る。', due: wareki(40), answer: 'accept' }]
    ], args => fill(...args))
    for (const p of [chair, desk]) await until(`${p.name} sees the roles`, async () => { await p.page.locator('body').waitFor(); const page = await shown(p); return p !== chair || (page.includes(D.content) && page.includes(D.watch)) })
    await this.shot('matrix', houkatsu)
  }

  /** 会議録: the decisions, written down while they are made; each 議題 gets its 結論. */
  async minutes () {
    const { chair, desk, csw, phone, hands: h } = this
    await h.nextPhase(chair)
    await h.tab(chair, 'minutes')
    // Who was typing is not carried away; one goes along when one has done.
    await get(csw, 'follow-bar').getByText('入力中').waitFor()
    await csw.shot(`whole-${h.name}-kept-csw`)
    await h.back(csw)
    await h.tab(desk, 'minutes')
    await h.press(desk, 'add-decision')
    await h.type(desk, 'decision-1-text', D.decision)
    for (const p of [csw, phone]) await until(`${p.name} reads the decision`, async () => (await shown(p)).includes(D.decision))
    await this.shot('minutes', desk)
    await h.tab(chair, 'course')
    await h.press(chair, 'resolve-1')
    await get(chair, 'resolve-1').waitFor({ state: 'detached' })
  }

  /** The plan is put to the agencies: every one answers before anybody sees an answer. */
  async agree () {
    const { chair, desk, csw, houkatsu, phone, guest, hands: h } = this
    await h.press(chair, 'act-freeze')
    await all([...this.seated, guest], p => status(p, 'agreeing'))
    await this.shot('agreeing')
    const answer = async (p, a, reason) => {
      if (await p.page.locator('[data-testid=tab-course][aria-selected=true]').count() === 0) await h.tab(p, 'course')
      await h.press(p, `seat-answer-${a}`)
      if (reason) await h.type(p, 'seat-reason', reason)
      await h.press(p, 'seat-answer-send')
      await get(p, 'my-answer').waitFor()
    }
    await all([[houkatsu, 'agree'], [phone, 'agree'], [guest, 'agree'], [desk, 'agree']], args => answer(...args))
    await says(chair, 'room-news', '回答')
    assert.deepEqual(await chair.leaks(D.condition), [])
    await answer(csw, 'conditional', D.condition)
    assert.deepEqual(await chair.leaks(D.condition), [], 'no answer is seen before all have answered')
    await answer(chair, 'agree')
    await says(phone, 'seats', D.condition)
    await h.press(chair, 'act-decide')
    await h.choose(chair, 'param-outcome', { label: '条件付き了承' })
    await h.press(chair, 'do-decide')
    await get(chair, 'dialog-decide').waitFor({ state: 'detached' })
    await this.nextDate()
    await this.shot('agreed')
  }

  async nextDate () {
    const { desk, hands: h } = this
    await h.date(desk, 'next-date', wareki(30))
    await h.type(desk, 'next-agenda', D.next)
    await h.press(desk, 'act-next')
    await get(desk, 'next-shown').getByText(D.next).waitFor()
  }

  async close () {
    const { chair, desk, guest, hands: h } = this
    assert.equal(await get(chair, 'next-case').count(), 0, 'not before 閉会')
    await h.press(chair, 'act-close')
    await h.press(chair, 'do-close')
    await all([...this.seated, guest], p => status(p, 'closed'))
    for (const kind of ['plan', 'matrix']) await get(chair, `record-file-${kind}`).waitFor()
    await get(chair, 'next-case').waitFor()
    assert.equal(await get(desk, 'next-case').count(), 0, 'others wait for the chair')
    await this.shot('closed')
  }

  /** On to the second case: who was in the room is there, who is afar says so by going on; the CSW stays behind. */
  async next () {
    const { chair, desk, houkatsu, csw, phone, hands: h, api } = this
    await h.press(chair, 'next-case')
    await chair.page.waitForURL(`**/meetings/${this.second}`)
    for (const p of [desk, houkatsu, phone]) {
      await h.press(p, 'next-case')
      await p.page.waitForURL(`**/meetings/${this.second}`)
      await get(p, 'sitting-bar').getByText('案件 2/2').waitFor()
    }
    const room = await api.chair.get(`/api/meetings/${this.second}`)
    const here = room.attendance.filter(a => a.spans.length && !a.spans.at(-1).to).map(a => a.key).sort()
    assert.deepEqual(here, [api.chair, api.desk, api.houkatsu, api.minsei].map(p => p.session.actor.id).sort(), 'everybody with a part is there')
    assert.ok(room.attendance.every(a => !a.secrecy), '守秘義務 is asked per case')
    assert.equal(await get(csw, 'sitting-bar').count(), 0)
  }

  /** The second case in short: its plan was prepared; the role is taken, everybody agrees. */
  async inShort () {
    const { chair, desk, houkatsu, phone, hands: h, api } = this
    const here = [chair, desk, houkatsu, phone]
    await all(here, async p => {
      await get(p, 'tab-course').waitFor()
      if (await get(p, 'secrecy-card').count()) {
        await h.press(p, 'secrecy-confirm')
        await get(p, 'secrecy-card').waitFor({ state: 'detached' })
      }
    })
    await h.press(chair, 'act-open')
    await all(here, p => status(p, 'open'))
    await h.tab(houkatsu, 'matrix')
    await h.cell(houkatsu, `cell-1-${api.houkatsu.agency}`)
    await h.press(houkatsu, 'answer-accept')
    await h.press(houkatsu, 'answer-send')
    await houkatsu.page.locator('[data-testid=answer-panel] .chip').first().waitFor()
    await h.leaveDialog(houkatsu)
    await h.press(chair, 'resolve-1')
    await get(chair, 'resolve-1').waitFor({ state: 'detached' })
    await h.press(chair, 'act-freeze')
    await all(here, async p => {
      await status(p, 'agreeing')
      if (await p.page.locator('[data-testid=tab-course][aria-selected=true]').count() === 0) await h.tab(p, 'course')
      await h.press(p, 'seat-answer-agree')
      await h.press(p, 'seat-answer-send')
      await get(p, 'my-answer').waitFor()
    })
    await h.press(chair, 'act-decide')
    await h.choose(chair, 'param-outcome', { label: '了承' })
    await h.press(chair, 'do-decide')
    await get(chair, 'dialog-decide').waitFor({ state: 'detached' })
    await this.nextDate()
    await h.press(chair, 'act-close')
    await h.press(chair, 'do-close')
    await all(here, p => status(p, 'closed'))
    await this.shot('second-closed')
  }

  /** The minutes of both cases are put to the agencies that were there, confirmed by each, and made final by the chair. */
  async confirm () {
    const { chair, desk, houkatsu, csw, phone, guest, hands: h } = this
    for (const [id, here] of [[this.second, [chair, desk, houkatsu, phone]], [this.first, [...this.seated, guest]]]) {
      await all(here, async p => {
        if (p.page.url().endsWith(id)) return
        await h.follow(p, '会議')
        await h.press(p, `meeting-${this.one.number}-1`)
        await p.page.waitForURL(`**/meetings/${id}`)
      })
      await h.press(desk, 'act-propose')
      await h.press(desk, 'do-propose')
      await all(here, async p => {
        await status(p, 'confirming')
        if (await p.page.locator('[data-testid=tab-course][aria-selected=true]').count() === 0) await h.tab(p, 'course')
        await h.press(p, 'confirm-ok')
        await p.page.locator('[data-testid=confirm-ok]:not([aria-busy])').waitFor()
      })
      if (id === this.first) await this.shot('confirming', csw)
      await h.press(chair, 'act-final')
      await h.press(chair, 'do-final')
      await status(chair, 'sealed')
      await get(chair, 'record-file-minutes').waitFor()
    }
    await this.shot('sealed')
  }

  /** Six papers, unchanged since they were sealed; the decisions stand in them. */
  async sealed () {
    const { api } = this
    const archive = await person(this.url, 'kansa')
    const check = await archive.post('/api/archive/verify', { id: '' })
    assert.equal(check.ok, true, JSON.stringify(check.problems))
    for (const id of [this.first, this.second]) {
      const room = await api.chair.get(`/api/meetings/${id}`)
      assert.equal(room.status, 'sealed')
      assert.deepEqual(room.records.map(r => r.kind).sort(), ['matrix', 'minutes', 'plan'])
      assert.ok(room.records.every(r => /^[0-9a-f]{64}$/.test(r.sha256)), JSON.stringify(room.records))
    }
  }

  /** Nothing of the second case has reached those without a part in it; nobody's browser complains. */
  async secrets () {
    const { csw, guest } = this
    for (const secret of [this.second, '住まいをどうするか', '議題2', '試験 次郎']) {
      for (const p of [csw, guest]) assert.deepEqual(await p.leaks(secret), [], `${p.name}: ${secret}`)
    }
    assert.deepEqual(await guest.leaks(this.two.number), [])
    for (const p of Object.values(this.people)) assert.deepEqual(p.errors, [], `errors in the browser of ${p.name}`)
    const wide = await this.phone.page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= 360, `the room is ${wide} px wide on the phone`)
    await seen(this.phone, '閉会').catch(() => {})
  }
}
