// The product's main job: a whole 重層的支援会議 held by people in browsers, from the sign-in page to the records desk.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { launch, out, Person } from '../lib/browser.mjs'
import { missingIn, pdfText, points, squash } from '../lib/pdf.mjs'
import { until } from '../lib/proc.mjs'
import {
  addRow, answerCell, answeredCell, answerPlan, closeDialog, download, fillCell, get, intoNarrative, isoDay, openCell, openMeeting,
  press, saved, seen, sendAnswer, shown, signIn, status, tab, tabTo, together, vanish, wareki
} from '../lib/room.mjs'
import { alone, twoNodes } from '../lib/stage.mjs'

const TITLE = '初回プランの協議'
const HOUKATSU = '東部地域包括支援センター'
const CSW = '重ね市社会福祉協議会 地域福祉係(CSW)'
const JIRITSU = '自立相談支援機関 くらしサポート重ね'

// Names that a careless normalisation, font or database changes. Compatibility ideographs are written as escapes.
const GUEST = '渡邉\u{E0100} 𠮷子'
const NAMES = ['山\uFA11 キヨ', '\uFA19谷 亮', GUEST, '髙', '\uFA10原 髙志', '𠮷']

// 健康・医療 of the mother: one phrase stands in the demo's records, the others are planted during the meeting.
const RECORDED = '飲み残しが月に6〜8包'
const PLANTED = '夜間せん妄の疑い、鶯谷医院の見立て'
const SPOKEN = '頓服を二度飲んだ朝の瑠璃色の封筒'
// 介護 and 家族 / 収入: seen by csw and guest until consent is withdrawn.
const CARE = '浴槽をまたぐ前に髙い手すり'
const FAMILY = '母が家の中のことを一人で抱え'
const INCOME = '督促状を一緒に開け、分納の相談をする'

const D = {
  fromA: ['母の暮らしの歩幅に', '合わせて、', '\uFA10原さんの畑の', '話から始める。'],
  fromB: ['急がせない。', '𠮷田米店の', '前で', '待ち合わせる。'],
  same: ['【包括の同時入力】', '【社協の同時入力】'],
  decisions: [
    '東部包括を主担当とし、\uFA10原 髙志さん(隣家)へのお願いは民生委員が行う。',
    '𠮷田米店の前を送迎の乗り降り場所とする。連絡役は渡邉\u{E0100}とする。',
    '次の受診までに、山\uFA11 キヨさんの手帳に日付を大きな字で書く。'
  ],
  homework: '髙齢者向けの手すりのカタログを、\uFA11という字の入った封筒で届ける。',
  speech: `林看護師より、${SPOKEN}があったとの報告。`,
  reason: '二人で訪問できる月に限り引き受けます。髙橋主幹と調整。',
  takeback: '地区の会議で確かめてから答えます。',
  objection: '長男への連絡が本人の同意なく進むおそれがある。𠮷と書いて渡した手紙の順番を守るべき。',
  part: '見守りの輪の連絡の順番',
  instead: 'まず母に話し、その場で電話する。',
  reopen: '社協の異議を受けて、連絡の順番を方針に書き足すため。',
  changed: '連絡の前に、必ず母に話す。',
  condition: '連絡の記録を月に一度、\uFA11の印を付けて共有すること。',
  nextAgenda: '見学の結果と、\uFA10原さんの役割の確認'
}

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

// On SQLite alone two whole meetings are held in whole.test.mjs; this one as well in `make soak`.
for (const stage of process.env.KASANE_SEEDS ? [alone, twoNodes] : [twoNodes]) {
  test(`a meeting from 受付 to the sealed records: ${stage.name}`, { timeout: 400000 }, async t => {
    const s = await stage()
    const sit = async (name, node) => {
      const p = await Person.sit(browser, name, s.urls[node])
      p.page.setDefaultTimeout(30000)
      return p
    }
    // Chair, desk and guest on one node; the remote agencies and the chair's second session on the other.
    const [chair, desk, guest, houkatsu, csw, again, keeper] = await Promise.all([
      sit('chair', 0), sit('desk', 0), sit('guest', 0), sit('houkatsu', 1), sit('csw', 1), sit('chair again', 1), sit('keeper', 1)])
    const all = { chair, desk, guest, houkatsu, csw, again, keeper }
    try {
      await new Meeting(t, s, all).run()
    } catch (error) {
      await Promise.all(Object.values(all).map(p => p.shot(`failed-${p.name.replace(' ', '-')}`).catch(() => {})))
      error.message += `\nerrors in the browsers: ${JSON.stringify(Object.values(all).filter(p => p.errors.length).map(p => [p.name, p.errors]))}`
      throw error
    } finally {
      await Promise.all(Object.values(all).map(p => p.leave()))
      await s.close()
    }
  })
}

