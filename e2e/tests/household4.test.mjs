// Household 4 of the invented ones, from the first call to the follow-up, by the keyboard alone: a name in Latin letters as long as
// it is, a husband whose name has old forms of its characters, and papers in plain words.
import assert from 'node:assert/strict'
import { Course, h, household } from '../lib/course.mjs'
import { missingIn } from '../lib/pdf.mjs'
import { get } from '../lib/room.mjs'

const NAME = 'NGUYEN THI MAI THAO'
const HUSBAND = '\u9AD9\u{20BB7} 健'
const OTHERS = [[HUSBAND, 'たかよし けん', '配偶者', 'H5.7.9']]
const TROUBLE = '来月が予定日だが、住む部屋の契約が切れる。'

class Household extends Course {
  async firstCall () {
    const p = this.houkatsu
    await h.follow(p, '相談')
    await h.press(p, 'new-intake')
    await h.pick(p, 'asker', 'self')
    await h.type(p, 'intake-name', NAME)
    await h.type(p, 'intake-kana', 'ぐえん てぃ まい たお')
    await h.date(p, 'intake-birth', '1996-08-21')
    await h.type(p, 'intake-trouble', TROUBLE)
    await h.tick(p, 'field-child')
    await h.tick(p, 'field-poverty')
    await h.pick(p, 'urgency', 'now')
    await h.pick(p, 'consent', 'yes')
    await h.pick(p, 'triage', 'joint')
    await this.shot(p, 'intake')
    await h.press(p, 'intake-send')
    await get(p, 'intake-card').waitFor()
  }

  /** Both names stand in every paper as they are written, also in the form in plain words. */
  async assessment () {
    const p = this.desk
    await this.sheets([['uketsuke', [NAME, TROUBLE]], ['assessment', [NAME, HUSBAND]]])
    const easy = await p.context.request.get(`/api/cases/${this.caseId}/consents/form.pdf?person=${this.personId}&style=easy`)
    assert.deepEqual(await missingIn(await easy.body(), [NAME, 'あなたが']), [])
  }
}

household(4, Household, async c => {
  await c.firstCall()
  await c.atTheDesk(OTHERS)
  await c.screening('4', '出産、住まい、在留の手続きを一緒に考える。')
  await c.stage('assessment')
  await c.consent(NAME, '「だいじょうぶです。みんなで話してください」')
  await c.assessment()
  await c.plan({ need: '住む部屋がない', goal: '産む前に部屋を決める', action: '部屋さがし', content: '通訳と一緒に見学に行く。' })
  await c.meeting('出産前の協議')
  await c.deciding()
  await c.supporting('産む前に部屋を決める', '川辺町の部屋に移った。')
  await c.closing()
  await c.followup()
})
