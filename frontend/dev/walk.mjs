// Walks two people through a meeting on a running demo server and takes pictures on the way.
//   KASANE_URL=http://127.0.0.1:5173 node dev/walk.mjs <out folder> <meeting id>
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [out, meeting] = process.argv.slice(2)
const url = process.env.KASANE_URL ?? 'http://127.0.0.1:5173'
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})

async function person(login) {
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
  return page
}
let n = 0
const shot = async (page, name) => {
  await page.waitForTimeout(700)
  await page.screenshot({ path: `${out}/${String(++n).padStart(2, '0')}-${name}.png` })
  console.log(n, name)
}
const press = (page, id) => page.getByTestId(id).first().click({ timeout: 8000 })

const chair = await person('kaicho')
const desk = await person('jimukyoku')
const houkatsu = await person('houkatsu')
const csw = await person('csw')
for (const p of [chair, desk, houkatsu, csw]) await p.goto(`${url}/meetings/${meeting}`)
await press(desk, 'act-reception')
await shot(desk, 'reception-desk')
for (const p of [chair, desk, houkatsu, csw]) {
  await p
    .getByTestId('enter-room')
    .click({ timeout: 4000 })
    .catch(() => console.log('already here'))
}
for (const p of [chair, desk, houkatsu, csw]) {
  await p
    .getByTestId('secrecy-confirm')
    .click({ timeout: 1500 })
    .catch(() => {})
}
await press(chair, 'act-open')
await shot(chair, 'open-chair')
await press(chair, 'project-1')
await shot(csw, 'open-csw')
await press(csw, 'tab-plan')
await shot(csw, 'plan-csw')
await press(houkatsu, 'tab-matrix')
await shot(houkatsu, 'matrix-houkatsu')
const own = houkatsu.locator('[data-testid^="cell-1-"][data-own]').first()
await own.click()
await shot(houkatsu, 'cell-houkatsu')
await press(csw, 'tab-matrix')
await shot(csw, 'matrix-csw-presence')
await press(houkatsu, 'answer-accept')
await press(houkatsu, 'answer-send')
await shot(houkatsu, 'answered')
await press(houkatsu, 'cell-done')
await press(desk, 'tab-minutes')
await press(desk, 'add-decision')
await desk.getByTestId('decision-1-text').fill('デイサービスの見学を12月中に行う。')
await shot(desk, 'minutes-desk')
const screen = await desk.context().newPage()
await screen.goto(`${url}/meetings/${meeting}/screen`)
await shot(screen, 'screen')
await press(chair, 'act-freeze')
await shot(chair, 'freeze-chair')
await press(csw, 'tab-course')
await shot(csw, 'answer-csw')
await press(csw, 'seat-answer-conditional')
await csw.getByTestId('seat-reason').fill('長男への訪問は二人で行くこと。')
await shot(csw, 'answer-csw-conditional')
await press(csw, 'seat-answer-send')
await shot(csw, 'answered-csw')
await press(houkatsu, 'tab-course')
await press(houkatsu, 'seat-answer-agree')
await press(houkatsu, 'seat-answer-send')
await shot(houkatsu, 'answered-houkatsu')
await shot(screen, 'screen-agreeing')
await shot(chair, 'chair-end')
await press(chair, 'tab-people')
await shot(chair, 'people')
await press(chair, 'tab-log')
await shot(chair, 'log')
await browser.close()
