// The course of a case from the first call to the follow-up, as the desk and the agencies walk it: the stations that every household comes to, by the keyboard alone
// and by the words of the manual.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { person } from './api.mjs'
import { launch, out, Person } from './browser.mjs'
import { Keys } from './hands.mjs'
import { Manual } from './manual.mjs'
import { missingIn } from './pdf.mjs'
import { until } from './proc.mjs'
import { get, seen, wareki } from './room.mjs'
import { agree, openMeeting, openPlan, writeMinutes } from './small.mjs'
import { alone } from './stage.mjs'

export const h = new Keys()
const recorder = new Manual('recorder.md')
const agency = new Manual('agency.md')
const intake = new Manual('intake.md')

/** A test in which a household goes its way: `steps` says which, `Kind` what is its own. */
export const household = (n, Kind, steps) => {
  let browser
  before(async () => { browser = await launch() })
  after(async () => { await browser?.close() })
  test(`household ${n}, from the first call to the follow-up`, { timeout: 240000 }, async t => {
    const stage = await alone()
    t.after(() => stage.close())
    const people = await Promise.all(['houkatsu', 'jimukyoku', 'csw'].map(l => Person.sit(browser, l, stage.urls[0])))
    for (const p of people) p.page.setDefaultTimeout(15000)
    const course = new Kind(`household-${n}`, stage.urls[0], ...people)
    try {
      await course.arrive()
      await steps(course)
    } catch (e) {
      await Promise.all(people.map(p => p.shot(`failed-household-${n}-${p.name}`, { fullPage: true }).catch(() => {})))
      throw e
    }
    for (const p of people) assert.deepEqual(p.errors, [], p.name)
  })
}

export class Course {
  /** `name` begins the names of the pictures; the people have signed in as 包括, 事務局 and CSW. */
  constructor (name, url, houkatsu, desk, csw) {
    Object.assign(this, { name, url, houkatsu, desk, csw })
  }

  async arrive () {
    for (const p of [this.houkatsu, this.desk, this.csw]) {
      await p.page.goto(this.url)
      await h.press(p, `demo-${p.name}`)
      await h.press(p, 'sign-in')
      await get(p, 'who').waitFor()
    }
    const [desk, chair, helper, csw] = await Promise.all(['jimukyoku', 'kaicho', 'houkatsu', 'csw'].map(l => person(this.url, l)))
    this.api = { desk, chair, helper, csw }
  }

  shot (p, what) { return p.shot(`${this.name}-${what}`, { fullPage: true }) }

  /** The desk finds a case that waits for it in the list of 相談. */
  async found () {
    const p = this.desk
    await h.follow(p, '相談')
    await seen(p, '着手待ち')
    this.number = /K\d{4}-\d{4}/.exec(await p.page.locator('tr', { hasText: '着手待ち' }).first().innerText())[0]
    await h.follow(p, this.number)
    await this.there()
  }

  /** On the page of the case. */
  async there () {
    await get(this.desk, 'person-new').waitFor()
    this.caseId = this.desk.page.url().split('/').at(-1)
  }

  /** The desk takes it up: it adds who else lives there (name, reading, relation, birth) and the agencies. */
  async atTheDesk (others) {
    const p = this.desk
    await intake.says('事務局の一覧に「着手待ち」と出ます。', () => this.found())
    for (const [name, kana, relation, birth] of others) {
      await h.press(p, 'person-new')
      await get(p, 'person-dialog').waitFor()
      await recorder.says('「世帯員」ごとに、氏名・ふりがな・続柄・生年月日・性別を入れます。', async () => {
        await h.type(p, 'person-1-name', name)
        await h.type(p, 'person-1-kana', kana)
        await h.choose(p, 'person-1-relation', relation)
        await h.date(p, 'person-1-birth', birth)
      })
      await h.press(p, 'person-save')
      await get(p, 'person-dialog').waitFor({ state: 'detached' })
    }
    await this.members([this.api.csw.agency, this.api.chair.agency, this.api.desk.agency])
    await recorder.says('相談の進み具合は、いちばん上の「段階を変える」で選び、「保存する」を押します。', () => this.stage('intake'))
  }

  async members (agencies) {
    const p = this.desk
    await recorder.says('あとからも「機関を加える」で足し', async () => {
      for (const who of agencies) {
        await h.press(p, 'add-member')
        await h.choose(p, 'member-agency', who)
        await h.press(p, 'member-save')
        await get(p, 'member-agency').waitFor({ state: 'detached' })
      }
    })
  }

