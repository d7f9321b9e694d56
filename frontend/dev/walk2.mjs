// Second walk: 支援会議 with a guest, and a withdrawal while somebody writes.
//   node dev/walk2.mjs <out folder> <支援会議 id> <重層的支援会議 id> <case of the latter>
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [out, support, layered, caseId] = process.argv.slice(2)
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
  if (!login) return page
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

const desk = await open('jimukyoku')
await desk.goto(`${url}/meetings/${support}`)
await shot(desk, 'support-draft')
if (await desk.getByTestId('act-convene').count()) {
  await press(desk, 'act-convene')
  await desk.getByTestId('param-convener').fill('重ね市長')
  await desk.getByTestId('param-basis').fill('社会福祉法第106条の6')
  await desk.getByTestId('param-reason').fill('本人の同意が得られておらず、早期に支援体制を検討するため。')
  await press(desk, 'do-convene')
  await desk.waitForTimeout(500)
}
await press(desk, 'act-reception')
await shot(desk, 'support-reception')
await press(desk, 'tab-people')
await press(desk, 'invite')
await desk.getByTestId('guest-name').fill('遠山 さくら')
await desk.getByTestId('guest-agency').selectOption({ index: 1 })
await press(desk, 'guest-make')
await shot(desk, 'guest-made')
const link = await desk.getByTestId('guest-url').textContent()
const pin = await desk.getByTestId('guest-pin').textContent()
await press(desk, 'dialog-close')
const guest = await open('')
const target = new URL(link)
await guest.goto(url + target.pathname + target.hash)
await guest.getByTestId('join-pin').waitFor()
await press(guest, 'join-enter')
await shot(guest, 'join-missing')
await guest.getByTestId('join-pin').fill(pin)
await guest.getByTestId('join-name').fill('遠山 さくら')
await guest.getByTestId('join-agency').fill(process.env.GUEST_AGENCY ?? '')
await guest.getByTestId('join-secrecy').check()
await press(guest, 'join-enter')
await shot(guest, 'guest-room')

const csw = await open('houkatsu')
await desk.goto(`${url}/meetings/${layered}`)
await desk.waitForTimeout(800)
await press(desk, 'act-reception')
await csw.goto(`${url}/meetings/${layered}`)
await press(csw, 'tab-plan')
await csw.waitForTimeout(1500)
await csw.locator('[data-testid^="narrative-situation"]').first().click()
await csw.waitForTimeout(800)
await csw.keyboard.type('訪問の結果を確認中。')
await shot(csw, 'narrative-editing')
await desk.goto(`${url}/cases/${caseId}/consents`)
await press(desk, 'withdraw-D2026-0008')
await press(desk, 'withdraw-part')
await desk.locator('[data-testid^="withdraw-item-health"]').check()
await shot(desk, 'withdraw')
await press(desk, 'withdraw-do')
await shot(desk, 'withdrawn')
await csw.waitForTimeout(2500)
await shot(csw, 'after-withdrawal')
await desk.goto(`${url}/cases/${caseId}/consents`)
await desk.locator('[data-testid^="record-06"]').first().click()
await desk.waitForTimeout(900)
await shot(desk, 'record-form')
await desk.getByTestId('method-signature').check()
await desk.getByTestId('sign-pad').scrollIntoViewIfNeeded()
const box = await desk.getByTestId('sign-pad').boundingBox()
await desk.mouse.move(box.x + 80, box.y + 40)
await desk.mouse.down()
for (let i = 0; i < 20; i++) await desk.mouse.move(box.x + 80 + i * 9, box.y + 60 + Math.sin(i / 2) * 30)
await desk.mouse.up()
await shot(desk, 'signature')
await browser.close()
