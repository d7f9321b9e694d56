// Two pairs of hands for one course of things: the pointer, and the keyboard alone. A scenario says what is pressed and written; the hands
// say how. The keyboard never clicks and is never given the focus by a script: it walks there, as its owner has to.
import { until } from './proc.mjs'
import { download, get } from './room.mjs'

const WAIT = 30000
const byId = id => `[data-testid="${id}"]`
/** A button that can be used now; until then it says why not. */
const ready = id => `${byId(id)}:not([aria-disabled])`

/** Japanese as an IME gives it: a few letters on the way, then the sentence. */
const write = (p, text) => /[^\x00-\x7f]/.test(text) ? p.compose([text.slice(0, 1), text.slice(0, 2)], text) : p.page.keyboard.type(text)

/** What a field holds, whatever kind of field it is. */
const holds = (p, id, text) => until(`${p.name}: ${id} holds ${text}`, async () => {
  const el = get(p, id).first()
  return (await el.evaluate(e => 'value' in e ? e.value : e.innerText)).includes(text)
}, 5000)

/** A pointer: clicks where things are, types when they have the focus. On a phone it is a finger. */
export class Mouse {
  name = 'mouse'

  async press (p, id) {
    const el = p.page.locator(ready(id)).first()
    await (p.phone ? el.tap({ timeout: WAIT }) : el.click({ timeout: WAIT }))
  }

  /** A link, found by its words. */
  async follow (p, name) { await p.page.getByRole('link', { name, exact: true }).first().click({ timeout: WAIT }) }

  async type (p, id, text) {
    await this.press(p, id)
    await p.page.keyboard.press('Control+a')
    await write(p, text)
    await holds(p, id, text)
  }

  async date (p, id, text) {
    await this.press(p, id)
    await p.page.keyboard.press('Control+a')
    await p.page.keyboard.type(text)
    await p.page.keyboard.press('Tab')
  }

  /** The list of a native select is drawn by the system, out of a test's reach; its choice is made as the list would make it. */
  async choose (p, id, option) { await get(p, id).first().selectOption(option, { timeout: WAIT }) }

  async tick (p, id) { await this.press(p, id) }
  async tab (p, id) { await this.press(p, `tab-${id}`) }

  async cell (p, id) {
    await this.press(p, id)
    await get(p, 'cell-dialog').waitFor({ timeout: WAIT })
  }

  async narrative (p, id, text) {
    await this.press(p, id)
    await inEditor(p, id)
    await p.page.keyboard.press('Control+End')
    await write(p, text)
  }

  async hand (p) { await this.press(p, await get(p, 'tool-hand-down').count() ? 'tool-hand-down' : 'tool-hand-speak') }
  async park (p) { await this.press(p, 'tool-park') }
  async nextPhase (p) { await this.press(p, 'act-phase') }
  async nextTurn (p) { await this.press(p, 'turn-next') }
  async back (p) { await this.press(p, 'follow-back') }
  async leaveDialog (p) { await this.press(p, 'dialog-close') }
  download (p, id) { return download(p, get(p, id).first()) }
}

/** Waits until the editor of a long text has come and has the caret. */
const inEditor = (p, id) => until(`${p.name} stands in ${id}`,
  () => p.page.evaluate(sel => Boolean(document.querySelector(sel)?.querySelector('.cm-content')?.contains(document.activeElement)), byId(id)))

/** The keyboard: Tab, arrows, Enter, Space, the shortcuts of the room. */
export class Keys {
  name = 'keyboard'