/** One meeting on one stage; the steps are told in the order in which people take them. */
class Meeting {
  constructor (t, stage, people) {
    Object.assign(this, people)
    this.t = t
    this.stage = stage
    this.people = people
    this.room = [people.chair, people.desk, people.houkatsu, people.csw, people.guest]
    this.withdrawals = []
  }

  async run () {
    for (const step of ['prepare', 'reception', 'invite', 'opening', 'writeTogether', 'roles', 'withdraw', 'minutes', 'freeze', 'object',
      'change', 'agree', 'close', 'confirm', 'papers', 'records', 'secrets', 'tamper']) {
      const begun = performance.now()
      await this[step]()
      this.t.diagnostic(`${step}: ${Math.round(performance.now() - begun)} ms`)
    }
  }

  /** Screenshots are taken once, on the first stage: they are the pictures of the documents (`make pictures`). */
  async shot (p, name) {
    if (this.stage.redis && process.env.KASANE_SEEDS) return
    await p.page.evaluate(() => window.scrollTo(0, 0))
    await p.shot(name)
  }

  async prepare () {
    const { chair, desk, houkatsu, csw, again } = this
    await desk.page.goto(desk.url)
    await get(desk, 'demo-accounts').waitFor()
    await this.shot(desk, 'signin')
    await Promise.all([signIn(chair, 'kaicho'), signIn(desk, 'jimukyoku'), signIn(houkatsu, 'houkatsu'), signIn(csw, 'csw'), signIn(again, 'kaicho')])

    await desk.page.getByRole('link', { name: 'ケース', exact: true }).click()
    this.caseNumber = await get(desk, 'case-list').locator('tbody tr').filter({ has: desk.page.getByRole('cell', { name: /^や/ }) }).getByRole('link').innerText()
    await Promise.all([desk, houkatsu, csw].map(async p => {
      await p.page.getByRole('link', { name: 'ケース', exact: true }).click()
      await press(p, `case-${this.caseNumber}`)
      await get(p, 'case-number').waitFor()
    }))
    await desk.page.goBack()
    await get(desk, 'case-list').waitFor()
    await this.shot(desk, 'cases')
    await press(desk, `case-${this.caseNumber}`)
    await seen(desk, '山\uFA11 キヨ')
    await saved(desk)
    await this.shot(desk, 'case')

    // The agency with 健康・医療 reads the record; for the other one there is a chip in its place.
    await houkatsu.page.locator('[data-testid$="-health"]').first().click()
    await until('the health record is shown', async () => (await shown(houkatsu)).includes(RECORDED))
    await closeDialog(houkatsu)
    await csw.page.locator('[data-testid=withheld]', { hasText: '健康・医療' }).first().waitFor()
    assert.equal(await csw.page.locator('[data-testid$="-health"]').count(), 0)

    await press(desk, 'open-consents')
    await desk.page.locator('[data-testid^="record-card-"]').first().waitFor()
    await this.shot(desk, 'consent')
    await desk.page.goBack()
    await press(desk, 'plan-1')
    await get(desk, 'narrative-policy').waitFor()
    await saved(desk)
    await this.shot(desk, 'plan')
  }

  async reception () {
    const { chair, desk, houkatsu, csw } = this
    await Promise.all([chair, desk, houkatsu, csw].map(p => openMeeting(p, TITLE, this.caseNumber)))
    await status(desk, 'draft')
    await press(desk, 'act-reception')
    for (const [p, how] of [[chair, 'room'], [desk, 'room'], [houkatsu, 'remote'], [csw, 'remote']]) {
      await status(p, 'reception')
      await press(p, `enter-${how}`)
      await get(p, 'enter-card').waitFor({ state: 'detached' })
    }
  }

