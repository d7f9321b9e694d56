// Each role walks through its pages with nothing but the keyboard: every control of every page is reached by Tab in order, shows that it has the focus,
// and lets it go again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { kasane } from '../lib/kasane.mjs'

const ROLES = { kaicho: '会長・議長', minsei: '支援関係機関', jimukyoku: '事務局', shukan: '市所管課', kiroku: '文書担当', kansa: '監査', kanri: 'システム管理者' }

/** What can be worked with on the page now, in the order of the page. Of radio buttons and tabs of one group only the chosen one has a Tab stop. */
const controls = page => page.evaluate(() => {
  const seen = el => {
    const s = getComputedStyle(el)
    return s.visibility !== 'hidden' && s.display !== 'none' && el.getClientRects().length > 0 && !el.closest('[inert],[hidden]')
  }
  const all = [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex],[contenteditable=true]')]
    .filter(el => el.tabIndex >= 0 && !el.disabled && seen(el) && !(el.closest('details:not([open])') && !el.closest('summary')))
  all.forEach((el, i) => { el.dataset.walk = String(i) })
  return all.length
})

/**
 * Presses Tab through the page, once round; gives what was never reached, and what does not show its focus. The walk ends where it began, not after
 * a number of steps: a field for a date has several stops inside.
 */
async function tabThrough (p) {
  await p.still()
  const { page } = p
  const count = await controls(page)
  const reached = new Set()
  const pale = []
  await page.evaluate(() => { document.activeElement?.blur(); window.getSelection()?.removeAllRanges() })
  let first, before
  for (let i = 0; i < count * 6 + 25 && reached.size < count; i++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const el = document.activeElement
      if (!el || el === document.body) return null
      const s = getComputedStyle(el)
      const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2
      return { walk: el.dataset.walk, ring, name: (el.getAttribute('aria-label') || el.textContent || el.name || el.tagName).trim().slice(0, 30) }
    })
    if (at?.walk !== undefined) {
      if (at.walk === first && before !== first) break
      first ??= at.walk
      before = at.walk
      reached.add(at.walk)
    }
    if (at && !at.ring) pale.push(at.name)
  }
  const missed = await page.evaluate(got => [...document.querySelectorAll('[data-walk]')].filter(el => !got.includes(el.dataset.walk))
    .filter(el => !(el.type === 'radio')).map(el => `${el.tagName} ${(el.getAttribute('aria-label') || el.textContent || '').trim().slice(0, 40)}`), [...reached])
  return { count, missed, pale: [...new Set(pale)] }
}

/** Follows a link found by its address, by keyboard. */
async function follow (page, href) {
  await page.locator(`a[href="${href}"]:visible`).first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(u => u.pathname === href)
  await page.waitForTimeout(400)
}

async function look (t, p, role) {
  const { count, missed, pale } = await tabThrough(p)
  const where = new URL(p.page.url()).pathname.replace(/[0-9a-z]{26}/g, '…')
  assert.ok(count > 3, `${role} ${where}: ${count} controls`)
  assert.deepEqual(missed, [], `${role} ${where}: not reached by Tab`)
  assert.deepEqual(pale, [], `${role} ${where}: no focus to be seen`)
  t.diagnostic(`${role} ${where}: ${count} controls`)
}

test('every role, every page, by keyboard', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const browser = await launch()
  t.after(() => browser.close())
  for (const [login, role] of Object.entries(ROLES)) {
    const p = await Person.sit(browser, login, node.url)
    const { page } = p
    await page.goto('/')
    await page.getByTestId(`demo-${login}`).focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('password').focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('who').waitFor()
    await page.waitForTimeout(600)
    await look(t, p, role)
    const links = await page.locator('header nav a').evaluateAll(l => l.map(a => a.getAttribute('href')))
    for (const href of links) {
      await follow(page, href)
      await look(t, p, role)
      // one page deeper: the first case or meeting of the list
      const inside = await page.locator('main a').evaluateAll(l => l.map(a => a.getAttribute('href')).find(h => /^\/(cases|meetings)\/[0-9a-z]{20,}$/.test(h ?? '')))
      if (inside) {
        await follow(page, inside)
        await page.waitForTimeout(800)
        await look(t, p, role)
      }
    }
    await follow(page, '/account')
    await look(t, p, role)
    assert.deepEqual(p.errors, [], role)
    await p.leave()
  }
})

test('a guest by link, by keyboard', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const desk = await person(node.url, 'jimukyoku')
  const { meetings } = await desk.get('/api/meetings')
  const met = meetings.find(m => ['draft', 'reception', 'open'].includes(m.status) && m.mode === 'layered') ?? meetings[0]
  const { agencies } = await desk.get('/api/agencies')
  const invited = await desk.post(`/api/meetings/${met.id}/guests`, { name: '髙橋 𠮷郎', kana: 'たかはし よしろう', agencyId: agencies[0].id, post: '医師' })
  const browser = await launch()
  t.after(() => browser.close())
  const p = await Person.sit(browser, 'guest', node.url)
  const { page } = p
  await page.goto(new URL(invited.url).pathname + new URL(invited.url).hash)
  await page.getByTestId('join-pin').waitFor()
  await look(t, p, '招待された人')
  for (const [id, text] of [['join-pin', invited.pin], ['join-name', '髙橋 𠮷郎'], ['join-agency', agencies[0].name]]) {
    await page.getByTestId(id).focus()
    await page.keyboard.insertText(text)
  }
  await page.getByTestId('join-secrecy').focus()
  await page.keyboard.press('Space')
  await page.getByTestId('join-enter').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('who').waitFor()
  await page.waitForTimeout(800)
  await look(t, p, '招待された人')
  await p.shot('walk-guest')
})

test('the walk itself sees a hidden focus and a trap', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const browser = await launch()
  t.after(() => browser.close())
  const p = await Person.sit(browser, 'x', node.url)
  const { page } = p
  await page.goto('/')
  await page.getByTestId('sign-in').waitFor()
  assert.deepEqual((await tabThrough(p)).missed, [])
  await page.evaluate(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('#x, button { outline: none !important; }'); document.adoptedStyleSheets = [sheet] })
  assert.notDeepEqual((await tabThrough(p)).pale, [])
  await page.evaluate(() => document.querySelector('[data-testid=password]').addEventListener('keydown', e => { if (e.key === 'Tab') e.preventDefault() }))
  assert.notDeepEqual((await tabThrough(p)).missed, [])
})
