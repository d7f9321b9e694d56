// The cable is pulled in mid-sentence: nothing is lost on either side, and nothing unsent is ever shown to, or sent as, anybody else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { cable } from '../lib/cable.mjs'
import { kasane } from '../lib/kasane.mjs'
import { sleep, until } from '../lib/proc.mjs'
import { download, get, intoNarrative, press, saved, shown, signIn, tab } from '../lib/room.mjs'
import { openMeeting, smallCase } from '../lib/small.mjs'

/** How long the cable is out (s). `make soak` has the full ten minutes. */
const OUT = Number(process.env.KASANE_CABLE_SECONDS ?? 45)
const FIELD = 'narrative-situation'

const bar = (p, state, ms = 30000) => p.page.locator(`[data-testid=connection-bar][data-state=${state}]`).waitFor({ timeout: ms })
const online = (p, ms = 60000) => p.page.locator('[data-testid=connection-bar][data-online=true]').waitFor({ timeout: ms })
const text = async p => (await get(p, FIELD).innerText()).trim() // the caret of another ends a line
const count = (whole, part) => whole.split(part).length - 1

/** A node, a small case whose meeting is in session, a browser. */
const house = async t => {
  const node = await kasane()
  const browser = await launch()
  t.after(async () => { await browser.close(); await node.kill() })
  const s = await smallCase(node.url)
  await openMeeting(s)
  return { node, browser, s, path: `/meetings/${s.meetingId}` }
}

/** Go to the plan of the meeting. */
const toPlan = async (p, path) => {
  await p.page.goto(path)
  await tab(p, 'plan')
  await get(p, FIELD).waitFor()
}

/** Somebody at the plan. */
const atPlan = async (browser, name, url, login, path) => {
  const p = await Person.sit(browser, name, url)
  await signIn(p, login)
  await toPlan(p, url + path)
  await saved(p)
  return p
}

/** The text as it is stored. */
const stored = async s => {
  const { docs } = await s.desk.get(`/api/plans/${s.planId}?meeting=${s.meetingId}`)
  const ref = docs.find(d => d.item === 'basic' && d.personId === '') ?? docs.find(d => d.item === 'basic')
  const o = await s.desk.open(ref.doc, { context: s.meetingId })
  const whole = o.document.getText('t:situation').toString()
  o.close()
  return whole
}

for (const how of ['hole', 'reset']) {
  test(`the cable is pulled for ${OUT} s in mid-sentence (${how})`, { timeout: (OUT + 120) * 1000 }, async t => {
    const { node, browser, s, path } = await house(t)
    const line = await cable(node.port)
    t.after(() => line.close())
    const away = await atPlan(browser, 'houkatsu', line.url, 'houkatsu', path)
    const here = await atPlan(browser, 'jimukyoku', node.url, 'jimukyoku', path)
    await intoNarrative(away, FIELD)
    await away.compose(['さいしょ'], '最初の文。')
    await saved(away)
    await until('the other reads it', async () => (await text(here)).includes('最初の文。'))

    // In the middle of a composition.
    await away.cdp.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
    line.pull(how)
    const begun = performance.now()
    await away.compose(['にほんご', '日本語'], '〔切れた時の文〕')
    await bar(away, 'unsent')
    await intoNarrative(here, FIELD)
    const mine = ['〔切れた時の文〕']
    const theirs = []
    // Both go on until the cable is back: a sentence every few seconds, at most sixty.
    const pause = Math.max(2000, OUT * 1000 / 60)
    for (let n = 0; performance.now() - begun < OUT * 1000; n++) {
      const [a, b] = [`〔離れた側${n}〕`, `〔つながる側${n}〕`]
      await away.compose(['はなれた'], a)
      mine.push(a)
      await here.compose(['つながる'], b)
      theirs.push(b)
      await saved(here)
      assert.ok(!(await text(here)).includes(a), 'the cable is out')
      await sleep(Math.min(pause, Math.max(0, OUT * 1000 - (performance.now() - begun))))
    }
    assert.match(await get(away, 'ack-label').innerText(), /^未送信（\d+件・この端末にあります）$/)
    for (const w of mine) assert.equal(count(await text(away), w), 1, `${w} stands where it was typed`)

    line.plug()
    await saved(away)
    await online(away)
    await until('both read the same', async () => {
      const [a, b] = [await text(away), await text(here)]
      if (a !== b) throw new Error(`${JSON.stringify(a)} and ${JSON.stringify(b)}`)
      return true
    })
    const whole = await stored(s)
    for (const w of [...mine, ...theirs, '最初の文。']) assert.equal(count(whole, w), 1, `${w} is there once: ${whole}`)
    assert.equal((await text(away)).trim(), whole.trim())
    assert.ok(!whole.includes('にほん'), 'half a composition is nowhere')
    t.diagnostic(`${how}: ${Math.round((performance.now() - begun) / 1000)} s, ${mine.length} texts on the side without a line, ${theirs.length} on the other, all there once`)
    if (OUT > 60) {
      await get(away, 'late-changes').waitFor()
      const own = await get(away, 'late-own').first().innerText()
      for (const w of mine) assert.ok(own.includes(w), `${w} is listed as late`)
      const others = await get(away, 'late-others').first().innerText()
      for (const w of theirs) assert.ok(others.includes(w) && !own.includes(w), `${w} is listed as the others'`)
      await get(here, 'late-notes').waitFor()
      await press(away, 'late-close')
      await get(away, 'late-changes').waitFor({ state: 'detached' })
    }
    await saved(away)
  })
}

