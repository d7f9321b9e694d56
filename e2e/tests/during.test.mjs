// The hour of a meeting: the chair's panel, 一巡, 挙手, 保留, 地域課題メモ, following the chair, keys, the screens of the room.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, out, Person } from '../lib/browser.mjs'
import { closeDialog, get, press, signIn, status, tab } from '../lib/room.mjs'
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
  const phone = await Person.sit(browser, 'phone', node.url, { width: 360, height: 740 })
  try {
    for (const p of [chair, agency, phone]) p.page.setDefaultTimeout(20000)
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

    await t.test('the screens of the room: for all, for the person, for the recorder', async () => {
      await press(agency, 'tool-hand-safety')
      const wall = await chair.context.newPage()
      const see = async (kind, name) => {
        await wall.goto(`${href}/screen${kind ? `?kind=${kind}` : ''}`)
        await wall.locator(`[data-testid=screen][data-kind=${kind || 'room'}][data-status=open]`).waitFor()
        await wall.waitForTimeout(500)
        await wall.screenshot({ path: `${out}during-${name}.png` })
        return wall.evaluate(() => document.body.innerText)
      }
      const room = await see('', 'screen-room')
      assert.match(room, /安全上の懸念/)
      const recorder = await see('recorder', 'screen-recorder')
      assert.match(recorder, /鍵の預け先/)
      const person = await see('person', 'screen-person')
      for (const inner of ['安全上の懸念', '鍵の預け先', '夜間に動ける', '山\uFA11', 'キヨ', '何から始めるか']) {
        assert.ok(!person.includes(inner), `the screen for the person shows ${inner}`)
      }
      await wall.close()
    })

    await t.test('a phone joins by the link of the QR code, at 360 px', async () => {
      await tab(chair, 'people')
      await get(chair, 'conference-url').fill('http://meet.example.lg.jp/')
      await press(chair, 'conference-save')
      await chair.page.getByText('https:// で始まる、').first().waitFor()
      await get(chair, 'conference-url').fill('https://meet.example.lg.jp/room')
      await press(chair, 'conference-save')
      await get(chair, 'conference').waitFor()
      await press(chair, 'invite')
      await get(chair, 'guest-name').fill('白石 弘')
      await get(chair, 'guest-kana').fill('しらいし ひろし')
      await get(chair, 'guest-agency').selectOption({ index: 3 })
      const office = await get(chair, 'guest-agency').evaluate(e => e.selectedOptions[0].text)
      await press(chair, 'guest-make')
      await until('the QR code is drawn', () => get(chair, 'guest-qr').evaluate(i => i.complete && i.naturalWidth === 300))
      await chair.shot('during-qr')
      const url = await get(chair, 'guest-url').innerText()
      const pin = await get(chair, 'guest-pin').innerText()
      await closeDialog(chair)
      await phone.page.goto(url)
      await says(phone, 'device-sum', 'この端末で参加できます')
      await phone.shot('during-phone-join')
      await get(phone, 'join-pin').fill(pin)
      await get(phone, 'join-name').fill('白石 弘')
      await get(phone, 'join-agency').fill(office)
      await get(phone, 'join-secrecy').check()
      await press(phone, 'join-enter')
      await status(phone, 'open')
      await phone.shot('during-phone-room')
      await press(phone, 'tool-hand-ask')
      await says(chair, 'panel-waits', '白石 弘')
      assert.equal(await get(phone, 'conference').getAttribute('rel'), 'noopener noreferrer')
      const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(wide <= 360, `the room is ${wide} px wide on a phone`)
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
    assert.deepEqual([...chair.errors, ...agency.errors, ...phone.errors].filter(e => !e.includes('422')), [])
  } catch (error) {
    await Promise.all([chair, agency, phone].map(p => p.shot(`failed-during-${p.name}`).catch(() => {})))
    throw error
  } finally {
    await Promise.all([chair.leave(), agency.leave(), phone.leave()])
    await node.stop()
  }
})