  /** A guest without an account: before PIN, name, agency and secrecy nothing of the meeting reaches the browser. */
  async invite () {
    const { chair, guest } = this
    await tab(chair, 'people')
    await press(chair, 'invite')
    await get(chair, 'guest-name').fill(GUEST)
    await get(chair, 'guest-kana').fill('わたなべ よしこ')
    await get(chair, 'guest-agency').selectOption({ label: JIRITSU })
    await press(chair, 'guest-make')
    const url = await get(chair, 'guest-url').innerText()
    const pin = await get(chair, 'guest-pin').innerText()
    await closeDialog(chair)

    await guest.page.goto(url)
    await get(guest, 'join-pin').waitFor()
    await this.shot(guest, 'join')
    const enter = async number => {
      await get(guest, 'join-pin').fill(number)
      await get(guest, 'join-name').fill(GUEST)
      await get(guest, 'join-agency').fill(JIRITSU)
      await get(guest, 'join-secrecy').check()
      await press(guest, 'join-enter')
    }
    await enter(pin === '000000' ? '000001' : '000000')
    await guest.page.getByRole('alert').or(get(guest, 'join-error')).first().waitFor()
    assert.equal(await get(guest, 'join-name').inputValue(), GUEST, 'what was typed stays after a refusal')
    for (const secret of [TITLE, this.caseNumber, '山\uFA11', 'キヨ', '介護サービスの再開', 'もの忘れの受診', GUEST]) {
      assert.deepEqual(await guest.leaks(secret), [], `before the confirmation the guest has received ${secret}`)
    }
    await enter(pin)
    await status(guest, 'reception')
    if (await get(guest, 'enter-card').count()) await press(guest, 'enter-remote')
  }

  async opening () {
    const { chair, desk, again } = this
    await tab(chair, 'course')
    await press(chair, 'act-open')
    await Promise.all(this.room.map(p => status(p, 'open')))
    await press(desk, 'project-1')
    await press(chair, 'phase-sharing')
    await Promise.all(this.room.map(p => p.page.locator('[data-testid=phase-bar] [aria-current=step]', { hasText: '状況共有' }).waitFor()))
    await saved(chair)
    await this.shot(chair, 'room')
    // The projector is the chair's second session, on the other node.
    await again.page.goto(new URL(await get(chair, 'open-screen').getAttribute('href'), again.url).href)
    await get(again, 'screen-agenda').getByText('介護サービスの再開と見守り').waitFor()
  }

  /** Two people compose in one paragraph at once; a third one adds what is only for those who may see 健康・医療. */
  async writeTogether () {
    const { chair, desk, houkatsu, csw, guest } = this
    await Promise.all(this.room.map(async p => { await tab(p, 'plan'); await get(p, 'narrative-policy').waitFor() }))
    await Promise.all([intoNarrative(houkatsu, 'narrative-policy', 'End'), intoNarrative(csw, 'narrative-policy', 'Home')])
    const write = async (p, parts) => { for (const text of parts) await p.compose([text[0], text.slice(0, 2)], text) }
    await Promise.all([write(houkatsu, D.fromA), write(csw, D.fromB)])
    const see = (people, texts) => Promise.all(people.map(p => until(`${p.name} sees ${texts.join(' / ')} whole`,
      async () => { const page = squash(await shown(p)); return texts.every(x => page.includes(squash(x))) })))
    // Both see everything before they go to the same place: who stands at "the end" before the last words have come stands within them.
    await see([houkatsu, csw], [D.fromA.join(''), D.fromB.join('')])
    // At the very same place, too: both at the end, one composition each.
    await csw.page.keyboard.press('Control+End')
    await Promise.all([write(houkatsu, [D.same[0]]), write(csw, [D.same[1]])])
    await see(this.room, [D.fromA.join(''), D.fromB.join(''), ...D.same])
    await Promise.all([saved(houkatsu), saved(csw)])

    await press(chair, 'phase-issues')
    await tab(desk, 'rows')
    const needs = desk.page.locator('[data-testid^="need-"][data-testid$="-text"]')
    await until('the needs are shown', async () => (await needs.count()) === 5)
    for (const [words, more] of [['物忘れについて', PLANTED], ['入浴と調理', CARE]]) {
      const n = (await needs.evaluateAll(list => list.map(e => e.value))).findIndex(v => v.includes(words))
      await needs.nth(n).focus()
      await desk.page.keyboard.press('Control+End')
      await desk.page.keyboard.insertText(more)
    }
    await saved(desk)
    await tab(houkatsu, 'rows')
    await until('the agency with 健康・医療 sees it', async () => (await shown(houkatsu)).includes(PLANTED))
    for (const p of [csw, guest]) {
      await tab(p, 'rows')
      await until(`${p.name} sees 介護`, async () => (await shown(p)).includes(CARE))
      await p.page.locator('[data-testid=withheld]', { hasText: '健康・医療' }).first().waitFor()
    }
  }

