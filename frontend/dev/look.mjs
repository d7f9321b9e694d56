// Takes pictures of pages on a running server, to be looked at by people.
//   KASANE_URL=http://127.0.0.1:5173 node dev/look.mjs <login> <out folder> <name>=<path>[#<test id to press>…] …
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [login, out, ...pages] = process.argv.slice(2)
const url = process.env.KASANE_URL ?? 'http://127.0.0.1:5173'
const size = (process.env.SIZE ?? '1366x768').split('x').map(Number)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const context = await browser.newContext({
  viewport: { width: size[0], height: size[1] },
  locale: 'ja-JP',
  timezoneId: 'Asia/Tokyo',
})
const page = await context.newPage()
page.on('console', m => m.type() === 'error' && console.error('console:', m.text()))
page.on('pageerror', e => console.error('page:', e.message))
mkdirSync(out, { recursive: true })
await page.goto(url)
if (login !== '-') {
  await page.getByTestId('login').fill(login)
  await page.getByTestId('password').fill(process.env.PASSWORD ?? 'kasane')
  await page.getByTestId('sign-in').click()
  await page.getByTestId('who').waitFor()
}
for (const spec of pages) {
  const [name, target] = spec.split('=')
  const [path, ...presses] = target.split('#')
  if (path) await page.goto(url + path)
  await page.waitForTimeout(1500)
  for (const p of presses) {
    await page.getByTestId(p).first().click()
    await page.waitForTimeout(900)
  }
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: process.env.FULL === '1' })
  console.log(name, page.url())
}
await browser.close()
