// Hostile text in every page: it runs nothing, breaks nothing, makes no page wider, and moves no word of ours from its place.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { person } from '../lib/api.mjs'
import { Person, launch } from '../lib/browser.mjs'
import { ARABIC, MARKUP, displaced, plantLive, poison, settled, watch, wrong } from '../lib/hostile.mjs'
import { kasane } from '../lib/kasane.mjs'
import { until } from '../lib/proc.mjs'

const ROLES = { shukan: '市所管課', kaicho: '議長', kiroku: '文書担当', kansa: '監査' }

/** The addresses a role can look at: its menu, and behind it the first case, its plan, and a meeting of each state. */
async function places (login, client, menu) {
  const out = [...menu, '/account']
  const file = menu.includes('/cases') ? (await client.get('/api/cases')).cases[0] : null
  if (file) {
    const at = `/cases/${file.id}`
    const { persons, plans, abilities } = await client.get(`/api/cases/${file.id}`)
    out.push(at)
    if (abilities.recordConsent) out.push(`${at}/household`, `${at}/consents`, `${at}/meetings/new`, `${at}/consents/new/${persons[0].id}`, `${at}/persons/${persons[0].id}/seen`, '/cases/new', '/meetings/new', '/incidents', '/emergencies', '/glass', '/consents/ending')
    for (const { id } of plans.slice(0, 1)) out.push(`/plans/${id}`, `/plans/${id}/history`)
  }
  const seen = new Set()
  for (const m of menu.includes('/meetings') ? (await client.get('/api/meetings')).meetings : []) {
    if (seen.has(m.status)) continue
    seen.add(m.status)
    out.push(`/meetings/${m.id}`, `/meetings/${m.id}/history`, `/meetings/${m.id}/screen`)
  }
  if (menu.includes('/meetings')) out.push('/local-issues', '/overdue')
  if (login === 'kaicho') return out.filter(path => /meetings\/|plans/.test(path)) // the rest is as 市所管課 has it
  if (menu.includes('/admin/agencies')) out.push('/admin/users', '/admin/meeting-types', '/admin/rules', '/admin/consent-texts')
  return [...new Set(out)]
}

const plain = url => new URL(url).pathname.replace(/[0-9a-z]{26}/g, '…')

/** Shows a page, then each of its tabs, with everything that is folded unfolded. */
async function look (p, path, see) {
  const { page } = p
  await page.evaluate(to => history.pushState(null, '', to), path)
  await settled(p)
  const tabs = page.locator('main [role=tab]:visible')
  const count = await tabs.count()
  for (let i = 0; i < Math.max(count, 1); i++) {
    if (count) {
      await tabs.nth(i).click()
      await settled(p)
    }
    await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true })
    await see(`${plain(page.url())}${count ? ` tab ${i + 1}` : ''}`)
  }
}

/** Opens the meeting of today, types into every document of it and of its case, says things in it, and hands a paper out. */
async function plantAll (url) {
  const desk = await person(url, 'jimukyoku')
  const chair = await person(url, 'kaicho')
  const { meetings } = await desk.get('/api/meetings')
  const open = meetings.find(m => m.caseNumber === 'K2026-0001' && m.mode === 'layered')
  await desk.act(open.id, 'reception')
  for (const c of [desk, chair]) {
    await c.post(`/api/meetings/${open.id}/enter`, { form: 'room' })
    await c.act(open.id, 'secrecy')
  }
  await chair.act(open.id, 'open')
  await desk.act(open.id, 'next', { date: '2099-04-01', time: '10:00', agenda: MARKUP })
  await desk.post('/api/docs', { kind: 'minutes', ownerId: open.id, meetingId: open.id, personId: '', item: 'basic' }).catch(() => {})
  const { sections, plans } = await desk.get(`/api/cases/${open.caseId}`)
  const plan = await desk.get(`/api/plans/${plans[0].id}`)
  const room = await desk.get(`/api/meetings/${open.id}`)
  let n = 0
  const minutes = await desk.open(room.docs.find(d => d.personId === '' && d.item === 'basic').doc, { context: open.id })
  minutes.document.transact(() => {
    for (const kind of ['speech', 'decision', 'homework', 'local', 'point']) {
      minutes.document.getMap('v').set(`${kind}/hostile0001/ord`, 'a0')
      if (kind === 'homework') minutes.document.getMap('v').set('homework/hostile0001/who', ARABIC)
      for (const field of kind === 'point' ? ['title', 'content', 'conclusion', 'remaining'] : ['text']) minutes.document.getText(`t:${kind}/hostile0001/${field}`).insert(0, MARKUP)
    }
  })
  await until('the minutes are stored', () => minutes.provider.unsyncedChanges === 0)
  minutes.close()
  for (const d of [...sections, ...plan.docs]) n += await plantLive(desk, d.doc, '', MARKUP, ARABIC)
  assert.ok(n > 20, `${n} live texts were planted`)
  const form = new FormData()
  for (const [k, v] of Object.entries({ agendaId: room.agenda[0].id, personId: '', item: 'basic' })) form.append(k, v)
  form.append('file', new Blob(['%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n']), MARKUP.slice(0, 150) + '.pdf')
  const res = await fetch(`${url}/api/meetings/${open.id}/handouts`, { method: 'POST', headers: { 'X-Kasane': '1', Cookie: desk.cookie }, body: form })
  assert.equal(res.status, 200, await res.text())
  return { id: open.id, desk }
}

