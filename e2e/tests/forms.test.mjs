// 様式: the municipality adds a question and a choice to the intake sheet on the screen. Cases from that day on have them, older ones keep the form of their day.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { Person, launch, out } from '../lib/browser.mjs'
import { pdfText, squash } from '../lib/pdf.mjs'
import { get, isoDay, press, seen, signIn } from '../lib/room.mjs'
import { smallCase } from '../lib/small.mjs'
import { alone } from '../lib/stage.mjs'

test('a question and a choice of the municipality: new cases have them, old ones do not', async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const url = stage.urls[0]
  const small = await smallCase(url)
  const paper = async id => Buffer.from(await (await small.desk.request('GET', `/api/cases/${id}/sheets/uketsuke.pdf`, undefined, { raw: true })).arrayBuffer())
  // everything of the sheet but the moment it was printed at, in the foot of each page
  const printed = async bytes => squash(await pdfText(bytes)).replace(/印刷令和.{1,30}?\d{1,2}:\d{2}/gu, '')
  const asBefore = await printed(await paper(small.caseId))
  assert.ok(asBefore.includes('相談経路') && asBefore.includes('相談受付・申込票'), 'the sheet was printed')
  const browser = await launch()
  t.after(() => browser.close())

  const boss = await Person.sit(browser, '所管課', url)
  await signIn(boss, 'kaicho')
  await boss.page.goto('/admin/forms')
  await get(boss, 'field-add-uke').waitFor()
  await boss.shot('forms', { fullPage: true })
  await press(boss, 'field-add-uke')
  await press(boss, 'field-save') // nothing typed yet
  assert.match(await get(boss, 'field-dialog').locator('.field-error').first().textContent(), /項目名/)
  await get(boss, 'field-label').fill('ペット')
  await get(boss, 'field-type').selectOption('multi')
  await get(boss, 'field-list-codes').fill('犬\n猫\n犬')
  await get(boss, 'field-list-title').fill('動物')
  await press(boss, 'field-save')
  await seen(boss, /選択肢「犬」が2つ/)
  await get(boss, 'field-list-codes').fill('犬\n猫\n髙級魚')
  await boss.shot('forms-dialog')
  await get(boss, 'field-list-codes').press('Control+Enter')
  await get(boss, 'field-dialog').waitFor({ state: 'detached' })
  await boss.page.getByRole('row', { name: /ペット/ }).waitFor()

  await press(boss, 'tab-choices')
  await get(boss, 'choices-list').selectOption({ label: '相談経路' })
  const many = await boss.page.locator('[data-testid^="choice-"]:not([data-testid=choice-add])').count()
  await press(boss, 'choice-add')
  await get(boss, `choice-${many}`).fill('LINE相談')
  await boss.page.getByRole('checkbox', { name: /使う/ }).first().uncheck()
  await press(boss, 'choices-save')
  await get(boss, 'choices-said').waitFor()
  await boss.shot('forms-choices', { fullPage: true })
  await boss.page.reload() // a page left by mistake takes nothing along
  await boss.page.getByRole('row', { name: /ペット/ }).waitFor()
  await press(boss, 'forms-look')
  await get(boss, 'form-preview').getByLabel('髙級魚').check()
  await boss.shot('forms-look')
  await press(boss, 'dialog-close')
  await press(boss, 'forms-publish')
  await get(boss, 'forms-said').waitFor()
  await press(boss, 'tab-versions')
  assert.match(await get(boss, 'forms-versions').textContent(), /第1版.*適用中.*追加した項目 1/)
  await boss.shot('forms-versions', { fullPage: true })

  const { id: fresh } = await small.desk.post('/api/cases', { openedAt: isoDay(0), persons: [{ name: '𠮷田 花', kana: 'よしだ はな', relation: '本人', subject: true }], agencies: small.all })
  const desk = await Person.sit(browser, '事務局', url)
  await signIn(desk, 'jimukyoku')
  const open = async id => {
    await desk.page.goto(`/cases/${id}`)
    await press(desk, 'section-household-basic')
    await get(desk, 'section-dialog').getByLabel('相談経路').waitFor()
    return get(desk, 'section-dialog')
  }
  let sheet = await open(fresh)
  await sheet.getByLabel('髙級魚').check()
  await sheet.getByLabel('相談経路').selectOption({ label: 'LINE相談' })
  const offered = await sheet.getByLabel('相談経路').locator('option').allTextContents()
  await seen(desk, /保存済み/)
  await desk.shot('forms-case')
  sheet = await open(small.caseId)
  assert.equal(await sheet.getByText('ペット').count(), 0, 'the old case has the new question')
  const before = await sheet.getByLabel('相談経路').locator('option').allTextContents()
  assert.ok(!before.includes('LINE相談') && before[1] !== offered[1], `the choices of the old case changed: ${before}`)
  sheet = await open(fresh) // stored, and shown again
  assert.ok(await sheet.getByLabel('髙級魚').isChecked())
  assert.equal(await sheet.getByLabel('相談経路').locator('option:checked').textContent(), 'LINE相談')
  const [newPaper, oldPaper] = [await paper(fresh), await paper(small.caseId)]
  for (const [name, bytes] of [['new', newPaper], ['old', oldPaper]]) writeFileSync(`${out}forms-paper-${name}.pdf`, bytes)
  const words = squash(await pdfText(newPaper))
  for (const s of ['ペット', '☑髙級魚', '☑LINE相談']) assert.ok(words.includes(s), `the new case does not print ${s}: ${words}`)
  assert.equal(await printed(oldPaper), asBefore, 'the old case prints as before')
  await desk.page.goto('/figures') // the report counts it
  await desk.page.getByRole('table', { name: 'ペット' }).waitFor()
  for (const [title, label] of [['ペット', '髙級魚'], ['相談経路', 'LINE相談']]) {
    const row = desk.page.getByRole('table', { name: title }).getByRole('row', { name: label })
    assert.match(await row.textContent(), new RegExp(`${label}1`))
  }
  await desk.page.getByRole('heading', { name: '様式の項目' }).scrollIntoViewIfNeeded()
  await desk.shot('forms-figures')
  for (const p of [boss, desk]) assert.deepEqual(p.errors.filter(e => !/400|422/.test(e)), [], p.name)
})
