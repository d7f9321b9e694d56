// How heavy the room is: 15 people, 60 cells. The page of the meeting is opened with the CPU slowed down four times, and what the main thread
// does for one move of somebody else's caret is counted. No test: figures for docs/performance.md.
//   node bench/room.mjs [runs]           KASANE_TRACE=dir: a trace of each part, to be opened in the developer tools
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { BareBrowser } from '../lib/bare.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { sleep, until } from '../lib/proc.mjs'
import { signIn, tab } from '../lib/room.mjs'
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
const worked = async page => {
  const { metrics } = await page.send('Performance.getMetrics')
  const of = name => metrics.find(m => m.name === name).value * 1000
  return { task: of('TaskDuration'), script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') }
}

/** The work for one move, what the page does anyway taken off. `heard` counts the moves that came out at the server. */
const perMove = async (page, move, heard = () => 0) => {
  const spell = async f => {
    const before = await worked(page)
    for (let i = 0; i < MOVES; i++) { await f(i); await sleep(110) }
    await sleep(300)
    const after = await worked(page)
    return Object.fromEntries(Object.keys(after).map(k => [k, after[k] - before[k]]))
  }
  const idle = await spell(() => {})
  const was = heard()
  const busy = await spell(move)
  const frames = heard() - was
  return { ...Object.fromEntries(Object.keys(busy).map(k => [k, Math.max(0, busy[k] - idle[k]) / MOVES])), frames }
}

const profile = async (page, name, f) => {
  const dir = process.env.KASANE_TRACE
  if (!dir) return f()
  mkdirSync(dir, { recursive: true })
  const events = await page.traced(f)
  writeFileSync(join(dir, `${name}.trace.json`), JSON.stringify(events))
}

/** The least that a browser works for a picture that changes: a page with one word, and the word moves. */
const floor = async (bare, url, slower) => {
  const page = await bare.page(`${url}/livez`)
  await page.there('body')
  await page.evaluate('document.body.innerHTML = "<p id=word style=position:absolute>神谷</p>"')
  await page.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const least = await perMove(page, i => page.evaluate(`document.getElementById('word').style.left = '${10 + 20 * (i % 9)}px'`))
  await page.leave()
  return least
}

const carets = async (browser, bare, stage, room, slower) => {
  const p = await Person.sit(browser, 'kaicho', stage.urls[0])
  await signIn(p, 'kaicho')
  const cookies = await p.context.cookies()
  await p.leave()
  const page = await bare.page(`${stage.urls[0]}/meetings/${room.id}`, cookies)
  await page.click('[role=tab][data-testid=tab-matrix]')
  await page.there('[data-testid=matrix] tbody tr:nth-child(4) td:nth-child(16)')
  const open = []
  for (const who of [room.desk, ...room.others]) open.push(await who.open(room.doc, { context: room.id }))
  let heard = 0
  open[0].provider.awareness.on('update', (_, origin) => { if (origin === open[0].provider) heard++ })
  await sleep(1000)
  await page.send('Performance.enable', { timeDomain: 'threadTicks' }) // time of the thread itself: who else uses the machine does not count
  await page.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const others = open.length - 1 // the first one listens
  const cells = i => {
    const who = 1 + i % others
    open[who].provider.awareness.setLocalState({ at: `cell/${room.actions[i % 4]}/${room.agencies[who]}/content`, caret: null })
  }
  const cell = await perMove(page, cells, () => heard)
  await profile(page, `cells-${slower}`, async () => { for (let i = 0; i < MOVES; i++) { cells(i + 1); await sleep(110) } })
  // All of them in the same moment: the server gathers what comes within 75 ms, and it is drawn at once.
  const together = await perMove(page, i => {
    for (const [who, o] of open.entries()) o.provider.awareness.setLocalState({ at: `cell/${room.actions[(i + who) % 4]}/${room.agencies[who]}/content`, caret: null })
  })
  for (const k of ['task', 'script', 'layout']) together[k] /= open.length
  await page.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.click('[role=tab][data-testid=tab-plan]')
  await page.click('[data-testid^=narrative-policy]')
  await page.there('.cm-content')
  await page.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const lines = i => {
    const o = open[1 + i % others]
    const y = o.document.getText('t:policy')
    const anchor = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(y, i % (y.length + 1)))
    o.provider.awareness.setLocalState({ at: 'policy', caret: { key: 'policy', anchor } })
  }
  const text = await perMove(page, lines, () => heard)
  await profile(page, `text-${slower}`, async () => { for (let i = 0; i < MOVES; i++) { lines(i + 1); await sleep(110) } })
  for (const o of open) o.close()
  await page.leave()
  return { cell, together, text }
}

const stage = await alone()
const browser = await launch()
const bare = await BareBrowser.launch()
try {
  const room = await crowd(stage.urls[0])
  const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]
  console.log(`${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC; ${cpus().length} cores of ${model}, node ${process.version}, Chromium ${browser.version()}; load average ${loadavg().map(n => n.toFixed(2)).join(' ')}; ${RUNS} runs, medians; ${room.people.length} people, ${room.actions.length * room.agencies.length} cells`)
  for (const slower of [1, SLOWER]) {
    const runs = []
    for (let i = 0; i < RUNS; i++) runs.push(await load(browser, stage, room, slower))
    const of = k => `${whole(median(runs.map(r => r[k])))} (${whole(Math.min(...runs.map(r => r[k])))}–${whole(Math.max(...runs.map(r => r[k])))})`
    console.log(`CPU ${slower}×: room drawn ${of('room')} ms, connected ${of('live')} ms, opened again ${of('again')} ms, matrix tab ${of('matrix')} ms`)
    const { cell, together, text } = await carets(browser, bare, stage, room, slower)
    const least = await floor(bare, stage.urls[0], slower)
    const words = m => `${tenth(m.task)} ms (script ${tenth(m.script)}, style and layout ${tenth(m.layout)}${m.frames ? `; ${m.frames} heard of ${MOVES}` : ''})`
    console.log(`CPU ${slower}×: a caret moves in the matrix ${words(cell)}; in a long text ${words(text)}; in the matrix with all moving at once, each ${words(together)}; one word moves on an empty page ${words(least)}`)
  }
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await browser.close()
  await bare.close()
  await stage.close()
  process.exit()
}