  /** The matrix by keyboard: each agency fills and answers its own cells. */
  async roles () {
    const { chair, houkatsu, csw, guest } = this
    await press(chair, 'phase-goals')
    await press(chair, 'phase-roles')
    await Promise.all(this.room.map(async p => { await tab(p, 'matrix'); await get(p, 'matrix').waitFor() }))
    const due = wareki(40)
    await Promise.all([
      (async () => {
        for (const row of ['デイサービスの見学', '見守りの輪']) {
          await openCell(houkatsu, row, HOUKATSU)
          await answerCell(houkatsu, 'accept')
          await answeredCell(houkatsu, '引受')
          await closeDialog(houkatsu)
        }
        await openCell(houkatsu, 'もの忘れ外来', HOUKATSU)
        await fillCell(houkatsu, { code: 'lead', limits: '夜間の連絡は\uFA10原さん経由に限る。', who: '中村 由紀', due })
        await answerCell(houkatsu, 'accept')
        await answeredCell(houkatsu, '引受')
        await closeDialog(houkatsu)
      })(),
      (async () => {
        await openCell(csw, '母が自分のために過ごす半日', CSW)
        await fillCell(csw, { code: 'lead', who: '井上 拓也', due })
        await answerCell(csw, 'conditional', { reason: D.reason })
        await answeredCell(csw, '条件付き')
        await closeDialog(csw)
        await openCell(csw, '見守りの輪', CSW)
        // A day that is over is refused; what was typed stays.
        await answerCell(csw, 'takeback', { reason: D.takeback, due: 'R8.1.5' })
        await csw.page.locator('[data-testid=answer-panel] .field-error').waitFor()
        assert.equal(await get(csw, 'answer-reason').inputValue(), D.takeback)
        await get(csw, 'answer-due').fill(wareki(10))
        await csw.page.keyboard.press('Tab')
        await sendAnswer(csw)
        await answeredCell(csw, '持ち帰り')
        await closeDialog(csw)
      })(),
      (async () => {
        await openCell(guest, '督促状を一緒に開け', JIRITSU)
        await answerCell(guest, 'accept')
        await answeredCell(guest, '引受')
        await closeDialog(guest)
        await openCell(guest, '月の家計を一枚の紙に', JIRITSU)
        await fillCell(guest, { code: 'lead', content: '髙い買い物の前に、𠮷の印の紙に書いて一緒に見る。', who: GUEST, due })
        await answerCell(guest, 'accept')
        await answeredCell(guest, '引受')
        await closeDialog(guest)
      })()
    ])
    // Everybody sees the answers; nobody may write in another agency's column.
    await until('the chair sees the answers', async () => {
      const page = squash(await shown(chair))
      return page.includes(squash('髙い買い物の前に、𠮷の印の紙に書いて一緒に見る。')) && page.includes('条件付き') && page.includes('持ち帰り')
    })
    await openCell(csw, '見守りの輪', HOUKATSU)
    assert.equal(await get(csw, 'cell-content').getAttribute('readonly'), '')
    assert.equal(await get(csw, 'answer-panel').count(), 0)
    await closeDialog(csw)
    await saved(houkatsu)
    await this.shot(houkatsu, 'matrix')
  }

