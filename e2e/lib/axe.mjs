// WCAG 2.2 A and AA as axe-core sees them: as the page is, with forced colours, and with text of 150 %.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = readFileSync(fileURLToPath(new URL('../../frontend/node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** In the page: runs axe and gives what it found, one line each. */
const run = rules => window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(r => r.violations.flatMap(v =>
  v.nodes.slice(0, 3).map(n => `${v.id}: ${n.html.slice(0, 160)} — ${(n.failureSummary ?? '').split('\n').slice(1).join(' ').trim()}`)))

/** In the page: what stands out of the screen to the right, where the page as a whole is too wide. */
const broad = () => {
  const most = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= most) return []
  const scrolls = el => el && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(el).overflowX) || scrolls(el.parentElement))
  return [...document.querySelectorAll('body *')].filter(el => el.getBoundingClientRect().right > most + 1 && !scrolls(el.parentElement))
    .map(el => `${el.tagName.toLowerCase()}.${el.className}`).slice(-4)
}

const size = (page, text) => page.evaluate(t => { document.documentElement.dataset.text = t }, text)

/** What axe finds on the page in each of the three ways; [] is well. The page is left as it was. */
export async function violations (p) {
  const { page } = p
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(source)
  const was = await page.evaluate(() => document.documentElement.dataset.text ?? '100')
  const found = []
  const look = async way => {
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))))
    for (const line of await page.evaluate(run, RULES)) found.push(`${way}: ${line}`)
    // At 150 % a page may grow down, not across.
    const wide = await page.evaluate(broad)
    if (wide.length) found.push(`${way}: wider than the screen: ${wide.join(' ')}`)
  }
  await look('as it is')
  await page.emulateMedia({ forcedColors: 'active' })
  await look('forced colours')
  await page.emulateMedia({ forcedColors: 'none' })
  await size(page, '150')
  await look('150 %')
  await size(page, was)
  return found
}
