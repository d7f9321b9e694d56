// Household 1 of the invented ones, from the first call to the follow-up after its closing, by the words of the manual and by the keyboard alone. Each step names
// the sentence of docs/manual it follows. The meeting itself is held in whole.test.mjs; here it is set up on the screen and held through the API.
import { Course, h, household } from '../lib/course.mjs'
import { Manual } from '../lib/manual.mjs'
import { get } from '../lib/room.mjs'

const MOTHER = '田邉󠄀 ハル'
const SON = '田邉󠄀 修'
const TROUBLE = '息子が22年家にいる。母の物忘れが進み、国保税の督促が来ている。'
const intake = new Manual('intake.md')
const recorder = new Manual('recorder.md')

class Household extends Course {
  /** The 包括 takes the call of the care manager. */
  async firstCall () {
    const p = this.houkatsu
    await intake.says('上のメニューの「相談」を選び、「相談を受け付ける」を押します。', async () => {
      await h.follow(p, '相談')
      await h.press(p, 'new-intake')
    })
    await intake.says('本人でないときは、氏名と本人との関係を入れます。', async () => {
      await h.pick(p, 'asker', 'agency')
      await h.typeIn(p, '相談した人の氏名', '居宅介護支援事業所 大野')
      await h.typeIn(p, '本人との関係', '担当ケアマネジャー')
    })
    await intake.says('「相談の対象になる人（本人）」を、分かるところだけ入れます。', async () => {
      await h.type(p, 'intake-name', MOTHER)
      await h.type(p, 'intake-kana', 'たなべ はる')
      await h.date(p, 'intake-birth', 'S19.5.3')
    })
    await intake.says('「主訴」「分野」「緊急度」を入れます。', async () => {
      await h.type(p, 'intake-trouble', TROUBLE)
      await h.tick(p, 'field-care')
      await h.tick(p, 'field-between')
      await h.pick(p, 'urgency', 'week')
    })
    await intake.says('「情報共有の同意」を選びます。', () => h.pick(p, 'consent', 'notyet'))
    await intake.says('「受付の判断」を選び、「受け付ける」を押します', async () => {
      await h.pick(p, 'triage', 'joint')
      await this.shot(p, 'intake')
      await h.press(p, 'intake-send')
    })
    await get(p, 'intake-card').waitFor()
  }

  /** アセスメント: written where it belongs, a paper made of it. */
  async assessment () {
    const p = this.desk
    await recorder.says('ケースの画面の「世帯員の記録」に、項目ごとに書きます。', async () => {
      await h.press(p, `section-${this.personId}-health`)
      await get(p, 'section-dialog').waitFor()
      await this.shot(p, 'health')
    })
    await h.typeIn(p, '通院先・服薬', '物忘れ外来に月1回。薬は飲み忘れがある。', 'dialog[open]')
    await h.leaveDialog(p)
    await get(p, 'section-dialog').waitFor({ state: 'detached' })
    await recorder.says('スクリーニング結果」に、', async () => {
      await h.press(p, 'section-household-basic')
      await get(p, 'screening-offer').waitFor()
    })
    await recorder.says('「この内容を写す」を押すまで、何も書き込みません。', async () => {
      await h.press(p, 'screening-take')
      await get(p, 'screening-offer').waitFor({ state: 'detached' })
    })
    await h.leaveDialog(p)
    await get(p, 'section-dialog').waitFor({ state: 'detached' })
    await this.sheets([['uketsuke', [MOTHER, TROUBLE]], ['assessment', [MOTHER, SON, '物忘れ外来に月1回。']]])
  }
}

household(1, Household, async c => {
  await c.firstCall()
  await c.atTheDesk([[SON, 'たなべ おさむ', '長男', 'S47.1.2']])
  await c.screening('4', '一つの機関では、母の介護と長男のひきこもりを一緒に考えられない。')
  await c.stage('assessment')
  await c.visit('玄関で声をかけた。足音はしたが、出てこなかった。手紙を置いた。', 'none') // nobody has met the son
  await c.consent(MOTHER, '「息子のことも、みなさんで考えてほしい」') // of the mother alone
  await c.assessment()
  await c.plan({ need: '物忘れが進んでいる', goal: '母が自宅で暮らし続ける', action: '介護サービスの調整', content: '週1回訪問し、サービスを調整する。' })
  await c.meeting('初回プランの協議')
  await c.deciding()
  await c.supporting('母が自宅で暮らし続ける', '母は週に2回、通所に出るようになった。')
  await c.closing()
  await c.followup()
})