  /** Consent is taken back while the meeting runs: the open screens lose it within two seconds, with the bus and without. */
  async withdraw () {
    const { chair, csw, guest, houkatsu } = this
    await Promise.all([csw, guest].map(async p => { await tab(p, 'plan'); await tab(p, 'rows') }))
    await this.takeBack('介護', [CSW, JIRITSU], CARE, [csw, guest])
    assert.ok((await (async () => { await tab(houkatsu, 'plan'); await tab(houkatsu, 'rows'); await until('', async () => (await shown(houkatsu)).includes(CARE)); return shown(houkatsu) })()).includes(CARE))
    await Promise.all([csw, guest].map(p => p.page.locator('[data-testid=withheld]', { hasText: '介護' }).filter({ hasText: '撤回' }).first().waitFor({ timeout: 5000 })))

    if (this.stage.redis) await this.stage.redis.stop()
    await this.takeBack('家族', [CSW], FAMILY, [csw])
    await tab(guest, 'matrix')
    await this.takeBack('収入・家計・債務', [JIRITSU], INCOME, [guest])
    if (this.stage.redis) await this.stage.redis.start()
    await tab(chair, 'log')
    await until('the log tells of three withdrawals', async () => ((await shown(chair)).match(/が撤回された/g) ?? []).length === 3)
  }

  /** The desk takes back one item for some agencies, in a tab of its own; measured from the click to the last screen. */
  async takeBack (item, agencies, text, screens) {
    // a tab that was just opened draws its rows a moment later
    for (const p of screens) await until(`${p.name} sees ${text}`, async () => (await shown(p)).includes(text))
    const page = await this.desk.context.newPage()
    try {
      await page.goto(`${this.desk.url}/cases`)
      await page.getByTestId(`case-${this.caseNumber}`).click()
      await page.getByTestId('open-consents').click()
      await page.locator('[data-testid^="withdraw-"]').first().click()
      await page.getByTestId('withdraw-part').check()
      for (const a of agencies) await page.getByRole('group', { name: /撤回する機関/ }).getByLabel(a, { exact: true }).check()
      await page.getByRole('group', { name: /撤回する項目/ }).getByLabel(item, { exact: true }).check()
      await page.getByLabel('受け付けたときの様子').fill('母から電話。「もう少し考えたい」と話す。')
      const clock = vanish(screens, text)
      await page.getByTestId('withdraw-do').click()
      for (const { who, ms } of await clock) {
        this.t.diagnostic(`withdrawal of ${item}: gone from the screen of ${who} after ${ms} ms${this.stage.redis && item !== '介護' ? ' (Redis stopped)' : ''}`)
        assert.ok(ms <= 2000, `${item} stays on the screen of ${who} for ${ms} ms`)
      }
      await page.getByTestId('consent-notice').waitFor()
      this.withdrawals.push({ item, agencies, at: new Date() })
    } finally {
      await page.close()
      await this.desk.page.bringToFront()
    }
  }

  async minutes () {
    const { chair, desk, houkatsu, csw, guest, again } = this
    await press(chair, 'phase-decisions')
    await Promise.all(this.room.map(p => tab(p, 'minutes')))
    await addRow(desk, 'decision', 1, D.decisions[0])
    await csw.page.locator('[data-testid=decision-1-text]').waitFor()
    await addRow(csw, 'decision', 2, D.decisions[1])
    await get(houkatsu, 'decision-2-text').waitFor()
    await addRow(houkatsu, 'decision', 3, D.decisions[2])
    await addRow(desk, 'homework', 1, D.homework)
    const mother = (await get(desk, 'place-person').locator('option').allInnerTexts()).find(l => l.includes('キヨ'))
    await addRow(desk, 'speech', 1, D.speech, { person: mother, item: 'health' })
    await Promise.all([desk, csw, houkatsu].map(saved))
    await until('the agency with 健康・医療 reads the speech', async () => (await shown(houkatsu)).includes(SPOKEN))
    for (const p of this.room) await until(`${p.name} reads the decisions`, async () => { const page = await shown(p); return D.decisions.every(d => page.includes(d)) })
    await get(again, 'screen-decisions').getByText('𠮷田米店の前を').waitFor()
    assert.ok(!(await shown(again)).includes('キヨ'), 'the projector shows no names of the household')
    await this.shot(again, 'screen')
    await this.shot(desk, 'minutes')
    await tab(chair, 'course')
    for (let n = 1; n <= 4; n++) {
      await press(chair, `resolve-${n}`)
      await get(chair, `resolve-${n}`).waitFor({ state: 'detached' })
    }
    assert.deepEqual(await guest.leaks(SPOKEN), [])
  }