  /** Walks to an element by Tab or Shift+Tab, whichever leads there, as one would who sees it. */
  async reach (p, sel) {
    await p.page.locator(sel).first().waitFor({ timeout: WAIT })
    for (let tries = 0; tries < 40; tries++) {
      const way = await p.page.evaluate(distance, sel)
      if (way === 0) return
      const key = way > 0 ? 'Tab' : 'Shift+Tab'
      for (let i = Math.max(1, Math.abs(way) - tries); i > 0; i--) await p.page.keyboard.press(key)
    }
    const at = await p.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))
    throw new Error(`${p.name}: ${sel} is not reached by Tab; the focus stands on ${at}`)
  }

  async press (p, id) {
    await this.reach(p, ready(id))
    await p.page.keyboard.press('Enter')
  }

  async follow (p, name) {
    const link = p.page.getByRole('link', { name, exact: true }).first()
    await link.waitFor({ timeout: WAIT })
    await this.reach(p, `a[href="${await link.getAttribute('href')}"]`)
    await p.page.keyboard.press('Enter')
  }

  async type (p, id, text) {
    await this.reach(p, byId(id))
    await p.page.keyboard.press('Control+a')
    await write(p, text)
    await holds(p, id, text)
  }

  async date (p, id, text) {
    await this.reach(p, byId(id))
    await p.page.keyboard.press('Control+a')
    await p.page.keyboard.type(text)
    await p.page.keyboard.press('Tab')
  }

  /** The arrows go through the options; a closed list takes them at once. */
  async choose (p, id, option) {
    await this.reach(p, byId(id))
    // what there is to choose may hang on what somebody else has just done: a person waits until it is there, as the mouse does
    let where
    await until(`${p.name}: ${id} has an option ${JSON.stringify(option)}`, async () => {
      where = await get(p, id).first().evaluate((el, want) => {
        const at = [...el.options].findIndex(o => typeof want === 'string' ? o.value === want : o.text === want.label)
        return { at, now: el.selectedIndex }
      }, option)
      return where.at >= 0
    }, 5000)
    const key = where.at > where.now ? 'ArrowDown' : 'ArrowUp'
    for (let i = Math.abs(where.at - where.now); i > 0; i--) await p.page.keyboard.press(key)
    // by what is chosen, not by its place: a first line that only asks to choose is gone by then
    await until(`${p.name}: ${id} has changed`, () => get(p, id).first().evaluate((el, want) => typeof want === 'string' ? el.value === want : el.selectedOptions[0].text === want.label, option), 5000)
  }

  async tick (p, id) {
    await this.reach(p, byId(id))
    await p.page.keyboard.press('Space')
  }

  /** One of a few: Tab to the group, then the arrows. */
  async pick (p, group, value) {
    const want = p.page.locator(byId(`${group}-${value}`))
    await want.waitFor({ timeout: WAIT })
    await this.reach(p, `[data-testid^="${group}-"]`)
    await p.page.keyboard.press('Space')
    for (let i = 0; i < 12 && !await want.isChecked(); i++) await p.page.keyboard.press('ArrowDown')
    if (!await want.isChecked()) throw new Error(`${p.name}: the arrows do not choose ${value} of ${group}`)
  }

  /** To an element that a locator finds, by Tab. */
  async walkTo (p, found) {
    await found.waitFor({ timeout: WAIT })
    await found.evaluate(e => { e.dataset.wanted = '' })
    await this.reach(p, '[data-wanted]')
    await found.evaluate(e => { delete e.dataset.wanted })
  }

  /** To a field found by its name, as its reader finds it. */
  async named (p, label, within = 'body') {
    const field = p.page.locator(within).getByLabel(label).and(p.page.locator('input, select, textarea')).first()
    await this.walkTo(p, field)
    return field
  }

  /** A button found by its words, among what is shown under `within`. */
  async pressNamed (p, name, within = 'body') {
    await this.walkTo(p, p.page.locator(within).getByRole('button', { name, exact: true }).first())
    await p.page.keyboard.press('Enter')
  }

  async typeIn (p, label, text, within) {
    const field = await this.named(p, label, within)
    await p.page.keyboard.press('Control+a')
    await write(p, text)
    await until(`${p.name}: ${label} holds ${text}`, async () => (await field.inputValue()).includes(text), 5000)
  }

  async chooseIn (p, label, option, within) {
    const field = await this.named(p, label, within)
    const { at, now } = await field.evaluate((el, want) => ({ at: [...el.options].findIndex(o => o.text === want), now: el.selectedIndex }), option)
    if (at < 0) throw new Error(`${p.name}: ${label} has no option ${option}`)
    for (let i = Math.abs(at - now); i > 0; i--) await p.page.keyboard.press(at > now ? 'ArrowDown' : 'ArrowUp')
    await until(`${p.name}: ${label} is ${option}`, () => field.evaluate((el, want) => el.selectedOptions[0].text === want, option), 5000)
  }

  async tickIn (p, label, within) {
    await this.named(p, label, within)
    await p.page.keyboard.press('Space')
  }

  /** One Tab stop for all tabs of a list; the arrows choose. */
  async tab (p, id) {
    const tab = byId(`tab-${id}`)
    await p.page.locator(tab).first().waitFor({ timeout: WAIT })
    const steps = await p.page.evaluate(sel => {
      const to = document.querySelector(sel)
      const list = [...to.closest('[role=tablist]').querySelectorAll('[role=tab]')]
      const from = list.findIndex(t => t.getAttribute('aria-selected') === 'true')
      return { by: list.indexOf(to) - from, from: list[from].dataset.testid }
    }, tab)
    await this.reach(p, byId(steps.from))
    for (let i = Math.abs(steps.by); i > 0; i--) await p.page.keyboard.press(steps.by > 0 ? 'ArrowRight' : 'ArrowLeft')
    await p.page.locator(`${tab}[aria-selected=true]`).first().waitFor({ timeout: WAIT })
  }

  /** One Tab stop for the whole matrix; the arrows lead to the cell, Enter opens it. */
  async cell (p, id) {
    await p.page.locator(byId(id)).waitFor({ timeout: WAIT })
    await this.reach(p, '[data-testid=matrix] [role=gridcell][tabindex="0"]')
    const at = sel => p.page.evaluate(s => { const e = s ? document.querySelector(s) : document.activeElement; return { row: Number(e.dataset.row), col: Number(e.dataset.col) } }, sel)
    const want = await at(byId(id))
    for (let here = await at(null), i = 0; here.row !== want.row || here.col !== want.col; here = await at(null)) {
      if (i++ > 40) throw new Error(`${p.name}: the arrows do not lead to ${id}`)
      await p.page.keyboard.press(here.row < want.row ? 'ArrowDown' : here.row > want.row ? 'ArrowUp' : here.col < want.col ? 'ArrowRight' : 'ArrowLeft')
    }
    await p.page.keyboard.press('Enter')
    await get(p, 'cell-dialog').waitFor({ timeout: WAIT })
  }

  /** To the text by Tab: the editor comes with the focus. */
  async narrative (p, id, text) {
    await this.reach(p, `${byId(id)}, ${byId(id)} .cm-content`)
    await inEditor(p, id)
    await p.page.keyboard.press('Control+End')
    await write(p, text)
  }

  /** Single keys work wherever nobody types: from a button of the page, here. */
  async key (p, key) {
    const typing = await p.page.evaluate(() => Boolean(document.activeElement?.closest('input, textarea, select, [contenteditable], [role=grid]')))
    if (typing) await this.reach(p, byId('tool-keys'))
    await p.page.keyboard.press(key)
  }

  async hand (p) { await this.key(p, 'h') }
  async park (p) { await this.key(p, 'p') }
  async nextPhase (p) { await this.key(p, 'n') }
  async nextTurn (p) { await this.key(p, 't') }
  async back (p) { await this.key(p, 'f') }

  async leaveDialog (p) { await p.page.keyboard.press('Escape') }

  async download (p, id) {
    await this.reach(p, byId(id))
    const [file] = await Promise.all([p.page.waitForEvent('download', { timeout: WAIT }), p.page.keyboard.press('Enter')])
    return { name: file.suggestedFilename() }
  }
}

/** In the page: how many Tab stops lie between the focus and the element; negative when it lies before, 0 when it has the focus. */
const distance = sel => {
  const active = document.activeElement
  const shown = el => {
    const s = getComputedStyle(el)
    return s.visibility !== 'hidden' && s.display !== 'none' && el.getClientRects().length > 0 && !el.closest('[inert],[hidden]')
  }
  const scope = document.querySelector('dialog[open]') ?? document
  const target = [...scope.querySelectorAll(sel)].find(shown)
  if (!target) return 1
  if (active === target || target.contains(active)) return 0
  const stops = [...scope.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex],[contenteditable=true]')]
    .filter(el => el.tabIndex >= 0 && !el.disabled && shown(el) && (el.type !== 'radio' || el.checked || !el.name))
  const to = stops.indexOf(target)
  if (to < 0) return 1
  if (!active || active === document.body) return 1 // where the walk goes on from is known to the browser alone
  const from = stops.findIndex(el => el === active || active.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING)
  if (from < 0) return to - stops.length
  return stops[from] === active ? to - from : to >= from ? to - from + 1 : to - from
}
