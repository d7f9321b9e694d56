// 準備シート: each agency writes its own before the meeting, hands it in, and all stand side by side for who may see them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { pdfText } from '../lib/pdf.mjs'
import { until } from '../lib/proc.mjs'
import { download, get, intoNarrative, press, saved, shown, signIn, tab } from '../lib/room.mjs'
import { smallCase } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

const SAID = '玄関に督促状がたまり、母は物忘れが進んでいる。'
const HEALTH = '3月から通院が途切れている。'
const DESK = '世帯の収入は年金だけである。'

test('準備シート: written, kept, handed in, compared; a class is shown to those whom consent shows it', async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  const s = await smallCase(url)
  const browser = await launch()
  t.after(() => browser.close())
  const sit = async (name, login) => {
    const p = await Person.sit(browser, name, url)
    await signIn(p, login)
    await p.page.setViewportSize({ width: 1366, height: 768 })
    await p.page.goto(`${url}/meetings/${s.meetingId}`)
    await get(p, 'room').waitFor()
    return p
  }
  const board = who => who.get(`/api/meetings/${s.meetingId}/prep`)
  const sheet = async (who, agency) => (await board(who)).sheets.find(x => x.agencyId === agency)

  const helper = await sit('包括', 'houkatsu')
  await press(helper, 'prep-go')
  await press(helper, 'prep-begin')
  await intoNarrative(helper, 'prep-household-basic-picture')
  await helper.compose([SAID.slice(0, 2)], SAID)
  await saved(helper)
  // What says 保存済み is there again after the page is loaded anew, and was not shown to another agency.
  await helper.page.reload()
  await tab(helper, 'prep')
  await helper.page.getByText(SAID).first().waitFor()
  await press(helper, 'prep-more')
  await get(helper, 'place-person').selectOption(s.personId)
  await press(helper, 'prep-add')
  await intoNarrative(helper, `prep-${s.personId}-health-work`)
  await helper.compose([HEALTH.slice(0, 2)], HEALTH)
  await saved(helper)
  await helper.shot('prep-own', { fullPage: true })

  const chair = await sit('議長', 'kaicho')
  await tab(chair, 'prep')
  await get(chair, `prep-state-${s.helper.agency}`).waitFor()
  assert.equal(await get(chair, `prep-state-${s.helper.agency}`).getAttribute('data-state'), '')
  await press(helper, 'prep-submit')
  await get(helper, 'prep-submitted').waitFor()
  await chair.page.locator(`[data-testid=prep-state-${s.helper.agency}][data-state=done]`).waitFor()
  await chair.page.getByText(SAID).first().waitFor()

  const desk = await sit('事務局', 'jimukyoku')
  await tab(desk, 'prep')
  await press(desk, 'prep-begin')
  await intoNarrative(desk, 'prep-household-basic-picture')
  await desk.compose([DESK.slice(0, 2)], DESK)
  await saved(desk)
  await press(desk, 'prep-submit')
  // Side by side, and live: both columns stand in the chair's page.
  await get(chair, `prep-cell-${s.desk.agency}-picture`).getByText(DESK).waitFor()
  await get(chair, `prep-cell-${s.helper.agency}-picture`).getByText(SAID).waitFor()
  await chair.shot('prep-compare', { fullPage: true })
  await chair.page.setViewportSize({ width: 360, height: 740 })
  await chair.shot('prep-compare-360', { fullPage: true })
  const wide = await chair.page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 360, `the page is ${wide} wide on a phone`)
  await chair.page.setViewportSize({ width: 1366, height: 768 })

  // 開催通知 of the office: one letter, made from a dialog.
  await press(desk, 'notice-open')
  await get(desk, 'notice-agency').selectOption(s.helper.agency)
  await get(desk, 'notice-number').fill('福総第12号')
  await get(desk, 'notice-contact').fill('福祉総務課 電話 000-0000')
  await desk.shot('notice-dialog')
  const file = await download(desk, get(desk, 'notice-make'))
  assert.equal(file.name, '開催通知.pdf')
  const letter = (await pdfText(file.bytes)).replace(/\s/g, '')
  for (const w of ['福総第12号', '東部地域包括支援センター', '御中', '支援の方針', '以上', `/meetings/${s.meetingId}`]) assert.ok(letter.includes(w), `${w}: ${letter}`)
  for (const w of ['試験花子', '小さな会議', '社会福祉協議会']) assert.ok(!letter.includes(w), `the letter says ${w}`)
  await desk.page.keyboard.press('Escape')

  // An agency that consent gives no health information sees that there is something, and not what.
  const outside = s.helper
  const { persons: [{ records }] } = await s.desk.get(`/api/cases/${s.caseId}/consents`)
  await tab(helper, 'prep')
  await s.desk.post('/api/docs', { kind: 'prep', ownerId: s.meetingId, personId: s.personId, item: 'income' })
  const income = (await sheet(s.desk, s.desk.agency)).docs.find(d => d.item === 'income')
  const o = await s.desk.open(income.doc, { context: s.meetingId })
  o.document.getText('t:picture').insert(0, '滞納は42万円')
  await until('stored', () => o.provider.unsyncedChanges === 0)
  o.close()
  await until('the helper reads it while consent covers it', async () => (await shown(helper)).includes('滞納は42万円'))
  await s.desk.post(`/api/consents/${records.at(-1).id}/withdraw`, { agencies: [outside.agency], items: ['income'], note: '包括には知らせない' })
  await until('it is gone from the open page', async () => !(await shown(helper)).includes('滞納は42万円'))
  const kept = (await sheet(outside, s.desk.agency)).docs.find(d => d.item === 'income')
  assert.equal(kept?.read ?? false, false)
  assert.equal(kept?.doc ?? '', '')

  // The papers say what their reader may see.
  const paper = async who => {
    const res = await who.request('GET', `/api/meetings/${s.meetingId}/prep.pdf`, undefined, { raw: true })
    assert.equal(res.status, 200)
    return (await pdfText(Buffer.from(await res.arrayBuffer()))).replace(/\s/g, '')
  }
  const whole = await paper(s.desk)
  for (const w of [SAID, HEALTH, DESK, '滞納は42万円', '提出済み', '把握している世帯像']) assert.ok(whole.includes(w), `${w} is missing`)
  assert.ok(!(await paper(outside)).includes('滞納は42万円'))
})