  /** Freezing while somebody is in the middle of a composition: the words are not lost. */
  async freeze () {
    const { chair, houkatsu } = this
    await tab(houkatsu, 'plan')
    await tab(houkatsu, 'text')
    await intoNarrative(houkatsu, 'narrative-risk', 'End')
    const late = '確定の瞬間に打っていた文'
    await houkatsu.cdp.send('Input.imeSetComposition', { text: late, selectionStart: late.length, selectionEnd: late.length })
    await press(chair, 'act-freeze')
    await get(houkatsu, 'plan-frozen').waitFor()
    await houkatsu.page.locator('[data-testid=narrative-risk] .cm-content').waitFor({ state: 'detached' })
    await get(houkatsu, 'refusal').getByText(late).waitFor()
    assert.ok(!(await get(houkatsu, 'narrative-risk').innerText()).includes(late), 'what was refused does not stand in the plan')
    await this.shot(houkatsu, 'refused')
    await Promise.all(this.room.map(p => status(p, 'agreeing')))
    this.hash = await this.frozenHash()
  }

  /** The hash as every screen shows it. */
  async frozenHash () {
    const hashes = await Promise.all(this.room.map(async p => {
      await tab(p, 'course')
      await until('the hash', async () => /^[0-9a-f]{64}$/.test(await get(p, 'plan-hash').innerText().catch(() => '')))
      return get(p, 'plan-hash').innerText()
    }))
    assert.equal(new Set(hashes).size, 1, 'all screens name the same hash')
    return hashes[0]
  }

  /** One agency objects. Nobody sees what another one has answered before all have. */
  async object () {
    const { chair, desk, houkatsu, csw, guest } = this
    const hidden = '賛成の理由は最後まで伏せておく'
    await answerPlan(houkatsu, 'agree', { reason: hidden })
    await answerPlan(csw, 'object', { reason: D.objection, part: D.part, instead: D.instead })
    await Promise.all([answerPlan(guest, 'agree'), answerPlan(chair, 'agree')])
    for (const p of [chair, desk, guest]) {
      await until(`${p.name} sees who has answered`, async () => /5機関のうち4機関が回答/.test(await get(p, 'answered-count').innerText()))
      assert.ok(!(await shown(p)).includes(D.objection), `${p.name} sees an answer too early`)
    }
    for (const p of [chair, desk, guest, csw]) assert.deepEqual(await p.leaks(hidden), [], `${p.name} has received an answer too early`)
    for (const p of [chair, desk, guest, houkatsu]) assert.deepEqual(await p.leaks(D.objection), [], `${p.name} has received the objection too early`)
    await this.shot(chair, 'room-agreeing')
    await answerPlan(desk, 'agree')
    for (const p of this.room) await until(`${p.name} sees the objection`, async () => { const page = await shown(p); return page.includes(D.objection) && page.includes(D.instead) })
    assert.ok(await get(chair, 'act-close').getAttribute('aria-disabled'), 'an objection stands against 閉会')
  }

  async change () {
    const { chair, houkatsu } = this
    await press(chair, 'act-reopen')
    await get(chair, 'param-reason').fill(D.reopen)
    await press(chair, 'do-reopen')
    await Promise.all(this.room.map(p => status(p, 'open')))
    for (const p of this.room) await get(p, 'answer-card').waitFor({ state: 'detached' })
    await tab(chair, 'log')
    await seen(chair, 'この版への回答は無効')
    await tab(houkatsu, 'plan')
    await tab(houkatsu, 'text')
    await intoNarrative(houkatsu, 'narrative-policy', 'End')
    await houkatsu.compose(['れんらく', '連絡の前に'], D.changed)
    await saved(houkatsu)
    await tab(chair, 'plan')
    await until('the chair sees the change', async () => (await shown(chair)).includes(D.changed))
    await press(chair, 'act-freeze')
    await Promise.all(this.room.map(p => status(p, 'agreeing')))
    const hash = await this.frozenHash()
    assert.notEqual(hash, this.hash, 'another plan has another hash')
    this.hash = hash
    for (const p of this.room) assert.equal(await get(p, 'my-answer').count(), 0, `${p.name}: the old answer does not count`)
  }

