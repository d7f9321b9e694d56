// Runs axe over pages of a running server: node dev/axe.mjs <login> <path[#test id to press]> …
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const [login, ...paths] = process.argv.slice(2)
const url = process.env.KASANE_URL ?? 'http://127.0.0.1:5173'
const axe = createRequire(import.meta.url).resolve('axe-core')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ja-JP', bypassCSP: true })
const page = await context.newPage()
await page.goto(url)
await page.getByTestId('login').fill(login)
await page.getByTestId('password').fill('kasane')
await page.getByTestId('sign-in').click()
await page.getByTestId('who').waitFor()
let bad = 0
for (const spec of paths) {
  const [path, ...presses] = spec.split('#')
  await page.goto(url + path)
  await page.waitForTimeout(1500)
  for (const p of presses) {
    await page.getByTestId(p).first().click()
    await page.waitForTimeout(900)
  }
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate(() =>
    window.axe
      .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      .then(r =>
        r.violations.map(
          v =>
            `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} — ${v.nodes[0].failureSummary?.split('\n')[1] ?? ''}`,
        ),
      ),
  )
  bad += found.length
  console.log(spec, found.length ? `\n  ${found.join('\n  ')}` : 'ok')
}
await browser.close()
process.exit(bad ? 1 : 0)
