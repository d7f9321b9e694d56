// Household 4 of the invented ones, from the first call to the follow-up, by the keyboard alone: a name in Latin letters as long as
// it is, a husband whose name has old forms of its characters, and papers in plain words.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, Person } from '../lib/browser.mjs'
import { Course, h } from '../lib/course.mjs'
import { missingIn } from '../lib/pdf.mjs'
import { get } from '../lib/room.mjs'
import { alone } from '../lib/stage.mjs'

const NAME = 'NGUYEN THI MAI THAO'
const HUSBAND = '\u9AD9\u{20BB7} 健'
const OTHERS = [[HUSBAND, 'たかよし けん', '配偶者', 'H5.7.9']]
const TROUBLE = '来月が予定日だが、住む部屋の契約が切れる。'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

test('household 4, from the first call to the follow-up', { timeout: 240000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const people = await Promise.all(['houkatsu', 'jimukyoku', 'csw'].map(l => Person.sit(browser, l, stage.urls[0])))
  for (const p of people) p.page.setDefaultTimeout(15000)
  const c = new Household('household-4', stage.urls[0], ...people)
  try {
    await c.arrive()
    await c.firstCall()
    await c.atTheDesk()
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
  } catch (e) {
    await Promise.all(people.map(p => p.shot(`failed-household-4-${p.name}`, { fullPage: true }).catch(() => {})))
    throw e
  }
  for (const p of people) assert.deepEqual(p.errors, [], p.name)
})

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

  async atTheDesk () {
    const p = this.desk
    await this.found()
    for (const [name, kana, relation, birth] of OTHERS) {
      await h.press(p, 'person-new')
      await get(p, 'person-dialog').waitFor()
      await h.type(p, 'person-1-name', name)
      await h.type(p, 'person-1-kana', kana)
      await h.choose(p, 'person-1-relation', relation)
      await h.date(p, 'person-1-birth', birth)
      await h.press(p, 'person-save')
      await get(p, 'person-dialog').waitFor({ state: 'detached' })
    }
    await this.members([this.api.csw.agency, this.api.chair.agency, this.api.desk.agency])
    await this.stage('intake')
  }

  /** Both names stand in every paper as they are written, also in the form in plain words. */
  async assessment () {
    const p = this.desk
    await h.press(p, 'sheet-papers')
    for (const [form, words] of [['uketsuke', [NAME, TROUBLE]], ['assessment', [NAME, HUSBAND]]]) {
      await h.choose(p, 'sheet-form', form)
      await this.paper(form, 'sheet-pdf', words)
    }
    await h.leaveDialog(p)
    const easy = await p.context.request.get(`/api/cases/${this.caseId}/consents/form.pdf?person=${this.personId}&style=easy`)
    assert.deepEqual(await missingIn(await easy.body(), [NAME, 'あなたが']), [])
  }
}