  async agree () {
    const { chair, desk, houkatsu, csw, guest } = this
    await Promise.all([answerPlan(houkatsu, 'agree'), answerPlan(guest, 'agree'), answerPlan(csw, 'conditional', { reason: D.condition }), answerPlan(desk, 'agree')])
    await answerPlan(chair, 'agree')
    await until('the result', async () => (await get(chair, 'frozen-card').innerText()).includes('条件付き了承'))
    await press(chair, 'phase-next')
    await get(desk, 'next-date').fill(wareki(30))
    await get(desk, 'next-time').fill('14:30')
    await get(desk, 'next-agenda').fill(D.nextAgenda)
    await press(desk, 'act-next')
    await get(desk, 'next-shown').getByText(D.nextAgenda).waitFor()
    await press(chair, 'act-decide')
    await get(chair, 'param-outcome').selectOption({ label: '条件付き了承' })
    await press(chair, 'do-decide')
    await get(chair, 'dialog-decide').waitFor({ state: 'detached' })
  }

  /** Two sessions of the chair press 閉会 at the same moment: one closes, the other one is told so. */
  async close () {
    const { chair, again } = this
    await again.page.goto(`${again.url}/meetings`)
    await openMeeting(again, TITLE, this.caseNumber)
    for (const p of [chair, again]) {
      await p.page.locator('[data-testid=act-close]:not([aria-disabled])').waitFor()
      await press(p, 'act-close')
      await get(p, 'dialog-close').last().waitFor()
    }
    const release = await together([chair, again], 'close')
    await Promise.all([chair, again].map(p => press(p, 'do-close')))
    const told = await until('one of the two is told', async () => {
      for (const p of [chair, again]) if (/すでに.*会議が/.test(await shown(p))) return p
    })
    this.t.diagnostic(`the conflict: ${(await shown(told)).match(/すでに[^\n]*/)[0]}`)
    await release()
    await Promise.all([...this.room, again].map(p => status(p, 'closed')))
    assert.match(await shown(told), /すでに.*会議が/, 'the message stays until it is read')
    await closeDialog(told)
    await tab(chair, 'course')
    await get(chair, 'record-file-plan').waitFor()
    await get(chair, 'record-file-matrix').waitFor()
  }

  async confirm () {
    const { chair, desk } = this
    await tab(desk, 'minutes')
    const href = await get(desk, 'minutes-pdf').getAttribute('href')
    this.draft = await (await desk.context.request.get(new URL(href, desk.url).href)).body()
    await tab(desk, 'course')
    await press(desk, 'act-propose')
    await get(desk, 'param-until').fill(wareki(14))
    await get(desk, 'param-until').press('Tab')
    await press(desk, 'do-propose')
    for (const p of this.room) {
      await status(p, 'confirming')
      await tab(p, 'course')
      await press(p, 'confirm-ok')
      await p.page.locator('[data-testid=confirm-ok]:not([aria-busy])').waitFor()
    }
    await press(chair, 'act-final')
    await press(chair, 'do-final')
    await status(chair, 'sealed')
    await get(chair, 'record-file-minutes').waitFor()
  }