  async stage (to) {
    await h.choose(this.desk, 'stage', to)
    await h.press(this.desk, 'stage-save')
    await get(this.desk, 'stage-save').waitFor({ state: 'detached' })
  }

  async screening (result, reason) {
    const p = this.desk
    await recorder.says('「スクリーニングを記録する」を押し、結果・理由・実施日を入れます。', async () => {
      await h.press(p, 'screening-open')
      await h.choose(p, 'screening-result', result)
      if (await get(p, 'ground-01').count() && !await get(p, 'ground-01').isChecked()) await h.tick(p, 'ground-01')
      await h.type(p, 'screening-reason', reason)
      await h.press(p, 'screening-save')
      await get(p, 'screening-form').waitFor({ state: 'detached' })
    })
  }

  /** The CSW goes there, and writes down what was. */
  async visit (body, who) {
    const p = this.csw
    await agency.says('「ケース」から世帯を開き、「アウトリーチ（働きかけ）」の「働きかけの記録を開く」を押します。', async () => {
      await this.list(p)
      await h.follow(p, this.number)
      await h.press(p, 'open-outreach')
    })
    await agency.says('「記録する」を押し、方法、会えた人、あったことを入れます。', async () => {
      await h.press(p, 'entry-add')
      await get(p, 'entry-dialog').waitFor()
      await h.choose(p, 'entry-method', { label: '訪問' })
      await h.tick(p, `entry-met-${who}`)
      await h.type(p, 'entry-body', body)
    })
    await agency.says('次に行く日が決まっていれば「次の予定の日」を入れます。', () => h.date(p, 'entry-next-day', wareki(14)))
    await this.shot(p, 'outreach')
    await h.press(p, 'entry-save')
    await get(p, 'entry-dialog').waitFor({ state: 'detached' })
    await seen(p, body)
  }

  /** Somebody agrees, in their own words; the CSW gets the 基本情報 alone, the others everything. */
  async consent (who, words) {
    const p = this.desk
    const { persons } = await this.api.desk.get(`/api/cases/${this.caseId}`)
    this.personId = persons.find(x => x.name === who).id
    await recorder.says('ケースの画面の「同意の記録を開く」を押します。', () => h.press(p, 'open-consents'))
    await recorder.says('「同意を記録する」を押します。', () => h.press(p, `record-${this.personId}`))
    await get(p, 'scope-table').waitFor()
    await recorder.says('「説明した人」「説明した日」「説明の方法」などを入れます。', async () => {
      await h.choose(p, 'explained-way', 'visit')
    })
    await recorder.says('「情報を提供する機関と項目」の表で、見せる所に印を付けます。', async () => {
      for (const a of [this.api.helper.agency, this.api.chair.agency, this.api.desk.agency]) await h.tick(p, `scope-${a}-all`)
      await h.tick(p, `scope-${this.api.csw.agency}-basic`)
    })
    await recorder.says('「方法」を選びます。', () => h.pick(p, 'method', 'oral'))
    await h.type(p, 'oral-hearer', '佐藤 恵')
    await h.type(p, 'oral-witness', '中村 由紀')
    await h.type(p, 'oral-place', '自宅の居間')
    await h.type(p, 'oral-words', words)
    await this.shot(p, 'consent')
    await h.press(p, 'consent-save')
    await get(p, 'consent-board').waitFor()
    await this.toCase()
  }

  /** The list of cases as it is now, whatever page one comes from. */
  async list (p) {
    await h.follow(p, '会議')
    await h.follow(p, 'ケース')
  }

  /** Back to the case by its number. */
  async toCase () {
    const p = this.desk
    await h.follow(p, 'ケース')
    await h.follow(p, this.number)
    await get(p, 'open-consents').waitFor()
  }

  /** Makes sheets into papers; of each its form and what has to stand in it. */
  async sheets (list) {
    const p = this.desk
    await recorder.says('ケースの「世帯員の記録」の右上で「様式の帳票を作る」を押します。', () => h.press(p, 'sheet-papers'))
    for (const [form, words] of list) {
      await h.choose(p, 'sheet-form', form)
      await recorder.says('「PDFを作る」を押します。', () => this.paper(form, 'sheet-pdf', words))
    }
    await h.leaveDialog(p)
  }