/** A guest on a phone: the door of the link, the lobby, and every tab of the room, 360 px wide. */
async function asGuest (browser, url, open, see) {
  const { agencies } = await open.desk.get('/api/agencies')
  const invited = await open.desk.post(`/api/meetings/${open.id}/guests`, { name: '髙橋 𠮷郎', kana: 'たかはし よしろう', agencyId: agencies[0].id, post: '医師' })
  const p = await Person.sit(browser, 'guest', url, { width: 360, height: 740, phone: true })
  await watch(p)
  await poison(p)
  for (const text of [MARKUP, ARABIC]) {
    p.planted = text
    await p.page.goto('/join' + new URL(invited.url).hash)
    if (text === MARKUP) {
      await p.page.getByTestId('join-pin').waitFor()
      await see(p, 'the door')
      for (const [id, words] of [['join-pin', invited.pin], ['join-name', '髙橋 𠮷郎'], ['join-agency', agencies[0].name]]) await p.page.getByTestId(id).fill(words)
      await p.page.getByTestId('join-secrecy').check()
      await p.page.getByTestId('join-enter').click()
      await p.page.getByText(MARKUP).first().waitFor()
      await see(p, 'the lobby')
      await open.desk.post(`/api/meetings/${open.id}/guests/${invited.id}/admit`, {})
    } else await p.page.goto(`/meetings/${open.id}`)
    await p.page.getByTestId('room').waitFor()
    await look(p, `/meetings/${open.id}`, where => see(p, where))
  }
  assert.ok(p.exchanged > 4, `a guest: only ${p.exchanged} answers held any of it`)
  await p.leave()
}

test('hostile text in every page', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const open = await plantAll(node.url)
  const browser = await launch()
  t.after(() => browser.close())
  const bad = []
  let views = 0
  for (const [login, role] of Object.entries(ROLES)) {
    const client = await person(node.url, login)
    const p = await Person.sit(browser, login, node.url)
    await p.context.addCookies([{ name: 'kasane_session', value: client.cookie.split('=')[1], url: node.url, httpOnly: true, sameSite: 'Strict' }])
    await watch(p)
    await poison(p)
    p.planted = MARKUP
    await p.page.goto('/account')
    await p.page.getByTestId('who').waitFor()
    const paths = await places(login, client, await p.page.locator('header nav a').evaluateAll(l => l.map(a => a.getAttribute('href'))))
    for (const text of [MARKUP, ARABIC]) {
      p.planted = text
      await p.page.goto('/account') // names of the session are planted too
      await settled(p)
      for (const path of paths) {
        await look(p, path, async where => {
          views++
          bad.push(...[...await wrong(p), ...await displaced(p.page, ARABIC)].map(x => `${role} ${where}: ${x}`))
          if (process.env.KASANE_SHOTS) await p.shot(`hostile-${login}-${text === MARKUP ? 'm' : 'r'}${where.replaceAll(/[^a-z0-9]+/g, '-')}`)
        })
      }
    }
    assert.ok(p.exchanged > 2 * paths.length / 2, `${role}: only ${p.exchanged} answers held any of it`)
    await p.leave()
  }
  await asGuest(browser, node.url, open, async (p, where) => {
    views++
    bad.push(...[...await wrong(p), ...await displaced(p.page, ARABIC)].map(x => `a guest, ${where}: ${x}`))
    if (process.env.KASANE_SHOTS) await p.shot(`hostile-guest${where.replaceAll(/[^a-z0-9]+/g, '-')}`)
  })
  t.diagnostic(`${views} views`)
  assert.deepEqual([...new Set(bad)], [])
})

test('the look at pages sees what it is for', async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const browser = await launch()
  t.after(() => browser.close())
  const p = await Person.sit(browser, 'x', node.url)
  await watch(p)
  await p.page.goto('/')
  await p.page.getByTestId('sign-in').waitFor()
  assert.deepEqual([...await wrong(p), ...await displaced(p.page, ARABIC)], [])
  await p.page.evaluate(name => {
    const main = document.querySelector('main') ?? document.body
    for (const words of [`${name}（${name}）`, `${name} 1回`, `${name}、${name}`]) main.append(Object.assign(document.createElement('p'), { textContent: words, className: words.length }))
    main.append(Object.assign(document.createElement('div'), { innerHTML: '<img src=x onerror=hits.push(1)>' }))
    main.append(Object.assign(document.createElement('p'), { textContent: 'W'.repeat(400), style: 'overflow-wrap:normal' }))
    main.lastChild.style.overflowWrap = 'normal'
    main.append(Object.assign(document.createElement('p'), { innerHTML: `<bdi>${name}</bdi>（<bdi>${name}</bdi>）` }))
    hits.push(1)
    setTimeout(() => alert(1))
  }, ARABIC)
  await p.page.waitForTimeout(200)
  const found = (await wrong(p)).join('\n')
  for (const word of ['ran: 1', 'against the policy: script-src', 'px too wide: p.', 'dialog: 1']) assert.ok(found.includes(word), `${word} in ${found}`)
  assert.equal((await displaced(p.page, ARABIC)).length, 3)
})