  /** The records desk finds the three papers, takes them and has them verified. */
  async papers () {
    const { keeper } = this
    await signIn(keeper, 'kiroku')
    await keeper.page.getByRole('link', { name: '記録の保管' }).click()
    await get(keeper, 'archive-list').waitFor()
    await get(keeper, 'archive-search').fill(this.caseNumber)
    await keeper.page.keyboard.press('Enter')
    this.files = {}
    const rows = get(keeper, 'archive-list').locator('tbody tr')
    for (const [kind, label] of [['plan', 'プラン'], ['matrix', '役割分担表'], ['minutes', '会議録']]) {
      const row = rows.filter({ has: keeper.page.locator('.chip', { hasText: label }) }).first()
      await row.waitFor()
      const file = await download(keeper, row.locator('[data-testid^=archive-file-]'))
      const number = (await row.locator('th').innerText()).trim()
      const sum = createHash('sha256').update(file.bytes).digest('hex')
      assert.ok((await row.innerText()).includes(sum.slice(0, 16)), `${file.name} is the file whose SHA-256 is shown`)
      assert.ok(file.name.endsWith('.pdf') && file.name.includes(this.caseNumber), file.name)
      this.files[kind] = { ...file, number }
    }
    await press(keeper, 'verify-all')
    await get(keeper, 'verify-result').getByText('改ざん・欠落は見つかりませんでした').waitFor()
    await this.shot(keeper, 'archive')
    assert.equal(await keeper.page.getByRole('link', { name: 'ケース', exact: true }).count(), 0)
  }

  /** Every word that was typed stands in the papers, code point by code point. */
  async records () {
    const { plan, matrix, minutes } = this.files
    const has = async (name, bytes, texts) => {
      const missing = await missingIn(bytes, texts)
      if (missing.length) writeFileSync(`${out}failed-${name}.pdf`, bytes)
      assert.deepEqual(missing.map(points), [], `missing in ${name}, kept in e2e/out`)
    }
    const roles = ['夜間の連絡は\uFA10原さん経由に限る。', '髙い買い物の前に、𠮷の印の紙に書いて一緒に見る。', D.reason, D.takeback, GUEST, '中村 由紀', '井上 拓也', HOUKATSU, CSW, JIRITSU]
    await has('支援プラン', plan.bytes, ['山\uFA11 キヨ', 'やまさき きよ', ...[D.fromA, D.fromB].map(x => x.join('')), ...D.same, D.changed, D.condition, PLANTED, CARE, ...roles])
    await has('役割分担表', matrix.bytes, ['山\uFA11 キヨ', ...roles])
    const said = [...NAMES, ...D.decisions, D.homework, D.speech, D.objection, D.part, D.instead, D.reopen, D.condition, D.nextAgenda, ...roles.slice(0, 4),
      'わたなべ よしこ', '佐藤 恵', '\uFA19谷 亮', '中村 由紀', '井上 拓也', '撤回された', this.hash.slice(0, 16)]
    await has('会議録(案)', this.draft, said)
    await has('会議録', minutes.bytes, said)
    assert.ok(squash(await pdfText(this.draft)).includes('案'))
    // The withdrawals stand in the minutes with their times.
    const body = squash(await pdfText(minutes.bytes))
    for (const { item, agencies, at } of this.withdrawals) {
      const times = [0, -60000].map(ms => new Date(at.getTime() + 9 * 3600000 + ms).toISOString().slice(11, 16))
      const line = new RegExp(`(${times.map(x => x.replace(/^0/, '0?')).join('|')}).{0,80}?撤回された。範囲:[^。]{0,120}${item}`)
      assert.match(body, line, `the withdrawal of ${item} at ${times[0]} for ${agencies}`)
    }
    const v = await this.stage.verify()
    assert.equal(v.code, 0, v.out + v.err)
  }

  /** 健康・医療 never reached those who may not see it, in no frame and no response. */
  async secrets () {
    const { csw, guest, houkatsu } = this
    for (const secret of [RECORDED, PLANTED, SPOKEN]) {
      assert.notEqual((await houkatsu.leaks(secret)).length, 0, `東部包括 has received ${secret}`)
      for (const p of [csw, guest]) assert.deepEqual(await p.leaks(secret), [], `${p.name} has received ${secret}`)
    }
    for (const p of Object.values(this.people)) {
      const errors = p.errors.filter(e => !/Failed to load resource|WebSocket connection to/.test(e))
      assert.deepEqual(errors, [], `errors in the browser of ${p.name}`)
    }
  }

  async tamper () {
    const { bytes, number, name } = this.files.plan
    await this.stage.flip(bytes, number)
    const v = await this.stage.verify()
    assert.notEqual(v.code, 0, 'a changed byte is found')
    assert.ok((v.out + v.err).includes(name), `verify names the file ${name}:\n${v.out}${v.err}`)
  }
}
