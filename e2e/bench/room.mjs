// How heavy the room is: 15 people, 60 cells. The page of the meeting is opened with the CPU slowed down four times, and what the main thread
// does for one move of somebody else's caret is counted. No test: figures for docs/performance.md.
//   node bench/room.mjs [runs]           KASANE_TRACE=dir: a trace of each part, to be opened in the developer tools
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { launch, Person } from '../lib/browser.mjs'
import { sleep, until } from '../lib/proc.mjs'
import { get, signIn, tab } from '../lib/room.mjs'
import { crowd } from '../lib/crowd.mjs'
import { alone } from '../lib/stage.mjs'

const RUNS = Number(process.argv[2] ?? 7)
const SLOWER = 4
const MOVES = 60

const median = list => [...list].sort((a, b) => a - b)[list.length >> 1]
const whole = ms => Math.round(ms)
const tenth = ms => ms.toFixed(1)

/** In the page from its first moment: when the room, and when the whole of it, was there. */
const watch = () => {
  window.seen = {}
  const note = (what, sel) => { if (!window.seen[what] && document.querySelector(sel)) requestAnimationFrame(() => { window.seen[what] ??= performance.now() }) }
  new MutationObserver(() => {
    note('room', '[data-testid=room] [data-testid=agenda], [data-testid=room] [data-testid=matrix] tbody tr')
    note('saved', '[data-testid=connection-bar][data-state=saved]')
    note('matrix', '[data-testid=matrix] tbody tr:nth-child(4) td:nth-child(16)')
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-state'] })
}

const load = async (browser, stage, room, slower) => {
  await room.chair.act(room.id, 'show', { tab: 'course' }).catch(() => {}) // where every run begins
  const p = await Person.sit(browser, 'kaicho', stage.urls[0])
  await signIn(p, 'kaicho')
  const cookies = await p.context.cookies()
  await p.leave()
  const fresh = await Person.sit(browser, 'kaicho', stage.urls[0]) // an empty cache
  await fresh.context.addCookies(cookies)
  await fresh.page.addInitScript(watch)
  await fresh.cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await fresh.page.goto(`/meetings/${room.id}`)
  await until('the room is there', () => fresh.page.evaluate(() => window.seen.room && window.seen.saved))
  const first = await fresh.page.evaluate(() => ({ ...window.seen }))
  const begun = await fresh.page.evaluate(() => performance.now())
  await tab(fresh, 'matrix')
  await until('the matrix is there', () => fresh.page.evaluate(() => window.seen.matrix))
  const matrix = await fresh.page.evaluate(() => window.seen.matrix) - begun
  await fresh.page.reload() // everything is in the cache
  await until('the room is there again', () => fresh.page.evaluate(() => window.seen.room && window.seen.saved))
  const again = await fresh.page.evaluate(() => window.seen.room)
  await fresh.leave()
  return { room: first.room, live: Math.max(first.room, first.saved), matrix, again }
}

/** What the main thread has worked so far (ms). */
const worked = async p => {
  const { metrics } = await p.cdp.send('Performance.getMetrics')
  const of = name => metrics.find(m => m.name === name).value * 1000
  return { task: of('TaskDuration'), script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') }
}

/** The work for one move, what the page does anyway taken off. */
const perMove = async (p, move) => {
  const spell = async f => {
    const before = await worked(p)
    for (let i = 0; i < MOVES; i++) { await f(i); await sleep(110) }
    await sleep(300)
    const after = await worked(p)
    return Object.fromEntries(Object.keys(after).map(k => [k, after[k] - before[k]]))
  }
  const heard = () => p.received.filter(r => r.what === 'frame').length
  const idle = await spell(() => {})
  const was = heard()
  const busy = await spell(move)
  const frames = heard() - was
  return { ...Object.fromEntries(Object.keys(busy).map(k => [k, Math.max(0, busy[k] - idle[k]) / MOVES])), frames }
}

const profile = async (p, name, f) => {
  const dir = process.env.KASANE_TRACE
  if (!dir) return f()
  mkdirSync(dir, { recursive: true })
  const events = []
  p.cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await p.cdp.send('Tracing.start', { categories: 'devtools.timeline,disabled-by-default-v8.cpu_profiler,toplevel,blink' })
  const result = await f()
  const complete = new Promise(resolve => p.cdp.once('Tracing.tracingComplete', resolve))
  await p.cdp.send('Tracing.end')
  await complete
  writeFileSync(join(dir, `${name}.trace.json`), JSON.stringify(events))
  return result
}

const carets = async (browser, stage, room, slower) => {
  const p = await Person.sit(browser, 'kaicho', stage.urls[0])
  await signIn(p, 'kaicho')
  await p.page.goto(`/meetings/${room.id}`)
  await tab(p, 'matrix')
  await get(p, 'matrix').locator('tbody tr').nth(3).waitFor()
  const open = []
  for (const who of [room.desk, ...room.others]) open.push(await who.open(room.doc, { context: room.id }))
  await sleep(1000)
  await p.cdp.send('Performance.enable', { timeDomain: 'threadTicks' }) // time of the thread itself: who else uses the machine does not count
  await p.cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const cell = await profile(p, `cells-${slower}`, () => perMove(p, i => {
    const who = i % open.length
    open[who].provider.awareness.setLocalState({ at: `cell/${room.actions[i % 4]}/${room.agencies[who]}/content`, caret: null })
  }))
  // All of them in the same moment: the server gathers what comes within 75 ms, and it is drawn at once.
  const together = await perMove(p, i => {
    for (const [who, o] of open.entries()) o.provider.awareness.setLocalState({ at: `cell/${room.actions[(i + who) % 4]}/${room.agencies[who]}/content`, caret: null })
  })
  for (const k of ['task', 'script', 'layout']) together[k] /= open.length
  await p.cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await tab(p, 'plan')
  await p.page.locator('[data-testid^=narrative-policy]').last().click()
  await p.page.locator('.cm-content').waitFor()
  await p.cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const text = await profile(p, `text-${slower}`, () => perMove(p, i => {
    const o = open[i % open.length]
    const y = o.document.getText('t:policy')
    const anchor = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(y, i % (y.length + 1)))
    o.provider.awareness.setLocalState({ at: 'policy', caret: { key: 'policy', anchor } })
  }))
  for (const o of open) o.close()
  await p.leave()
  return { cell, together, text }
}

const stage = await alone()
const browser = await launch()
try {
  const room = await crowd(stage.urls[0])
  const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]
  console.log(`${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${cpus().length} cores of ${model}, node ${process.version}, Chromium ${browser.version()}; load average ${loadavg().map(n => n.toFixed(2)).join(' ')}; ${RUNS} runs, medians; ${room.people.length} people, ${room.actions.length * room.agencies.length} cells`)
  for (const slower of [1, SLOWER]) {
    const runs = []
    for (let i = 0; i < RUNS; i++) runs.push(await load(browser, stage, room, slower))
    const of = k => `${whole(median(runs.map(r => r[k])))} (${whole(Math.min(...runs.map(r => r[k])))}–${whole(Math.max(...runs.map(r => r[k])))})`
    console.log(`CPU ${slower}×: room drawn ${of('room')} ms, connected ${of('live')} ms, opened again ${of('again')} ms, matrix tab ${of('matrix')} ms`)
    const { cell, together, text } = await carets(browser, stage, room, slower)
    const words = m => `${tenth(m.task)} ms (script ${tenth(m.script)}, style and layout ${tenth(m.layout)}; ${m.frames} frames for ${MOVES} moves)`
    console.log(`CPU ${slower}×: a caret moves in the matrix ${words(cell)}; in a long text ${words(text)}; in the matrix with all moving at once, each ${words(together)}`)
  }
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await browser.close()
  await stage.close()
  process.exit()
}
