// Third walk: from the agenda to 閉会 and the confirmed minutes, all agencies answering.
//   node dev/walk3.mjs <out folder> <重層的支援会議 id>
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [out, meeting] = process.argv.slice(2)
const url = process.env.KASANE_URL ?? 'http://127.0.0.1:5173'
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
async function open(login) {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
  })
  const page = await context.newPage()
  page.on('console', m => m.type() === 'error' && console.error(login, 'console:', m.text()))
  page.on('pageerror', e => console.error(login, 'page:', e.message))
  await page.goto(url)
  await page.getByTestId('login').fill(login)
  await page.getByTestId('password').fill('kasane')
  await page.getByTestId('sign-in').click()
  await page.getByTestId('who').waitFor()
  await page.goto(`${url}/meetings/${meeting}`)
  await page.getByTestId('room').waitFor()
  return page
}
let n = 0
const shot = async (page, name) => {
  await page.waitForTimeout(700)
  await page.screenshot({ path: `${out}/${String(++n).padStart(2, '0')}-${name}.png` })
  console.log(n, name)
}
const press = (page, id) => page.getByTestId(id).first().click({ timeout: 8000 })
const desk = await open('jimukyoku')
if (await desk.getByTestId('act-reception').count()) await press(desk, 'act-reception')
const chair = await open('kaicho')
const houkatsu = await open('houkatsu')
const people = [desk, chair, houkatsu]
for (const p of people)
  await p
    .getByTestId('enter-room')
    .click({ timeout: 3000 })
    .catch(() => {})
const status = () => chair.getByTestId('room').getAttribute('data-status')
if ((await status()) === 'reception') await press(chair, 'act-open')
await chair.waitForTimeout(600)
if ((await status()) === 'open') {
  for (let i = 1; i <= 4; i++) {
    await chair.waitForTimeout(400)
    await press(chair, `resolve-${i}`)
  }
  await press(chair, 'act-phase')
  await chair.waitForTimeout(600)
  await shot(chair, 'agenda-done')
  await press(chair, 'act-freeze')
  await chair.waitForTimeout(800)
  for (const p of people) {
    await press(p, 'tab-course')
    await p.getByTestId('seat-answer-agree').click({ timeout: 8000 })
    await press(p, 'seat-answer-send')
    await p.getByTestId('my-answer').waitFor({ timeout: 8000 })
  }
  await shot(chair, 'all-answered')
  await press(chair, 'act-decide')
  await chair.waitForTimeout(400)
  await chair.getByTestId('param-outcome').selectOption({ index: 1 })
  await shot(chair, 'decide')
  await press(chair, 'do-decide')
  await chair.waitForTimeout(900)
  await shot(chair, 'decided')
}
await press(chair, 'tab-matrix')
await chair.waitForTimeout(1200)
for (;;) {
  const button = chair.locator('[data-testid^="row-reason-do-"]').first()
  if (!(await button.count())) break
  const id = (await button.getAttribute('data-testid')).replace('row-reason-do-', '')
  await chair.getByTestId(`row-reason-${id}`).first().fill('会議の後に受諾を確認する。')
  await button.click()
  await chair.waitForTimeout(900)
}
await shot(chair, 'row-reasons')
await press(chair, 'tab-course')
await shot(chair, 'before-close')
await press(chair, 'act-close').catch(e => console.log(String(e).slice(0, 80)))
await shot(chair, 'close-dialog')
await press(chair, 'do-close').catch(e => console.log(String(e).slice(0, 80)))
await chair.waitForTimeout(3000)
await shot(chair, 'closed')
await browser.close()
