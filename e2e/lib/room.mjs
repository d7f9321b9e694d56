// What people do on the screens of Kasane: each verb is clicks and keys, never a request of its own.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { sleep, until } from './proc.mjs'

const WAIT = 30000

/** One element by its test id, under `root`. */
export const get = (p, id) => p.page.getByTestId(id)
export const press = async (p, id) => get(p, id).first().click({ timeout: WAIT })
export const seen = async (p, text, ms = WAIT) => p.page.getByText(text).first().waitFor({ timeout: ms })

/** A day from now as it is written in offices: R8.12.20. */
export const wareki = days => {
  const [y, m, d] = isoDay(days).split('-').map(Number)
  return `R${y - 2018}.${m}.${d}`
}
export const isoDay = days => new Date(Date.now() + 9 * 3600000 + days * 86400000).toISOString().slice(0, 10)

/** Sign in with the demo's own buttons. */
export const signIn = async (p, login) => {
  await p.page.goto(p.url)
  await press(p, `demo-${login}`)
  await press(p, 'sign-in')
  await get(p, 'who').waitFor({ timeout: WAIT })
}

/** Menu → 会議 → the meeting with this title of a case. */
export const openMeeting = async (p, title, caseNumber) => {
  await p.page.getByRole('link', { name: '会議', exact: true }).click()
  await p.page.locator(`[data-testid^="meeting-${caseNumber}-"]`, { hasText: title }).click()
  await get(p, 'room').waitFor({ timeout: WAIT })
}

export const tab = async (p, id) => {
  await p.page.locator(`[role=tab][data-testid=tab-${id}]`).first().click({ timeout: WAIT })
}

export const status = async (p, want) =>
  p.page.locator(`[data-testid=room][data-status=${want}]`).waitFor({ timeout: WAIT })

/** Everything typed by this person is stored: the bar says 保存済み. */
export const saved = async p => {
  await p.page.locator('[data-testid=connection-bar][data-state=saved]').waitFor({ timeout: WAIT })
}

/** What is visible on the page. Values of fields are part of it: a reader sees them, too. */
export const shown = p => p.page.evaluate(() => document.body.innerText + '\n' +
  [...document.querySelectorAll('input, textarea')].map(e => e.value).join('\n'))

/** Press a key until the focus is where one wants to be, once that is on the page; fails when it is not reached. */
const walk = async (p, key, where, most = 60) => {
  await p.page.locator(where).first().waitFor({ state: 'attached', timeout: WAIT })
  for (let i = 0; i < most; i++) {
    if (await p.page.evaluate(sel => document.activeElement?.matches(sel) ?? false, where)) return
    await p.page.keyboard.press(key)
  }
  throw new Error(`${p.name}: ${where} is not reached by ${key}`)
}
export const tabTo = (p, where) => walk(p, 'Tab', where)

/** The cell of the matrix in the row whose 支援項目 contains `row`, in the column of an agency. */
export const cell = async (p, row, agency) => {
  const matrix = get(p, 'matrix')
  await matrix.locator('thead th[title]').first().waitFor({ timeout: WAIT })
  const column = (await matrix.locator('thead th[title]').evaluateAll(heads => heads.map(h => h.title))).indexOf(agency)
  assert.ok(column >= 0, `${p.name}: the matrix has no column for ${agency}`)
  return matrix.locator('tbody tr').filter({ has: p.page.locator('th', { hasText: row }) }).locator(`[role=gridcell][data-col="${column}"]`)
}

/** Go to a cell of the matrix with the arrow keys and open it with Enter. */
export const openCell = async (p, row, agency) => {
  const target = await cell(p, row, agency)
  await target.waitFor({ timeout: WAIT })
  await p.page.locator('[data-testid=matrix] [role=gridcell][tabindex="0"]').focus()
  const at = () => p.page.evaluate(() => ({ row: Number(document.activeElement?.dataset.row), col: Number(document.activeElement?.dataset.col) }))
  const want = { row: Number(await target.getAttribute('data-row')), col: Number(await target.getAttribute('data-col')) }
  for (let here = await at(), i = 0; here.row !== want.row || here.col !== want.col; here = await at()) {
    assert.ok(i++ < 60, `${p.name}: the arrows do not lead to ${row} / ${agency}`)
    await p.page.keyboard.press(here.row < want.row ? 'ArrowDown' : here.row > want.row ? 'ArrowUp' : here.col < want.col ? 'ArrowRight' : 'ArrowLeft')
  }
  await p.page.keyboard.press('Enter')
  await get(p, 'cell-dialog').waitFor({ timeout: WAIT })
}