test('typed offline, the tab killed, opened again: it arrives, and is shown as late to both', { timeout: 120000 }, async t => {
  const { node, browser, s, path } = await house(t)
  const line = await cable(node.port)
  t.after(() => line.close())
  const away = await atPlan(browser, 'houkatsu', line.url, 'houkatsu', path)
  const here = await atPlan(browser, 'jimukyoku', node.url, 'jimukyoku', path)
  await intoNarrative(away, FIELD)
  line.pull('reset')
  await away.compose(['おふ'], '〔切れてから書いた〕')
  await bar(away, 'unsent')
  assert.match(await get(away, 'connection-bar').innerText(), /72時間、この端末に残ります/)
  // The browser asks before it lets go of the page; a crash does not ask.
  const asked = new Promise(resolve => away.page.once('dialog', async d => { resolve(d.type()); await d.dismiss() }))
  await away.page.close({ runBeforeUnload: true })
  assert.equal(await asked, 'beforeunload')
  const crashed = away.page
  await crashed.close()

  await intoNarrative(here, FIELD)
  await here.compose(['つづき'], '〔その間の文〕')
  await saved(here)
  line.plug()
  away.page = await away.context.newPage()
  away.page.on('pageerror', e => away.errors.push(String(e)))
  // Another page first: it says what is left, and leads there.
  await away.page.goto(line.url + '/cases')
  await get(away, 'left-draft').waitFor()
  assert.match(await get(away, 'left-draft').innerText(), /まだ送られていない入力があります（1件）/)
  await press(away, 'left-open')
  await tab(away, 'plan')
  await get(away, FIELD).waitFor()
  await until('it is stored', async () => count(await stored(s), '〔切れてから書いた〕') === 1)
  await until('the other reads it', async () => count(await text(here), '〔切れてから書いた〕') === 1)
  await get(away, 'late-changes').waitFor()
  assert.equal(await get(away, 'late-own').innerText(), '〔切れてから書いた〕')
  assert.equal(await get(away, 'late-others').innerText(), '〔その間の文〕')
  await get(here, 'late-notes').getByText('本人').or(get(here, 'late-notes').getByText('「世帯の状況・課題の整理」')).first().waitFor()
  await saved(away)
  await get(away, 'left-draft').waitFor({ state: 'detached' })
  // Nothing of it is left behind: a third opening brings nothing.
  await toPlan(away, line.url + path)
  await saved(away)
  assert.equal(count(await stored(s), '〔切れてから書いた〕'), 1)
  assert.deepEqual(away.errors.filter(e => !/ERR_|WebSocket|Failed to load/.test(e)), [])
})

