// 緊急時の閲覧 by the keyboard alone: an administrator breaks the glass of one case and reads; everybody who holds the record is told; it is taken back while a
// document is open; somebody else reviews it; the officer reads the finding.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, Person } from '../lib/browser.mjs'
import { person } from '../lib/api.mjs'
import { kasane } from '../lib/kasane.mjs'
import { get, seen, shown, signIn, tabTo } from '../lib/room.mjs'
import { until } from '../lib/proc.mjs'
import { smallCase, writePlan } from '../lib/small.mjs'

const PASSWORD = 'つゆくさの咲く道12'
let browser
before(async () => { browser = await launch() })
after(async () => { await browser?.close() })

const sit = async (t, name, url) => {
  const p = await Person.sit(browser, name, url)
  p.page.setDefaultTimeout(30000)
  t.after(() => p.leave())
  return p
}
const key = (p, k) => p.page.keyboard.press(k)
const at = id => `[data-testid=${id}]`

test('break the glass, read, be seen, be stopped, be reviewed', { timeout: 180000 }, async t => {
  const node = await kasane()
  t.after(() => node.kill())
  const s = await smallCase(node.url, { name: '渡邉\u{E0100} 試子' })
  await writePlan(s, { t: { wish: '家で暮らしたい。' } })
  const boss = await person(node.url, 'shukan')
  await boss.post('/api/users', { agencyId: boss.agency, login: 'yakan', name: '夜間 守', kana: 'やかん まもる', post: '情報政策課', roles: ['admin'], password: PASSWORD })
  const other = await smallCase(node.url, { name: '別人 花子' })

  const desk = await sit(t, '事務局', node.url)
  await signIn(desk, 'jimukyoku')
  assert.equal(await get(desk, 'glass-alarm').count(), 0)

  const admin = await sit(t, 'システム管理者', node.url)
  await admin.page.goto(node.url)
  await get(admin, 'login').fill('yakan')
  await get(admin, 'password').fill(PASSWORD)
  await key(admin, 'Enter')
  await get(admin, 'who').waitFor()
  await admin.page.goto(`${node.url}/cases/${s.caseId}`)
  await seen(admin, '権限')
  assert.deepEqual(await admin.leaks('試子'), [], 'nothing before')

  await admin.page.goto(`${node.url}/admin/glass`)
  await get(admin, 'glass-warning').waitFor()
  await tabTo(admin, at('glass-go'))
  await key(admin, 'Enter')
  await seen(admin, 'ケース番号を入力してください')
  await tabTo(admin, at('glass-number'))
  await admin.page.keyboard.type(s.number)
  await tabTo(admin, at('glass-basis'))
  await key(admin, 'ArrowDown')
  await tabTo(admin, at('glass-reason'))
  await admin.page.keyboard.insertText('夜間に安否を確かめる。担当と連絡がつかない。')
  await tabTo(admin, at('glass-go'))
  await key(admin, 'Enter')

  await get(admin, 'glass-banner').waitFor()
  await seen(admin, '渡邉\u{E0100} 試子')
  assert.match(await get(admin, 'glass-left').innerText(), /残り60分/)
  // Reading alone: no way to change anything stands on the page.
  for (const id of ['person-new', 'new-plan', 'new-meeting', 'emergency-begin', 'open-consents']) assert.equal(await get(admin, id).count(), 0, id)
  await tabTo(admin, at('plan-1'))
  await key(admin, 'Enter')
  await seen(admin, '家で暮らしたい。')
  await get(admin, 'glass-banner').waitFor()
  assert.equal(await get(admin, 'plan-pdf').count(), 0)
  const wish = await until('the live document is open', async () => (await shown(admin)).includes('家で暮らしたい。'))
  assert.ok(wish)
  const status = async path => (await admin.page.request.get(path)).status()
  assert.equal(await status(`/api/cases/${other.caseId}`), 404)
  for (const path of ['/api/cases', '/api/meetings', `/api/meetings/${s.meetingId}`, `/api/plans/${s.planId}/pdf?kind=plan`, `/api/cases/${s.caseId}/consents`]) assert.equal(await status(path), 403, path)

  // Everybody who holds the record is told, wherever they are.
  await get(desk, 'glass-alarm').waitFor()
  assert.match(await get(desk, 'glass-alarm').innerText(), new RegExp(`${s.number}：夜間 守`))
  await tabTo(desk, at('glass-review-link'))
  await key(desk, 'Enter')
  await get(desk, 'glass-list').waitFor()
  await seen(desk, '夜間に安否を確かめる。')
  const began = Date.now()
  await tabTo(desk, at('glass-stop'))
  await key(desk, 'Enter')
  // The live document goes at once, the page with it a little later.
  await until('the text is gone', async () => !(await shown(admin)).includes('家で暮らしたい。'), 15000)
  await get(admin, 'glass-over').waitFor()
  t.diagnostic(`stopped on the administrator's screen after ${Date.now() - began} ms`)
  assert.ok(!(await shown(admin)).includes('試子'))
  assert.equal(await status(`/api/cases/${s.caseId}`), 403)

  await tabTo(desk, at('glass-review'))
  await key(desk, 'Enter')
  await get(desk, 'glass-dialog').waitFor()
  await tabTo(desk, at('glass-finding'))
  await key(desk, 'ArrowDown')
  await tabTo(desk, at('glass-note'))
  await desk.page.keyboard.insertText('当直の記録と合っている。')
  await tabTo(desk, at('glass-save'))
  await key(desk, 'Enter')
  await get(desk, 'glass-dialog').waitFor({ state: 'detached' })
  await seen(desk, '当直の記録と合っている。')
  await desk.page.goto(`${node.url}/cases`)
  await get(desk, 'who').waitFor()
  await until('no alarm', async () => await get(desk, 'glass-alarm').count() === 0)

  const officer = await sit(t, '監査', node.url)
  await signIn(officer, 'kansa')
  await tabTo(officer, at('open-glasses'))
  await key(officer, 'Enter')
  await seen(officer, '適切')
  assert.equal(await get(officer, 'glass-review').count() + await get(officer, 'glass-stop').count() + await get(officer, 'glass-alarm').count(), 0)
  const kansa = await person(node.url, 'kansa')
  const { lines } = await kansa.post('/api/audit/entries', { case: s.number })
  const marked = lines.filter(l => l.actor === '夜間 守' && l.result === 'ok')
  const verbs = new Set(marked.filter(l => l.reasonLabel === '緊急時の閲覧').map(l => l.verb))
  assert.deepEqual([...verbs].sort(), ['case.open', 'document.open', 'plan.open'], JSON.stringify(marked))
  assert.ok(marked.some(l => l.verb === 'glass.break'))
  assert.deepEqual([...desk.errors, ...officer.errors], [])
})