  /** Takes a paper by the keyboard and reads what stands in it. */
  async paper (name, id, words) {
    const p = this.desk
    await h.reach(p, `[data-testid="${id}"]`)
    const [file] = await Promise.all([p.page.waitForEvent('download', { timeout: 15000 }), p.page.keyboard.press('Enter')])
    const bytes = readFileSync(await file.path())
    writeFileSync(`${out}${this.name}-${name}.pdf`, bytes)
    assert.deepEqual(await missingIn(bytes, words), [], name)
  }

  /** The draft of the plan, with the ◎ of the 包括. */
  async plan ({ need, goal, action, content }) {
    const p = this.desk
    await recorder.says('ケースの画面の「プランを作る」を押します。', () => h.press(p, 'new-plan'))
    await get(p, 'plan-lead').waitFor()
    this.planId = p.page.url().split('/').at(-1)
    await recorder.says('「主担当機関」「終結後の主担当」「プラン期間」「次回モニタリング」などを入れます。', async () => {
      await h.choose(p, 'plan-lead', this.api.helper.agency)
      await h.date(p, 'plan-from', wareki(0))
      await h.date(p, 'plan-to', wareki(180))
      await h.date(p, 'plan-monitoring', wareki(60))
    })
    await h.tab(p, 'rows')
    await recorder.says('行を足す前に「新しい行の対象者と項目」を選びます。', async () => {
      await h.choose(p, 'place-person', this.personId)
      await h.choose(p, 'place-item', 'basic')
    })
    for (const [kind, text] of [['need', need], ['goal', goal], ['action', action]]) {
      await h.press(p, `add-${kind}`)
      await h.type(p, `${kind}-1-text`, text)
    }
    await recorder.says('◎は1行にひとつです。', async () => {
      await h.tab(p, 'matrix')
      await h.cell(p, `cell-1-${this.api.helper.agency}`)
      await h.press(p, 'code-lead')
      await h.type(p, 'cell-content', content)
      await h.date(p, 'cell-due', wareki(40))
      await h.leaveDialog(p)
    })
    await p.page.locator('[data-testid=connection-bar][data-state=saved]').waitFor()
    await this.shot(p, 'plan')
    await this.toCase()
    await this.stage('planning')
  }

  /** Set up by the keyboard; held in short. */
  async meeting (title) {
    const p = this.desk
    const { desk, chair, helper } = this.api
    await recorder.says('ケースの画面の「会議を設ける」を押します。', () => h.press(p, 'new-meeting'))
    await recorder.says('「表題」「開催日」「開始時刻」「終了時刻」「場所」「開催形態」を入れます。', async () => {
      await h.type(p, 'meeting-title', title)
      await h.type(p, 'meeting-place', '会議室')
    })
    await recorder.says('「議長」「記録者」「プラン」を選びます。', async () => {
      await h.choose(p, 'meeting-chair', chair.session.actor.id)
      await h.choose(p, 'meeting-recorder', desk.session.actor.id)
    })
    await recorder.says('「出席を求める機関」に印を付けます。', () => h.tick(p, `seat-for-${this.api.csw.agency}`))
    await this.shot(p, 'meeting')
    await h.press(p, 'create-meeting')
    await get(p, 'room').waitFor()
    const meetingId = p.page.url().split('/').at(-1)
    const s = { ...this.api, meetingId, planId: this.planId, personId: this.personId, act: (who, act, params) => who.act(meetingId, act, params) }
    await openMeeting(s)
    const view = await helper.get(`/api/plans/${this.planId}?meeting=${meetingId}`)
    const [row] = view.matrix.rows
    await agree({ ...s, row: row.action.id, doc: await openPlan(s) })
    await chair.act(meetingId, 'close', {})
    await until('the plan is sealed', async () => (await desk.get(`/api/meetings/${meetingId}`)).meeting.status === 'closed', 15000)
    await this.toCase()
  }

