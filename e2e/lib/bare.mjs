// A page of Chromium that nobody watches: no network events are recorded for it, so that what its main thread works is the page's own work.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import WebSocket from 'ws'
import { chromiumPath, flags } from './browser.mjs'
import { sleep, until } from './proc.mjs'

export class BareBrowser {
  static async launch () {
    const b = new BareBrowser()
    b.dir = mkdtempSync(join(tmpdir(), 'kasane-bare-'))
    b.process = spawn(chromiumPath(), [...flags, '--headless', '--remote-debugging-port=0', `--user-data-dir=${b.dir}`, '--lang=ja-JP', 'about:blank'], { stdio: 'ignore' })
    const file = join(b.dir, 'DevToolsActivePort')
    await until('the browser says where it listens', () => existsSync(file) && readFileSync(file, 'utf8').includes('\n'))
    const [port, path] = readFileSync(file, 'utf8').trim().split('\n')
    b.line = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false })
    b.waiting = new Map()
    b.last = 0
    b.listeners = new Set()
    b.line.on('message', data => {
      const { id, result, error, method, params, sessionId } = JSON.parse(data)
      if (method) for (const l of b.listeners) l(method, params, sessionId)
      const w = b.waiting.get(id)
      if (!w) return
      b.waiting.delete(id)
      error ? w.reject(new Error(error.message)) : w.resolve(result)
    })
    await new Promise((resolve, reject) => b.line.once('open', resolve).once('error', reject))
    return b
  }

  send (method, params = {}, sessionId) {
    const id = ++this.last
    this.line.send(JSON.stringify({ id, method, params, sessionId }))
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }))
  }

  /** A page of its own, with the cookies given (as Playwright gives them). */
  async page (url, cookies = []) {
    const { browserContextId } = await this.send('Target.createBrowserContext')
    if (cookies.length) await this.send('Storage.setCookies', { browserContextId, cookies })
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId, width: 1366, height: 768 })
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true })
    const page = new BarePage(this, sessionId, targetId)
    await page.send('Page.navigate', { url })
    return page
  }

  async close () {
    this.line.close()
    const gone = new Promise(resolve => this.process.once('exit', resolve))
    this.process.kill('SIGKILL')
    await gone
    for (let i = 0; i < 20; i++) {
      try { rmSync(this.dir, { recursive: true, force: true }); return } catch { await sleep(100) } // its children still write
    }
  }
}

export class BarePage {
  constructor (browser, session, target) {
    this.browser = browser
    this.target = target
    this.session = session
  }

  send (method, params) { return this.browser.send(method, params, this.session) }

  /** Evaluates the expression in the page. */
  async evaluate (expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  /** Waits until the selector finds something. */
  async there (selector) {
    await until(`${selector} is there`, () => this.evaluate(`!!document.querySelector(${JSON.stringify(selector)})`).catch(() => false))
  }

  async leave () { await this.browser.send('Target.closeTarget', { targetId: this.target }) }

  /** What the page did meanwhile, as events of the developer tools. */
  async traced (f) {
    const events = []
    let complete
    const end = new Promise(resolve => { complete = resolve })
    const listener = (method, params, session) => {
      if (session !== this.session) return
      if (method === 'Tracing.dataCollected') events.push(...params.value)
      if (method === 'Tracing.tracingComplete') complete()
    }
    this.browser.listeners.add(listener)
    await this.send('Tracing.start', { categories: 'devtools.timeline,disabled-by-default-v8.cpu_profiler,toplevel,blink' })
    await f()
    await this.send('Tracing.end')
    await end
    this.browser.listeners.delete(listener)
    return events
  }

  /** Clicks what the selector finds last. */
  async click (selector) {
    await this.there(selector)
    const [x, y] = await this.evaluate(`(() => {
      const e = [...document.querySelectorAll(${JSON.stringify(selector)})].at(-1)
      e.scrollIntoView({ block: 'center' })
      const r = e.getBoundingClientRect()
      return [r.x + r.width / 2, r.y + r.height / 2]
    })()`)
    for (const type of ['mousePressed', 'mouseReleased']) await this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 })
  }
}