test('a page that is left, and a second tab: each change is sent once, by whoever answers for it', { timeout: 120000 }, async t => {
  const { node, browser, s, path } = await house(t)
  const line = await cable(node.port)
  t.after(() => line.close())
  const away = await atPlan(browser, 'houkatsu', line.url, 'houkatsu', path)
  const first = away.page
  await intoNarrative(away, FIELD)
  line.pull('reset')
  await away.compose(['おふ'], '〔移る前の文〕')
  await bar(away, 'unsent')
  // To another page of the application; what was typed is still sent, though nobody opens its page again.
  await first.getByRole('link', { name: '会議', exact: true }).click()
  await get(away, FIELD).waitFor({ state: 'detached' })
  line.plug()
  await until('it arrives', async () => count(await stored(s), '〔移る前の文〕') === 1)

  // The line of the first tab alone is down.
  let down = false
  const cut = new Set()
  await first.routeWebSocket(/\/hp$/, ws => {
    if (down) { ws.close(); return }
    ws.connectToServer()
    cut.add(ws)
  })
  await first.route('**/hp/line**', r => down ? r.abort() : r.continue()) // nor by the spare line
  await toPlan(away, line.url + path)
  await saved(away)
  await intoNarrative(away, FIELD)
  down = true
  for (const ws of cut) await ws.close()
  await away.compose(['おふ'], '〔一枚目の文〕')
  await bar(away, 'unsent')
  away.page = await away.context.newPage()
  await toPlan(away, line.url + path)
  await saved(away)
  await sleep(3000) // longer than a page waits before it shows what is left
  assert.equal(await get(away, 'left-draft').count(), 0, 'the first tab answers for it')
  assert.ok(!(await stored(s)).includes('〔一枚目の文〕'))
  // The first tab ends; the next opening in the second sends it.
  await first.close()
  await toPlan(away, line.url + path)
  await until('it arrives', async () => count(await stored(s), '〔一枚目の文〕') === 1)
  await get(away, 'late-changes').waitFor()
  await saved(away)
  assert.equal(count(await stored(s), '〔移る前の文〕'), 1)
})

