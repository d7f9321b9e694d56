// 記入用: a sheet of a case goes out, is written in elsewhere, and comes back; by keyboard where it matters.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { person } from '../lib/api.mjs'
import { get, isoDay, press, seen, signIn } from '../lib/room.mjs'
import { plainCase, smallCase } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

let stage, browser
before(async () => { [stage, browser] = await Promise.all([alone(), launch()]) })
after(() => Promise.all([browser?.close(), stage?.close()]))

/** The file with a text in the cell to be written in of a field. */
const written = (csv, cells) => csv.split('\r\n').map(line => {
  const field = Object.keys(cells).find(f => line.includes(`|${f}|`))
  if (!field) return line
  const parts = line.split(',')
  parts[4] = cells[field]
  return parts.join(',')
}).join('\r\n')
const file = text => ({ name: 'アセスメント_記入用.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

test('a sheet that was written in comes back, mistakes and conflicts are said, and nothing is written before', async () => {
  const url = stage.urls[0]
  const s = await smallCase(url)
  const desk = await Person.sit(browser, '事務局', url)
  await signIn(desk, 'jimukyoku')
  await desk.page.goto(`/cases/${s.caseId}`)
  await press(desk, 'sheet-papers')
  await get(desk, 'sheet-form').selectOption('assessment')
  await desk.shot('sheets-dialog')
  const [out] = await Promise.all([desk.page.waitForEvent('download'), press(desk, 'sheet-fill-csv')])
  assert.match(out.suggestedFilename(), /記入用\.csv$/)
  const csv = await (await s.desk.request('GET', `/api/cases/${s.caseId}/sheets/assessment/file?as=csv&fill=1`, undefined, { raw: true })).text()
  await get(desk, 'sheet-back-file').setInputFiles(file(csv))
  await get(desk, 'sheet-back-same').waitFor()
  await desk.page.keyboard.press('Escape')
  await get(desk, 'sheet-back-file').setInputFiles(file(written(csv, { doctor: '市民病院の内科', screening_on: 'R8.6.12', income: 'たくさん' })))
  await get(desk, 'sheet-back-changes').waitFor()
  assert.match(await get(desk, 'sheet-back-changes').textContent(), /令和8年6月12日/)
  assert.match(await get(desk, 'sheet-back-troubles').textContent(), /数として読み取れません/)
  await desk.shot('sheets-back')
  await get(desk, 'sheet-back-do').focus()
  await desk.page.keyboard.press('Enter')
  await get(desk, 'sheet-back-done').waitFor()
  assert.match(await get(desk, 'sheet-back-done').textContent(), /2個の欄/)
  await desk.page.keyboard.press('Escape')
  await get(desk, 'sheet-back-file').setInputFiles(file(written(csv, { doctor: '診療所' })))
  await seen(desk, /記録でも変わっています/)
  assert.equal(await get(desk, 'sheet-back-do').getAttribute('aria-disabled'), 'true', 'a conflict is not chosen by itself')
  await desk.shot('sheets-conflict')
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('Escape')
  await press(desk, `section-${s.personId}-progress`)
  const other = desk.page.getByRole('checkbox', { name: 'その他', exact: true }).first()
  await other.check()
  await desk.page.getByLabel('「その他」の内容').fill('ごみ出しができない')
  await desk.shot('sheets-other')
  await desk.page.setViewportSize({ width: 360, height: 740 })
  await desk.shot('sheets-other-360')
  assert.deepEqual(desk.errors, [])
})

test('what the スクリーニング decided is taken over into J of the assessment by a button, and is a paper', async () => {
  const url = stage.urls[0]
  const api = await person(url, 'jimukyoku')
  const { caseId } = await plainCase(api, [api.agency], '写し 花子')
  await api.request('PUT', `/api/cases/${caseId}/stage`, { stage: 'intake', version: 1 })
  await api.post(`/api/cases/${caseId}/screenings`, { version: 2, day: isoDay(-1), result: '4', grounds: ['01', '04'], to: '', confirmedOn: '', reason: '窓口ごとに分かれている。' })
  const desk = await Person.sit(browser, '事務局2', url)
  await signIn(desk, 'jimukyoku')
  await desk.page.goto(`/cases/${caseId}`)
  await get(desk, 'screening-paper').waitFor()
  await desk.shot('screening-case')
  const paper = await (await desk.page.request.get(`${url}/api/cases/${caseId}/screening.pdf`)).body()
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-')
  await press(desk, 'section-household-basic')
  await get(desk, 'screening-offer').waitFor()
  await get(desk, 'screening-offer').scrollIntoViewIfNeeded()
  await desk.shot('screening-offer')
  const result = desk.page.getByLabel('スクリーニング結果', { exact: false }).first()
  assert.equal(await result.inputValue(), '', 'nothing is written before the button')
  await get(desk, 'screening-take').focus()
  await desk.page.keyboard.press('Enter')
  await get(desk, 'screening-offer').waitFor({ state: 'detached' })
  assert.equal(await result.inputValue(), '4')
  assert.deepEqual(desk.errors, [])
})

test('開示請求: every paper of a case in a list, one of them blacked out and counted, by keyboard', async () => {
  const url = stage.urls[0]
  const s = await smallCase(url)
  const desk = await Person.sit(browser, '事務局', url)
  await signIn(desk, 'jimukyoku')
  await desk.page.goto(`/cases/${s.caseId}`)
  await get(desk, 'case-papers-link').focus()
  await desk.page.keyboard.press('Enter')
  await get(desk, 'case-papers').waitFor()
  const list = await get(desk, 'case-papers').innerText()
  for (const want of ['相談受付・申込票', '支援経過記録', '準備シート', '資料受渡簿', '同意書']) assert.ok(list.includes(want), `${want} is not in the list:\n${list}`)
  await desk.shot('case-papers')
  await get(desk, 'copies-of-sheet').first().focus()
  await desk.page.keyboard.press('Enter')
  await get(desk, 'copy-kind').waitFor()
  assert.equal(await get(desk, 'copy-kind').inputValue(), 'redacted', 'the first kind there is')
  await get(desk, 'copy-kind').selectOption('given')
  assert.match(await get(desk, 'copy-closed').textContent(), /開示請求/)
  await get(desk, 'copy-kind').selectOption('redacted')
  await get(desk, 'hint-person1').focus()
  await desk.page.keyboard.press('Enter')
  await get(desk, 'copy-purpose').fill('開示請求')
  await desk.shot('case-paper-redact')
  const [out] = await Promise.all([desk.page.waitForEvent('download'), get(desk, 'copy-make').click()])
  const text = execFileSync('pdftotext', ['-raw', await out.path(), '-'], { encoding: 'utf8' })
  assert.match(text, /不開示とした部分/)
  assert.match(text, /開示用/)
  await get(desk, 'copy-list').getByRole('row').nth(1).waitFor()
  await desk.leave()
})
