// The hour of a meeting: the chair's panel, 一巡, 挙手, 保留, 地域課題メモ, following the chair, keys, the screens of the room.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, Person } from '../lib/browser.mjs'
import { get, press, signIn, status, tab } from '../lib/room.mjs'
import { until } from '../lib/proc.mjs'
import { kasane } from '../lib/kasane.mjs'

const TITLE = '初回プランの協議'
let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

const text = async (p, id) => (await get(p, id).first().innerText()).trim()
const says = (p, id, what) => until(`${p.name}: ${id} says ${what}`, async () => (await text(p, id).catch(() => '')).includes(what))

test('the hour of a meeting', { timeout: 180000 }, async t => {
  const node = await kasane()
  const [chair, agency] = await Promise.all(['chair', 'agency'].map(n => Person.sit(browser, n, node.url)))
  try {
    for (const p of [chair, agency]) p.page.setDefaultTimeout(20000)
    await signIn(chair, 'kaicho')
    await signIn(agency, 'houkatsu')
    await chair.page.getByRole('link', { name: '会議', exact: true }).click()
    const href = await chair.page.locator('a[data-testid^="meeting-"]', { hasText: TITLE }).last().getAttribute('href')
    for (const p of [chair, agency]) {
      await p.page.goto(href)
      await get(p, 'room').waitFor()
    }
    await press(chair, 'act-reception')
    await status(chair, 'reception')
    for (const p of [chair, agency]) {
      await press(p, 'enter-room')
    }
    await press(chair, 'act-open')
    await status(chair, 'open')
    await status(agency, 'open')

    await t.test('the panel of the chair is in sight without scrolling', async () => {
      for (const id of ['next-step', 'panel-phase', 'panel-total', 'panel-blockers', 'panel-waits', 'tab-course']) {
        const box = await get(chair, id).first().boundingBox()
        assert.ok(box && box.y + box.height <= 768, `${id} ends at ${box && box.y + box.height}`)
      }
      assert.match(await text(chair, 'panel-phase'), /0分／予定5分/)
      assert.equal(await get(agency, 'chair-panel').count(), 0)
      await chair.shot('during-panel')
    })

    await t.test('screens follow the chair, look around and come back', async () => {
      await tab(chair, 'minutes')
      await agency.page.locator('[data-testid=tab-minutes][aria-selected=true]').waitFor()
      await says(agency, 'room-news', '議長が「会議録」を表示しました')
      await tab(agency, 'people')
      await get(agency, 'follow-bar').waitFor()
      await agency.shot('during-roam')
      await agency.page.keyboard.press('f')
      await agency.page.locator('[data-testid=tab-minutes][aria-selected=true]').waitFor()
      await tab(chair, 'course')
      await agency.page.locator('[data-testid=tab-course][aria-selected=true]').waitFor()
    })

    await t.test('a raised hand by key; never while somebody types', async () => {
      await agency.page.keyboard.press('h')
      await says(chair, 'panel-waits', '発言')
      await says(chair, 'room-news', '挙手（発言）')
      await agency.page.keyboard.press('h')
      await until('the hand is down', async () => !(await text(chair, 'panel-waits')).includes('発言'))
      await agency.page.keyboard.press('p')
      await get(agency, 'note-text').fill('')
      await get(agency, 'note-text').press('h')
      await agency.page.keyboard.insertText('鍵の預け先')
      assert.equal(await get(agency, 'note-text').inputValue(), 'h鍵の預け先')
      await press(agency, 'note-save')
      await says(chair, 'notes', '鍵の預け先')
      await says(chair, 'panel-blockers', '保留が1件')
      await press(agency, 'tool-hand-safety')
      await says(chair, 'panel-waits', '安全上の懸念')
    })

    await t.test('the round', async () => {
      await press(chair, 'turns-start')
      await get(chair, 'turn-now').waitFor()
      await says(agency, 'turns', 'できること')
      await chair.shot('during-round')
      const first = await chair.page.locator('[data-state=speaking]').getAttribute('data-testid')
      await press(chair, 'turn-skip')
      await until('the turn goes on', async () => (await chair.page.locator('[data-state=speaking]').getAttribute('data-testid')) !== first)
      assert.equal(await get(chair, first).getAttribute('data-state'), 'skipped')
      await chair.page.keyboard.press('t')
      await until('who was put off comes again', async () => (await get(chair, first).getAttribute('data-state')) === 'speaking')
      await press(chair, 'turns-end')
      await get(chair, 'turns-start').waitFor()
    })

    await t.test('memos of the region, and what is parked is carried over', async () => {
      await chair.page.keyboard.press('l')
      await get(chair, 'note-text').fill('夜間に動ける見守りがない')
      await get(chair, 'note-share').check()
      await chair.shot('during-local')
      await press(chair, 'note-save')
      await says(agency, 'notes', '夜間に動ける見守りがない')
      await press(chair, 'note-carry')
      await get(chair, 'note-reason').fill('時間切れ')
      await press(chair, 'note-carry-do')
      await says(agency, 'notes', '次回へ')
      await chair.shot('during-notes')
    })

    await t.test('the keys can be looked up and switched off', async () => {
      await chair.page.locator('body').press('?')
      await get(chair, 'keys-dialog').waitFor()
      await chair.shot('during-keys')
      await get(chair, 'keys-on').uncheck()
      await press(chair, 'dialog-close')
      await chair.page.keyboard.press('p')
      assert.equal(await get(chair, 'note-dialog').count(), 0)
    })
    assert.deepEqual([...chair.errors, ...agency.errors], [])
  } catch (error) {
    await Promise.all([chair, agency].map(p => p.shot(`failed-during-${p.name}`).catch(() => {})))
    throw error
  } finally {
    await Promise.all([chair.leave(), agency.leave()])
    await node.stop()
  }
})
