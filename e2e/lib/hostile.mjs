// Hostile text in the pages: every free text the server gives is exchanged on its way into the browser, so that no field is forgotten. That the server takes such
// texts and gives them back as they are is web.TestHostileTextIsHarmless. Live texts are typed.
import { until } from './proc.mjs'

/** Runs when it is anything but text, is a formula to a spreadsheet, and has a word no line can break. */
export const MARKUP = `=cmd|'/c'!A1<img src=x onerror=hits.push(1)><script>hits.push(2)</script><svg onload=hits.push(3)>"'\`{{7*7}}\u200B` + 'Ｗ'.repeat(60) + 'W'.repeat(60)
/** A name written from right to left, with a number in it: what stands beside it keeps its place only if the name is isolated. */
export const ARABIC = 'مريم 12 نور'

const free = (key, value) => /[^\x00-\x7f]/.test(value) && !/label$|^(group|mark|note?Label|help|unit|hint)$/i.test(key)

/** Exchanges every free text in a value of JSON. */
export function exchange (value, by, key = '') {
  if (typeof value === 'string') return free(key, value) ? by : value
  if (Array.isArray(value)) return value.map(v => exchange(v, by, key))
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, exchange(v, by, k)]))
  return value
}

/** Answers that hold definitions of ours, or what the sign-in page shows. */
const ours = /\/api\/(sheets|codes|audit\/options)|\/livez|\/readyz/

/** Exchanges what comes into the browser of a person from now on by `p.planted`, and counts the answers that are still on their way. */
export async function poison (p) {
  p.exchanged = 0
  p.coming = 0
  await p.context.route(u => u.pathname.startsWith('/api/') && !ours.test(u.pathname), async route => {
    p.coming++
    try {
      const response = await route.fetch()
      if (!response.headers()['content-type']?.includes('json') || !response.ok()) return await route.fulfill({ response })
      const body = JSON.stringify(exchange(await response.json(), p.planted))
      if (body.includes(JSON.stringify(p.planted).slice(1, -1))) p.exchanged++
      await route.fulfill({ response, body })
    } catch { // the page has gone on in the meantime
      await route.abort().catch(() => {})
    } finally {
      p.coming--
    }
  })
}

/** Waits until nothing is asked for any more. */
export async function settled (p) {
  for (let calm = 0, i = 0; calm < 3 && i < 200; i++) {
    await p.page.waitForTimeout(40)
    calm = p.coming === 0 ? calm + 1 : 0
  }
}

/** Writes a text before every text of a live document, and a name into every field of a responsible person. */
export async function plantLive (client, doc, context, text, name) {
  const live = await client.open(doc, { context })
  let n = 0
  live.document.transact(() => {
    for (const key of [...live.document.share.keys()].filter(k => k.startsWith('t:'))) {
      live.document.getText(key).insert(0, text)
      n++
    }
    const values = live.document.getMap('v')
    for (const key of [...values.keys()].filter(k => k.endsWith('/who'))) values.set(key, name)
  })
  if (n) await until(`${doc} is stored`, () => live.provider.unsyncedChanges === 0, 10000)
  live.close()
  return n
}

/** What may happen in a page with such texts is written down before any of its scripts runs. */
export async function watch (p) {
  p.dialogs = []
  p.page.on('dialog', d => { p.dialogs.push(d.message()); void d.dismiss() })
  await p.context.addInitScript(() => {
    window.hits = []
    window.violations = []
    document.addEventListener('securitypolicyviolation', e => window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`))
  })
}

/** All that is wrong with the page as it stands. */
export async function wrong (p) {
  const found = await p.page.evaluate(() => {
    const out = []
    if (window.hits.length) out.push(`ran: ${window.hits}`)
    out.push(...window.violations.map(v => `against the policy: ${v}`))
    if (document.querySelector('[data-testid=broken]')) out.push('a part cannot be drawn')
    const wide = document.documentElement.scrollWidth - window.innerWidth
    if (wide > 0) {
      const over = e => e.getBoundingClientRect().left + Math.max(e.scrollWidth, e.getBoundingClientRect().width) > window.innerWidth + 1 && getComputedStyle(e).overflowX === 'visible'
      const far = [...document.querySelectorAll('body *')].filter(e => over(e) && ![...e.children].some(over))
      out.push(`${wide} px too wide: ${far.slice(0, 4).map(e => `${e.tagName.toLowerCase()}.${e.className} ${e.dataset.testid ?? ''} in ${e.parentElement?.className}`).join('; ')}`)
    }
    return out
  })
  found.push(...p.dialogs.map(d => `dialog: ${d}`), ...p.errors)
  p.errors = []
  return found
}

/**
 * Where words of ours do not stand where they were written: beside every text from right to left the letters around it are measured. A block, or what is isolated,
 * is a line of its own.
 */
export const displaced = (page, planted) => page.evaluate(planted => {
  const isolates = e => {
    const s = getComputedStyle(e)
    return s.display !== 'inline' && s.display !== 'contents' || ['isolate', 'plaintext', 'isolate-override'].includes(s.unicodeBidi)
  }
  const groups = new Map()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    let e = n.parentElement
    if (!e || !n.data.trim() || !e.getClientRects().length || e.closest('script,style,option,textarea')) continue
    while (!isolates(e)) e = e.parentElement
    if (!groups.has(e)) groups.set(e, [])
    groups.get(e).push(n)
  }
  const out = []
  for (const [e, nodes] of groups) {
    const whole = nodes.map(n => n.data).join('')
    if (!whole.includes(planted) || whole.replaceAll(planted, '').trim() === '') continue
    const letters = []
    for (const n of nodes) {
      for (let i = 0; i < n.data.length; i++) {
        const r = document.createRange()
        r.setStart(n, i)
        r.setEnd(n, i + 1)
        const b = r.getBoundingClientRect()
        letters.push({ c: n.data[i], left: b.left, right: b.right, top: b.top, bottom: b.bottom, seen: b.width > 0, theirs: -1 })
      }
    }
    for (let at = whole.indexOf(planted), k = 0; at >= 0; at = whole.indexOf(planted, at + planted.length), k++) for (let i = 0; i < planted.length; i++) letters[at + i].theirs = k
    // of each word of theirs one box for each line; our letters one by one
    const parts = []
    for (const l of letters) {
      if (!l.seen || l.c.trim() === '') continue
      const last = parts.at(-1)
      if (l.theirs >= 0 && last?.theirs === l.theirs && Math.abs(last.top - l.top) < 8) {
        last.left = Math.min(last.left, l.left)
        last.right = Math.max(last.right, l.right)
      } else parts.push({ ...l })
    }
    for (let i = 1; i < parts.length; i++) {
      const a = parts[i - 1]
      const b = parts[i]
      if (Math.abs(a.top - b.top) < 8 && (a.theirs >= 0 || b.theirs >= 0) && b.left < a.right - 2) {
        out.push(`${e.tagName.toLowerCase()}.${e.className}${e.dataset.testid ? '#' + e.dataset.testid : ''}: ${whole.trim().slice(0, 80)}`)
        break
      }
    }
  }
  return out
}, planted)
