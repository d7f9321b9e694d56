// Household 2 of the invented ones, from the first call to the follow-up, by the keyboard alone: an address that is a secret, two
// children, and a 中断 before the family comes back.
import assert from 'node:assert/strict'
import { Course, h, household } from '../lib/course.mjs'
import { get, wareki } from '../lib/room.mjs'

const MOTHER = '渡邊 泉'
const SECRET = '090-2468-1357'
const OTHERS = [['渡邊 陽菜', 'わたなべ ひな', '長女', 'H24.6.1'], ['渡邊 蓮', 'わたなべ れん', '次男', 'R1.9.3']]
const TROUBLE = '長女が弟の世話をしていて、学校に来られない。'

class Household extends Course {
  async firstCall () {
    const p = this.houkatsu
    await h.follow(p, '相談')
    await h.press(p, 'new-intake')
    await h.pick(p, 'asker', 'agency')
    await h.typeIn(p, '相談した人の氏名', '中学校 SSW')
    await h.typeIn(p, '本人との関係', 'スクールソーシャルワーカー')
    await h.type(p, 'intake-name', MOTHER)
    await h.type(p, 'intake-kana', 'わたなべ いずみ')
    await h.date(p, 'intake-birth', 'S63.2.11')
    await h.typeIn(p, '連絡先', SECRET, 'main')
    await h.tickIn(p, '住所・連絡先を秘匿する（DV等支援措置）')
    await h.type(p, 'intake-trouble', TROUBLE)
    await h.tick(p, 'field-child')
    await h.pick(p, 'urgency', 'week')
    await h.pick(p, 'consent', 'notyet')
    await h.pick(p, 'triage', 'joint')
    await this.shot(p, 'intake')
    await h.press(p, 'intake-send')
    await get(p, 'intake-card').waitFor()
  }

  async assessment () {
    await this.sheets([['uketsuke', [MOTHER, TROUBLE]], ['assessment', [MOTHER, ...OTHERS.map(o => o[0])]]])
  }

  /** The family moves away for a while, and comes back. */
  async pause () {
    const p = this.desk
    await h.choose(p, 'stage', 'suspended')
    await h.press(p, 'stage-save')
    await get(p, 'stage-dialog').waitFor()
    await h.choose(p, 'stage-code', '04')
    await h.date(p, 'stage-until', wareki(60))
    await h.press(p, 'stage-do')
    await get(p, 'paused').waitFor()
    await this.shot(p, 'paused')
    await this.stage('supporting')
    await get(p, 'paused').waitFor({ state: 'detached' })
  }
}

household(2, Household, async c => {
  await c.firstCall()
  await c.atTheDesk(OTHERS)
  await c.screening('4', '母の通院と子どもの学校を、別々の機関がみている。')
  await c.stage('assessment')
  await c.consent(MOTHER, '「子どもの学校のことを相談したい」')
  await c.assessment()
  await c.plan({ need: '長女が休めない', goal: '長女が週に3日、学校に行く', action: '朝の送り出し', content: '朝、電話で起こす。' })
  await c.meeting('学校と家のこと')
  await c.deciding()
  await c.pause()
  await c.supporting('長女が週に3日、学校に行く', '週に3日、登校している。')
  await c.closing()
  await c.followup()
  for (const p of [c.csw, c.houkatsu]) assert.deepEqual((await p.leaks(SECRET)).filter(x => p === c.csw || !/intake/.test(x)), [], `the secret at ${p.name}`)
})
