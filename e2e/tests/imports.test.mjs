// 取込: a list in Excel's CSV becomes cases, its errors are mended on the screen and in the file, and it is taken back; all by keyboard where it matters.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { get, press, seen, signIn, tab } from '../lib/room.mjs'
import { openMeeting, smallCase, writeRow } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'
import { until } from '../lib/proc.mjs'
import { changed } from '../lib/xlsx.mjs'

const head = '相談者名簿,,,,,,,,,,\n受付日,氏名,フリガナ,生年月日,性別,住所,電話番号,世帯員,相談経路,相談内容,状態\n'
const good = 'R7.4.1,𠮷田 髙﨑,ヨシダ タカサキ,S45.3.2,女性,海辺町1-1,0900000000,吉田 一郎（長男）,本人来所,夜に眠れない,継続\n' +
  '2025/6/2,渡邉󠄀 正,ワタナベ タダシ,19441105,男,東町2,0900000002,なし,民生委員から,通院していない,新規\n'
const bad = 'R7.7.1,鈴木 一,スズキ ハジメ,昭和99年,男,西町3,900000000,3人,本人来所,,継続\n'
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('\ufeff' + text) })

let stage, browser
before(async () => { [stage, browser] = await Promise.all([alone(), launch()]) })
after(() => Promise.all([browser?.close(), stage?.close()]))

test('a list comes in, its errors are said, and it is taken back', async () => {
  const desk = await Person.sit(browser, '事務局', stage.urls[0])
  await signIn(desk, 'jimukyoku')
  await desk.page.goto('/cases')
  await press(desk, 'imports')
  await seen(desk, /まだ取込はありません/)
  await press(desk, 'new-import')
  await get(desk, 'import-choose').waitFor()
  await desk.shot('imports-file')
  await get(desk, 'import-file').setInputFiles({ name: '古い.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') })
  assert.match(await get(desk, 'import-error').textContent(), /\.xlsx/)
  await get(desk, 'import-file').setInputFiles(file('名簿.csv', head + good + bad))
  await get(desk, 'import-columns').waitFor()
  assert.equal(await get(desk, 'column-B').inputValue(), 'name')
  assert.equal(await get(desk, 'column-G').inputValue(), 'f/tel_home')
  await get(desk, 'column-G').selectOption('f/tel_mobile')
  await get(desk, 'word-民生委員から').selectOption({ label: '関係機関・関係者からの紹介' })
  await desk.shot('imports-columns', { fullPage: true })
  await press(desk, 'import-next')
  await get(desk, 'import-problems').waitFor()
  assert.match(await get(desk, 'import-counts').textContent(), /取り込める 2行.*エラー 1行/)
  await desk.shot('imports-check', { fullPage: true })
  const [errors] = await Promise.all([desk.page.waitForEvent('download'), press(desk, 'import-errors')])
  assert.equal(errors.suggestedFilename(), '取込のエラー一覧.csv')
  assert.equal(await get(desk, 'import-do').getAttribute('aria-disabled'), 'true')
  await get(desk, 'import-rest').focus()
  await desk.page.keyboard.press('Space')
  await get(desk, 'import-do').focus()
  await desk.page.keyboard.press('Enter')
  await get(desk, 'import-made').waitFor()
  assert.match(await get(desk, 'import-made').textContent(), /2件のケースを取り込みました/)
  await desk.shot('imports-made')

  // the mended file brings the rest only, and knows what the words meant
  await desk.page.goto('/imports/new')
  await get(desk, 'import-file').setInputFiles(file('名簿(直し).csv', head + good + bad.replace('昭和99年', '昭和39年').replace(',900000000,3人,', ',0900000003,,')))
  await get(desk, 'import-columns').waitFor()
  assert.equal(await get(desk, 'column-G').inputValue(), 'f/tel_mobile', 'the choice of the last time is remembered')
  await press(desk, 'import-next')
  await get(desk, 'import-rows').waitFor()
  assert.match(await get(desk, 'import-counts').textContent(), /取り込める 1行.*取込済み 2行/)
  await press(desk, 'import-do')
  await get(desk, 'import-made').waitFor()

  await desk.page.goto('/jobs') // what was begun is looked up later, by whoever may do the same
  await get(desk, 'jobs-list').waitFor()
  assert.match(await get(desk, 'job').first().textContent(), /名簿の取込.*自分が開始.*終了.*1件のケースを取り込みました/)
  await desk.shot('jobs')
  await desk.page.goto('/imports')
  await get(desk, 'imports-list').waitFor()
  const first = await desk.page.locator('[data-testid^=undo-K]').last().getAttribute('data-testid')
  await desk.page.goto('/cases')
  await get(desk, 'case-search').fill('𠮷田')
  await desk.page.keyboard.press('Enter')
  await desk.page.locator('[data-testid^=case-K]').first().click()
  await seen(desk, /𠮷田 髙﨑/)
  await desk.page.goto('/imports')
  await get(desk, first).press('Enter')
  await desk.shot('imports-undo')
  await press(desk, 'undo-do')
  await get(desk, 'undone').waitFor()
  assert.match(await get(desk, 'undone').textContent(), /2件のケースを消しました/)
  await desk.shot('imports-list')
  assert.deepEqual(desk.errors.filter(e => !/422/.test(e)), [])
})

test('a 役割分担表 that was changed in Excel comes back, for one agency its own fields alone', async () => {
  const url = stage.urls[0]
  const s = await smallCase(url)
  await writeRow(s)
  await openMeeting(s)
  const helper = await Person.sit(browser, '包括', url)
  await signIn(helper, 'houkatsu')
  const saved = await (await s.helper.request('GET', `/api/plans/${s.planId}/matrix?as=xlsx`, undefined, { raw: true })).arrayBuffer()
  const file = buffer => ({ name: '役割分担表.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer })
  await helper.page.goto(`/meetings/${s.meetingId}`)
  await tab(helper, 'matrix')
  await get(helper, 'matrix-file-open').waitFor()
  await get(helper, 'matrix-file').setInputFiles(file(Buffer.from(saved)))
  await seen(helper, /変わる欄はありません/)
  await helper.page.keyboard.press('Escape')
  await get(helper, 'matrix-file').setInputFiles(file(changed(saved, '週1回訪問する。', '𠮷日に訪問する。')))
  await get(helper, 'matrix-file-changes').waitFor()
  await helper.shot('matrix-file')
  await press(helper, 'matrix-file-do')
  await seen(helper, /1個の欄に入れました/)
  await until('it is stored', async () => JSON.stringify(await s.desk.get(`/api/plans/${s.planId}`)).includes('𠮷日に訪問する。'))
  await press(helper, 'matrix-undo')
  await until('and taken back', async () => !JSON.stringify(await s.desk.get(`/api/plans/${s.planId}`)).includes('𠮷日に訪問する。'))
  assert.deepEqual(helper.errors, [])
})
