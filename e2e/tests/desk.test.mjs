// The consent desk in a browser: consent by word of mouth and by a signature on the screen, papers, renewal, withdrawal, and what an agency gets because of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { person } from '../lib/api.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { pdfText, squash } from '../lib/pdf.mjs'
import { until } from '../lib/proc.mjs'
import { isoDay, signIn } from '../lib/room.mjs'
import { alone } from '../lib/stage.mjs'

let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

const NAME = '髙\uFA11 まつ'
const WORDS = '「包括さんになら、体のことを話していいよ」'

test('the consent desk', { timeout: 180000 }, async t => {
  const stage = await alone()
  t.after(() => stage.close())
  const [url] = stage.urls
  const api = await person(url, 'jimukyoku')
  const helper = await person(url, 'houkatsu')
  const { id: caseId, number } = await api.post('/api/cases', {
    openedAt: isoDay(-30), agencies: [helper.agency], persons: [{ name: NAME, kana: 'たかさき まつ', relation: '本人', birth: '1940-04-01', sex: '女', subject: true }]
  })
  const { persons: [{ id: personId }] } = await api.get(`/api/cases/${caseId}`)
  const desk = await Person.sit(browser, 'desk', url)
  await signIn(desk, 'jimukyoku')
  const { page } = desk
  const by = id => page.getByTestId(id)
  const records = async () => (await api.get(`/api/cases/${caseId}/consents`)).persons[0].records
  const paper = async path => squash(await pdfText(await (await desk.context.request.get(url + path)).body()))
  const gets = async () => (await helper.get(`/api/cases/${caseId}`)).sections.filter(s => s.read && s.personId === personId).map(s => s.item)

  await t.test('by word of mouth: what is missing is said beside its field, then the agency sees it', async () => {
    await page.goto(`${url}/cases/${caseId}/consents/new/${personId}`)
    await page.getByLabel('説明した時刻').fill('00:00')
    await by('explained-way').selectOption('visit')
    await by('care-read').check()
    for (const item of ['basic', 'health']) await by(`scope-${helper.agency}-${item}`).check()
    await by('method-oral').check()
    await by('oral-hearer').fill('井上 拓也')
    await by('oral-witness').fill('中村 由紀')
    await by('oral-place').fill('自宅の居間')
    await by('consent-save').click()
    const field = by('oral-words')
    await until('the field says so', async () => await field.getAttribute('aria-invalid') === 'true')
    assert.equal(await by('oral-place').inputValue(), '自宅の居間')
    assert.deepEqual(await gets(), [])
    await field.fill(WORDS)
    await by('consent-save').click()
    await by('consent-board').waitFor()
    const [r] = await records()
    assert.equal(r.details.oral.words, WORDS)
    assert.deepEqual(await gets(), ['basic', 'health'])
    assert.match(await by(`board-${personId}`).innerText(), /訪問・読み上げ/)
  })

  await t.test('この機関から見ると is what the agency gets', async () => {
    await by(`view-${helper.agency}`).click()
    await by('seen-case').waitFor()
    const seen = await by('seen-case').innerText()
    assert.ok(seen.includes(NAME) && seen.includes(number))
    const { seen: told } = await api.get(`/api/cases/${caseId}/view?agency=${helper.agency}`)
    const mine = await helper.get(`/api/cases/${caseId}`)
    assert.deepEqual(told.persons, mine.persons)
    assert.deepEqual(told.sections, mine.sections.map(s => ({ ...s, doc: '' })))
  })

  await t.test('papers: the name to the code point, the words, the readings', async () => {
    const [r] = await records()
    const form = await paper(`/api/consents/${r.id}/form.pdf`)
    for (const s of [NAME, WORDS, '井上 拓也', '中村 由紀', r.number]) assert.ok(form.includes(squash(s)), s)
    const receipt = await paper(`/api/consents/${r.id}/receipt.pdf?style=ruby`)
    for (const s of [NAME, 'たかさき', 'てっかい', '健康・医療']) assert.ok(receipt.includes(squash(s)), s)
    assert.ok(!receipt.includes('司法'), 'what was not given stands in the receipt')
    const blank = await paper(`/api/cases/${caseId}/consents/form.pdf?person=${personId}&style=easy`)
    assert.ok(blank.includes(squash(NAME)) && blank.includes('あなたが') && !blank.includes(r.number))
  })

  await t.test('a renewal is signed on the screen and widens nothing', async () => {
    const [old] = await records()
    await by(`renew-${old.number}`).click()
    await by('explained-by').fill('中村 由紀')
    await by('explained-at').fill('明日のあさって')
    await by('consent-save').click()
    await until('it asks for the day', async () => (await page.locator('.field-error').count()) > 0)
    const { date, clock } = await page.evaluate(() => {
      const now = new Date(Date.now() + 9 * 3600e3).toISOString()
      return { date: now.slice(0, 10), clock: now.slice(11, 16) }
    })
    await by('explained-at').fill(date)
    await page.getByLabel('説明した時刻').fill(clock)
    await by('explained-way').selectOption('face')
    await by('method-signature').check()
    const pad = by('sign-pad')
    await pad.scrollIntoViewIfNeeded()
    const box = await pad.boundingBox()
    for (const [a, z] of [[[0.2, 0.2], [0.4, 0.8]], [[0.5, 0.3], [0.8, 0.3]]]) {
      await page.mouse.move(box.x + a[0] * box.width, box.y + a[1] * box.height)
      await page.mouse.down()
      await page.mouse.move(box.x + z[0] * box.width, box.y + z[1] * box.height, { steps: 12 })
      await page.mouse.up()
    }
    // the same day as the first consent: begins with it, so it is refused, beside its field, and the signature stays
    await by('consent-save').click()
    await until('it says why', async () => (await page.locator('.field-error').allInnerTexts()).some(s => s.includes('前の同意書の開始日より後')))
    assert.equal(await by('sign-state').innerText(), '2画書かれています')
    await page.getByLabel(/^始まり/).fill(isoDay(1))
    await page.getByLabel(/^終わり/).fill(isoDay(200))
    await by('consent-save').click()
    await by('consent-board').waitFor()
    const [r] = await records()
    assert.equal(r.renews, old.id)
    assert.deepEqual(r.scope, old.scope)
    assert.equal(r.signature.length, 2)
    assert.ok((await paper(`/api/consents/${r.id}/form.pdf`)).includes('画面への自署、2画'))
  })

  await t.test('a withdrawal in part: gone for the agency, told by whom and to whom, on the paper', async () => {
    const old = (await records()).at(-1)
    await by(`withdraw-${old.number}`).click()
    await by('withdraw-part').check()
    await by(`withdraw-agency-${helper.agency}`).check()
    await by('withdraw-item-health').check()
    await by('received-by').fill('窓口 太郎')
    await by('withdraw-how').selectOption('sheet')
    await by(`told-${helper.agency}`).check()
    await by('withdraw-do').click()
    await by('consent-notice').waitFor()
    assert.deepEqual(await gets(), ['basic'])
    const sheet = await paper(`/api/consents/${old.id}/form.pdf?paper=withdrawal`)
    for (const s of ['☑一部を撤回します', '☑健康・医療', '窓口太郎', '撤回届']) assert.ok(sheet.includes(s), s)
    const fhir = await (await desk.context.request.get(`${url}/api/consents/${old.id}/export?as=fhir`)).json()
    assert.equal(fhir.provision.provision[0].provision[0].type, 'deny')
  })

  const checked = await stage.verify()
  assert.equal(checked.code, 0, checked.err + checked.out)
  assert.deepEqual(desk.errors.filter(e => !e.includes('422')), []) // what was refused on purpose
})