/** Fill the open cell by keyboard alone; only what is given. */
export const fillCell = async (p, { code, content, limits, who, due }) => {
  if (code) {
    await tabTo(p, `[data-testid=code-${code}]`)
    await p.page.keyboard.press('Space')
    await p.page.locator(`[data-testid=code-${code}][aria-pressed=true]`).waitFor({ timeout: WAIT })
  }
  if (content) { await tabTo(p, '[data-testid=cell-content]'); await p.compose([content.slice(0, 2)], content) }
  if (limits) { await tabTo(p, '[data-testid=cell-limits]'); await p.compose([limits.slice(0, 2)], limits) }
  if (who) { await tabTo(p, '[data-testid=cell-who]'); await p.page.keyboard.insertText(who) }
  if (due) { await tabTo(p, '[data-testid=cell-due]'); await p.page.keyboard.press('Control+a'); await p.page.keyboard.type(due); await p.page.keyboard.press('Tab') }
}

/** Answer the open cell by keyboard: 引受, 条件付き, 持ち帰り, 辞退. */
export const answerCell = async (p, answer, { reason, due } = {}) => {
  await tabTo(p, `[data-testid=answer-${answer}]`)
  await p.page.keyboard.press('Space')
  if (reason) { await tabTo(p, '[data-testid=answer-reason]'); await p.page.keyboard.insertText(reason) }
  if (due) { await tabTo(p, '[data-testid=answer-due]'); await p.page.keyboard.press('Control+a'); await p.page.keyboard.type(due); await p.page.keyboard.press('Tab') }
  await sendAnswer(p)
}

export const sendAnswer = async p => {
  await p.page.locator('[data-testid=answer-send]:not([aria-disabled])').waitFor({ timeout: WAIT })
  await tabTo(p, '[data-testid=answer-send]')
  await p.page.keyboard.press('Space')
}

export const answeredCell = async (p, label) =>
  p.page.locator('[data-testid=answer-panel] .chip', { hasText: label }).waitFor({ timeout: WAIT })

export const closeDialog = async p => {
  await p.page.keyboard.press('Escape')
  await p.page.locator('dialog[open]').waitFor({ state: 'detached', timeout: WAIT })
}

/** The agency's answer to the frozen plan. */
export const answerPlan = async (p, answer, { reason, part, instead } = {}) => {
  await tab(p, 'course')
  await press(p, `seat-answer-${answer}`)
  if (reason) await get(p, 'seat-reason').fill(reason)
  if (part) await get(p, 'seat-part').fill(part)
  if (instead) await get(p, 'seat-instead').fill(instead)
  await press(p, 'seat-answer-send')
  await get(p, 'my-answer').waitFor({ timeout: WAIT })
}

/** Put the cursor into a long text of the plan and wait for the editor. */
export const intoNarrative = async (p, id, place = 'End') => {
  await get(p, id).click({ timeout: WAIT })
  const editor = p.page.locator(`[data-testid=${id}] .cm-content`)
  await editor.waitFor({ timeout: WAIT })
  await until(`${p.name} stands in ${id}`, () => editor.evaluate(e => e.contains(document.activeElement) || e === document.activeElement))
  await p.page.keyboard.press(`Control+${place}`)
}

/** A new row of the minutes, typed with an IME: 決定事項, 発言要旨, 宿題 … */
export const addRow = async (p, kind, no, text, { person, item } = {}) => {
  if (item) {
    if (person !== undefined) await get(p, 'place-person').selectOption({ label: person })
    await get(p, 'place-item').selectOption(item)
  }
  await press(p, `add-${kind}`)
  const field = get(p, `${kind}-${no}-text`)
  await field.waitFor({ timeout: WAIT })
  await field.focus()
  await p.compose([text.slice(0, 3)], text)
  await until(`${p.name} typed ${kind} ${no}`, async () => (await field.inputValue()) === text)
}

/** Take a file the browser offers for download. */
export const download = async (p, locator) => {
  const [file] = await Promise.all([p.page.waitForEvent('download', { timeout: WAIT }), locator.click()])
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

/** Hold the requests for an act until `n` people have sent theirs, then let all go at once. */
export const together = async (people, act) => {
  let here = 0
  let go
  const all = new Promise(resolve => { go = resolve })
  for (const p of people) {
    await p.page.route('**/acts', async route => {
      if (!route.request().postData()?.includes(`"act":"${act}"`)) return route.continue()
      if (++here === people.length) go()
      await all
      await route.continue()
    })
  }
  return async () => { for (const p of people) await p.page.unroute('**/acts') }
}

/** How long (ms) from now until a text is on none of the pages; polled every few milliseconds. */
export const vanish = async (people, text, most = 10000) => {
  const begun = performance.now()
  return Promise.all(people.map(async p => {
    for (;;) {
      if (!(await shown(p)).includes(text)) return { who: p.name, ms: Math.round(performance.now() - begun) }
      if (performance.now() - begun > most) return { who: p.name, ms: Infinity }
      await sleep(10)
    }
  }))
}
