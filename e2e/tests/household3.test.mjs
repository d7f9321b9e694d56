// Household 3 of the invented ones, from a neighbour's call to the follow-up, by the words of the manual and by the keyboard alone: nobody knows a name, the 包括 hands
// it to the CSW without one, a 支援会議 is held without consent, the man agrees months later, and the 包括 goes on after the closing.
import assert from 'node:assert/strict'
import { person } from '../lib/api.mjs'
import { Course, h, household } from '../lib/course.mjs'
import { Manual } from '../lib/manual.mjs'
import { get, seen } from '../lib/room.mjs'

const TROUBLE = '庭のごみがあふれ、虫が出ている。'
const NAME = '\u{20BB7}野 茂'
const intake = new Manual('intake.md')
const recorder = new Manual('recorder.md')

class Household extends Course {
  async firstCall () {
    const { houkatsu } = this
    await intake.says('上のメニューの「相談」を選び、「相談を受け付ける」を押します。', async () => {
      await h.follow(houkatsu, '相談')
      await h.press(houkatsu, 'new-intake')
      await get(houkatsu, 'intake-name').waitFor()
    })
    await intake.says('「相談した人」を選びます。', () => h.pick(houkatsu, 'asker', 'neighbour'))
    await intake.says('氏名が分からないときは空けておきます。', async () => assert.equal(await get(houkatsu, 'intake-name').inputValue(), ''))
    await intake.says('「主訴」「分野」「緊急度」を入れます。', async () => {
      await h.type(houkatsu, 'intake-trouble', TROUBLE)
      await h.tick(houkatsu, 'field-between')
      await h.pick(houkatsu, 'urgency', 'week')
    })
    await intake.says('「情報共有の同意」を選びます。', () => h.pick(houkatsu, 'consent', 'no'))
    await intake.says('「受付の判断」を選び、「受け付ける」を押します', async () => {
      await h.pick(houkatsu, 'triage', 'refer')
      await houkatsu.shot('household-3-intake', { fullPage: true })
      await h.press(houkatsu, 'intake-send')
    })
    await intake.says('続けて、つなぎ先と渡す内容を選ぶ画面が出ます。', () => get(houkatsu, 'referral-to').waitFor({ timeout: 8000 }))
    await intake.says('「つなぎ先」を選びます。', () => h.choose(houkatsu, 'referral-to', this.api.csw.agency))
    await intake.says('「個人が分からない事実」だけを渡せます。', () => h.tick(houkatsu, 'part-plain'))
    await intake.says('「つなぐ理由・お願いしたいこと」を書き、「つなぎを送る」を押します。', async () => {
      await h.type(houkatsu, 'referral-reason', '近所から苦情がある。訪ねて様子を見てほしい。')
      await houkatsu.shot('household-3-refer', { fullPage: true })
      await h.press(houkatsu, 'referral-send')
      await get(houkatsu, 'referrals-card').waitFor()
    })
  }

  /** The CSW takes it: nothing came that was not handed over, and no part in the case before. */
  async accepted () {
    const { csw } = this
    await intake.says('「受け取ったつなぎ」の「つなぎを開く」を押します。', async () => {
      await h.follow(csw, '相談')
      await h.press(csw, 'referrals')
      const open = get(csw, 'referrals-received').getByRole('link').first()
      await open.waitFor()
      await h.reach(csw, `a[href="${await open.getAttribute('href')}"]`)
      await csw.page.keyboard.press('Enter')
      await get(csw, 'referral-reply').waitFor()
    })
    await seen(csw, '訪ねて様子を見てほしい')
    assert.deepEqual(await csw.leaks(TROUBLE), [], 'what was not handed over has not come')
    const number = this.number = /K\d{4}-\d{4}/.exec(await csw.page.locator('main').innerText())[0]
    const { cases: before } = await (await person(this.url, 'csw')).get('/api/cases')
    assert.ok(!before.some(c => c.number === number), 'no part in the case before 受領')
    await intake.says('「返事をする」で、次のどれかを選びます。', async () => {
      await h.pick(csw, 'reply', 'accept')
      await csw.shot('household-3-reply', { fullPage: true })
      await h.press(csw, 'reply-send')
      await get(csw, 'referral-reply').waitFor({ state: 'detached' })
    })
    await intake.says('このケースの関わる機関になり、同意の範囲の記録が見られます。', async () => {
      const { cases } = await (await person(this.url, 'csw')).get('/api/cases')
      assert.ok(cases.some(c => c.number === number), `${number} is among the cases of the CSW`)
    })
  }

  async atTheDesk () {
    const p = this.desk
    await this.list(p)
    await h.follow(p, this.number)
    await this.there()
    await this.members([this.api.chair.agency, this.api.desk.agency])
    await this.stage('intake')
  }

  /** What the plate at the door said. */
  async named () {
    const p = this.desk
    await h.pressNamed(p, "匿名：直す", "main")
    await get(p, 'person-dialog').waitFor()
    await recorder.says('氏名は、戸籍・住民票の字のまま入れられます。', async () => {
      await h.type(p, 'person-1-name', NAME)
      await h.type(p, 'person-1-kana', 'よしの しげる')
      await h.date(p, 'person-1-birth', 'S34.2.10')
    })
    await h.press(p, 'person-save')
    await get(p, 'person-dialog').waitFor({ state: 'detached' })
  }

  async assessment () {
    const p = this.desk
    await h.press(p, `section-${this.personId}-income`)
    await get(p, 'section-dialog').waitFor()
    await this.shot(p, 'income')
    await h.leaveDialog(p)
    await get(p, 'section-dialog').waitFor({ state: 'detached' })
    await this.sheets([['uketsuke', [NAME, TROUBLE]], ['assessment', [NAME]]])
  }
}

household(3, Household, async c => {
  await c.firstCall()
  await c.accepted()
  await c.atTheDesk()
  await c.screening('3', '近隣と本人のどちらの話も聞ける機関がない。')
  await c.stage('seeking')
  await c.visit('窓越しに「帰ってくれ」と言われた。名は表札で分かった。', 'self')
  await c.supportMeeting({ title: '関わり方の共有', outside: '重ね市消防本部 予防課', ground: '火災のおそれを確かめるため', decision: '訪問はCSWが続ける。' })
  await c.named()
  await c.consent(NAME, '「片付けを手伝ってくれるなら、話してもいい」')
  await c.stage('assessment')
  await c.assessment()
  await c.plan({ need: '家の中で動けない', goal: '寝る場所を取り戻す', action: '片付けの段取り', content: '月2回訪ね、片付けの日を決める。' })
  await c.meeting('プランの協議')
  await c.deciding()
  await c.supporting('寝る場所を取り戻す', '居間で眠れるようになった。')
  await c.closing()
  await c.followup()
})
