// People in browsers: real Chromium, a real Japanese composition, and a record of every byte they received.
import { chromium } from 'playwright-core'
import { existsSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sleep } from './proc.mjs'

export const out = fileURLToPath(new URL('../out/', import.meta.url))
mkdirSync(out, { recursive: true })

/** The browser without its windows, where it is installed: a third less work. */
const SHELL = '/usr/bin/chromium-headless-shell'

export const chromiumPath = () => process.env.CHROMIUM ?? (existsSync(SHELL) ? SHELL : '/usr/bin/chromium')

export const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--font-render-hinting=none', '--disable-lcd-text']

export const launch = () => chromium.launch({ executablePath: chromiumPath(), args: flags })

/** One person: an own browser context, its page, and all that came over the line. */
export class Person {
  static async sit (browser, name, url, { width = 1366, height = 768, phone = false } = {}) {
    const p = new Person()
    p.name = name
    p.url = url
    p.phone = phone
    p.received = [] // { what, bytes }
    p.context = await browser.newContext({ viewport: { width, height }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce', baseURL: url, acceptDownloads: true, hasTouch: phone })
    p.page = await p.context.newPage()
    p.errors = []
    p.pending = new Set()
    p.page.on('websocket', ws => ws.on('framereceived', f => p.received.push({ what: 'frame', bytes: Buffer.from(f.payload) })))
    p.page.on('response', response => {
      const reading = response.body()
        .then(bytes => p.received.push({ what: `${response.request().method()} ${new URL(response.url()).pathname}`, bytes }), () => {})
        .finally(() => p.pending.delete(reading))
      p.pending.add(reading)
    })
    p.asked = new Set() // requests that were not answered yet
    p.page.on('request', r => p.asked.add(r))
    for (const end of ['requestfinished', 'requestfailed']) p.page.on(end, r => p.asked.delete(r))
    p.page.on('pageerror', e => p.errors.push(String(e)))
    p.page.on('console', m => { if (m.type() === 'error') p.errors.push(m.text()) })
    p.cdp = await p.context.newCDPSession(p.page)
    return p
  }

  /** Everything received so far that holds the text (UTF-8 or UTF-16), as a list of where. */
  async leaks (secret) {
    await Promise.allSettled([...this.pending])
    const forms = [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le'), Buffer.from(JSON.stringify(secret).slice(1, -1).replace(/[^\x00-\x7f]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')))]
    return this.received.filter(r => forms.some(f => r.bytes.includes(f))).map(r => r.what)
  }

  /** Type Japanese as an IME does: each step replaces the composed text, then Enter commits. */
  async compose (steps, committed, pause = 15) {
    for (const text of steps) {
      await this.cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process' })
      await this.cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      await this.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', windowsVirtualKeyCode: 229, key: 'Process' })
      await sleep(pause)
    }
    await this.cdp.send('Input.insertText', { text: committed })
    await sleep(90) // the editor takes the committed text up to 60 ms later
  }

  /** Waits until every answer is here and the page has stood still for 300 ms. What asks without end (a long poll) is not waited for beyond ten seconds. */
  async still () {
    for (let i = 0; i < 30; i++) {
      for (let k = 0; k < 100 && this.asked.size; k++) await sleep(100)
      const moved = await this.page.evaluate(() => new Promise(done => {
        const watch = new MutationObserver(() => { watch.disconnect(); done(true) })
        watch.observe(document.body, { childList: true, subtree: true })
        setTimeout(() => { watch.disconnect(); done(false) }, 300)
      }))
      if (!moved) return
    }
  }

  async shot (name, options = {}) {
    await this.page.screenshot({ path: `${out}${name}.png`, animations: 'disabled', caret: 'hide', ...options })
  }

  async leave () { await this.context.close() }
}