  /** 支援会議: without consent, by law, with an agency from outside the 構成員. */
  async supportMeeting ({ title, outside, ground, decision }) {
    const p = this.desk
    const { desk, chair } = this.api
    await h.press(p, 'new-meeting')
    await recorder.says('「支援会議」は、「招集者」「開催の根拠」「開催の理由」も書きます。', async () => {
      await h.pick(p, 'mode', 'support')
      await h.type(p, 'meeting-convener', '重ね市長')
      await h.type(p, 'meeting-basis', '社会福祉法第106条の6')
      await h.type(p, 'meeting-reason', '本人の同意が得られないまま、火災のおそれがある。')
    })
    await h.type(p, 'meeting-title', title)
    await h.choose(p, 'meeting-chair', chair.session.actor.id)
    await h.choose(p, 'meeting-recorder', desk.session.actor.id)
    await h.press(p, 'create-meeting')
    await get(p, 'room').waitFor()
    await recorder.says('「＋ 機関の席を加える」で理由も書くか、', async () => {
      await h.press(p, 'seat-add')
      await h.choose(p, 'seat-agency', { label: outside })
      await h.type(p, 'seat-ground', ground)
      await h.press(p, 'seat-save')
      await get(p, 'seat-dialog').waitFor({ state: 'detached' })
    })
    await this.shot(p, 'support')
    const meetingId = p.page.url().split('/').at(-1)
    const s = { ...this.api, meetingId, act: (who, act, params) => who.act(meetingId, act, params) }
    await openMeeting(s)
    for (const a of (await chair.get(`/api/meetings/${meetingId}`)).agenda) await s.act(desk, 'agenda_state', { id: a.id, state: 'resolved' })
    await writeMinutes(s, decision)
    await s.act(chair, 'close', {})
    await this.toCase()
  }

  async deciding () {
    await this.stage('decided')
    await this.stage('supporting')
  }

  /** モニタリング and 評価, and the sheet of each. */
  async supporting (goalText, change) {
    const p = this.desk
    await agency.says('ケースの「支援プラン」にある「モニタリング・評価を開く」を押します。', () => h.press(p, 'open-reviews'))
    for (const [button, verdict] of [['monitor-add', 'continue'], ['evaluation-add', 'close']]) {
      await h.press(p, button)
      await get(p, 'review-dialog').waitFor()
      await h.choose(p, 'review-verdict', verdict)
      await p.page.locator('dialog[open] select[data-testid^=goal-]').first().waitFor()
      const goal = await p.page.locator('dialog[open] select[data-testid^=goal-]').first().getAttribute('data-testid')
      await h.choose(p, goal, { label: verdict === 'close' ? '達成' : await p.page.locator(`dialog[open] [data-testid="${goal}"] option`).nth(1).innerText() })
      if (verdict === 'continue') await h.date(p, 'review-next', wareki(60))
      await h.type(p, 'review-change', change)
      if (verdict === 'close') await h.choose(p, 'review-end', '02')
      await this.shot(p, button)
      await h.press(p, 'review-save')
      await get(p, 'review-dialog').waitFor({ state: 'detached' })
    }
    const sheets = await p.page.locator('a[href$="/sheet.pdf"]').evaluateAll(l => l.map(a => a.getAttribute('href')))
    assert.ok(sheets.length > 0, 'the 評価シート is offered')
    for (const [i, path] of sheets.entries()) {
      const bytes = await (await p.context.request.get(path)).body()
      writeFileSync(`${out}${this.name}-review-${i}.pdf`, bytes)
      assert.deepEqual(await missingIn(bytes, [goalText, change]), [], path)
    }
    await this.toCase()
  }

  /** The 包括 takes over what comes after, then the case is closed. */
  async closing () {
    const p = this.desk
    await recorder.says('ケースの画面の「主担当」で、「主担当を頼む」を開きます。', async () => {
      await h.reach(p, '[data-testid="lead-ask"] summary')
      await p.page.keyboard.press('Enter')
    })
    await recorder.says('「どの主担当か」「頼む先の機関」を選び', async () => {
      await h.choose(p, 'lead-kind', { label: '終結後の主担当' })
      await h.choose(p, 'lead-to', this.api.helper.agency)
      await h.press(p, 'lead-do')
      await get(p, 'lead-offer').waitFor()
    })
    const q = this.houkatsu
    await this.list(q)
    await h.follow(q, this.number)
    await h.press(q, 'lead-accept')
    await h.press(q, 'lead-send')
    await get(q, 'lead-reply').waitFor({ state: 'detached' })
    await this.toCase()
    await h.choose(p, 'stage', 'closed')
    await h.press(p, 'stage-save')
    await get(p, 'stage-dialog').waitFor()
    await this.shot(p, 'closing')
    await h.choose(p, 'stage-code', '02')
    await h.press(p, 'stage-do')
    await get(p, 'stage-dialog').waitFor({ state: 'detached' })
    await seen(p, '終結')
  }

  async followup () {
    const p = this.desk
    await recorder.says('「フォローアップ」の「予定を加える」で機関と日を決めます。', async () => {
      await h.press(p, 'followup-add')
      await h.date(p, 'followup-due', wareki(90))
      await h.press(p, 'followup-save')
      await get(p, 'followup').waitFor()
    })
    await this.shot(p, 'closed')
  }
}