test('access lost while away: nothing enters the document, the own words are offered, and nobody else of this browser sees them', { timeout: 120000 }, async t => {
  const { node, browser, s, path } = await house(t)
  const line = await cable(node.port)
  t.after(() => line.close())
  const away = await atPlan(browser, 'houkatsu', line.url, 'houkatsu', path)
  const here = await atPlan(browser, 'jimukyoku', node.url, 'jimukyoku', path)
  await intoNarrative(here, FIELD)
  await here.compose(['ほか'], '〔ほかの人の文〕')
  await until('it is read', async () => (await text(away)).includes('〔ほかの人の文〕'))
  await intoNarrative(away, FIELD)
  line.pull('reset')
  await away.compose(['おふ'], '〔送れなかった文〕')
  await bar(away, 'unsent')

  const { persons } = await s.desk.get(`/api/cases/${s.caseId}/consents`)
  const record = persons[0].records[0]
  await s.desk.post(`/api/consents/${record.id}/withdraw`, { agencies: [s.helper.agency], items: [], note: '本人の申し出' })
  line.plug()
  await get(away, 'refusal').getByText('〔送れなかった文〕').waitFor()
  const offered = await get(away, 'refusal').innerText()
  assert.ok(!offered.includes('〔ほかの人の文〕'), 'nothing of others is offered')
  const file = await download(away, get(away, 'kept-download').first())
  assert.match(file.name, /^未送信の入力_\d{8}-\d{4}\.txt$/)
  assert.deepEqual([...file.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  assert.match(file.bytes.toString('utf8'), /〔送れなかった文〕\r\n/)
  assert.ok(!file.bytes.toString('utf8').includes('〔ほかの人の文〕'))
  assert.ok(!(await stored(s)).includes('〔送れなかった文〕'))

  // The same browser, closed and opened again: still offered to its author …
  await away.page.goto(line.url + '/cases')
  await get(away, 'left-draft').waitFor()
  await get(away, 'left-draft').locator('summary').click()
  await get(away, 'left-draft').getByText('〔送れなかった文〕').waitFor()

  // … and to nobody else who signs in with it. The session ends elsewhere, nobody signs out.
  await away.context.clearCookies()
  await signIn(away, 'shukan')
  await away.page.goto(line.url + '/cases')
  await get(away, 'who').waitFor()
  await sleep(3000) // longer than a page waits before it shows what is left
  assert.equal(await get(away, 'left-draft').count(), 0)
  assert.ok(!(await shown(away)).includes('〔送れなかった文〕'))
  const disk = await away.page.evaluate(async () => {
    const open = indexedDB.open('kasane-drafts')
    const db = await new Promise(resolve => { open.onsuccess = () => resolve(open.result) })
    const rows = db.transaction('drafts').objectStore('drafts').getAll()
    return new Promise(resolve => { rows.onsuccess = () => resolve(rows.result.map(r => new TextDecoder().decode(r.sealed) + JSON.stringify(r))) })
  })
  assert.equal(disk.length, 1, 'it is still there')
  assert.ok(!disk.join().includes('送れなかった'), 'and sealed')
  await away.context.clearCookies()

  // The author signs out: it is said, and then nothing is left.
  await signIn(away, 'houkatsu')
  await press(away, 'sign-out')
  await get(away, 'sign-out-dialog').getByText('サインアウトすると、この端末から消えます').waitFor()
  await press(away, 'sign-out-do')
  await get(away, 'sign-in').waitFor()
  await signIn(away, 'houkatsu')
  await away.page.goto(line.url + '/cases')
  await get(away, 'who').waitFor()
  await sleep(3000)
  assert.equal(await get(away, 'left-draft').count(), 0)
  assert.equal(await get(away, 'refusal').count(), 0)
})

test('what waits in an open tab is never sent under the session of the next user', { timeout: 120000 }, async t => {
  const { node, browser, s, path } = await house(t)
  const line = await cable(node.port)
  t.after(() => line.close())
  const away = await atPlan(browser, 'houkatsu', line.url, 'houkatsu', path)
  await intoNarrative(away, FIELD)
  line.pull('reset')
  await away.compose(['おふ'], '〔包括の文〕')
  await bar(away, 'unsent')
  // Somebody else signs in with this browser while the tab waits.
  const other = await person(node.url, 'kaicho')
  const [name, value] = other.cookie.split('=')
  await away.context.clearCookies()
  await away.context.addCookies([{ name, value, url: line.url, httpOnly: true, sameSite: 'Strict' }])
  line.plug()
  await until('the page is the other user\'s', async () => (await get(away, 'who').innerText()).includes(other.session.actor.name))
  await get(away, FIELD).waitFor()
  await saved(away)
  assert.ok(!(await shown(away)).includes('〔包括の文〕'))
  assert.ok(!(await stored(s)).includes('〔包括の文〕'))

  // Its author comes back.
  await away.context.clearCookies()
  await signIn(away, 'houkatsu')
  await toPlan(away, line.url + path)
  await until('it arrives', async () => count(await stored(s), '〔包括の文〕') === 1)
})

test('the line is cut: tabs never opened before open all the same, and the editor of a long text, too', { timeout: 120000 }, async t => {
  const { node, browser, path } = await house(t)
  const p = await Person.sit(browser, '事務局', node.url)
  await signIn(p, 'jimukyoku')
  await toPlan(p, node.url + path)
  await saved(p)
  // Nothing is waited for but the quiet in which the files are fetched.
  const files = ['PeopleTab', 'EventLog', 'PrepTab', 'HouseholdBody', 'PlanTab', 'mountNarrative']
  await until('the files are here', () => p.page.evaluate(
    list => list.every(f => performance.getEntriesByType('resource').some(r => r.name.includes(`/assets/${f}-`) && r.responseEnd > 0)), files))
  await p.context.setOffline(true)
  await get(p, FIELD).click()
  await p.page.locator('.cm-content').waitFor()
  await p.page.keyboard.type('線が切れても書ける。')
  await tab(p, 'people')
  await get(p, 'attendance').waitFor()
  await tab(p, 'log')
  await p.page.locator('[role=tabpanel] li, [role=tabpanel] tr').first().waitFor()
  assert.equal(await p.page.locator('[data-testid=waiting], [data-testid=broken]').count(), 0)
  assert.equal(await p.page.evaluate(() => document.activeElement?.id.endsWith('log')), true, 'the focus stays on the tab')
  await p.context.setOffline(false)
  await tab(p, 'plan')
  await until('what was written is there again', async () => (await text(p).catch(() => '')).includes('線が切れても書ける。'))
  await saved(p)
  await p.leave()
})
