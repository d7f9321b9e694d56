// 予備の回線: where no websocket gets through, people edit all the same.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { person } from '../lib/api.mjs'
import { launch, Person } from '../lib/browser.mjs'
import { squash } from '../lib/pdf.mjs'
import { until } from '../lib/proc.mjs'
import { proxy } from '../lib/proxy.mjs'
import { get, intoNarrative, saved, shown, signIn } from '../lib/room.mjs'
import { alone } from '../lib/stage.mjs'

let browser, s, plans
before(async () => {
  browser = await launch()
  s = await alone()
  const api = await person(s.urls[0], 'jimukyoku')
  const { cases } = await api.get('/api/cases')
  plans = [] // those that take writing: the plan of a case that is being supported is agreed
  for (const c of cases.filter(c => c.stage === 'planning')) plans.push(...((await api.get(`/api/cases/${c.id}`)).plans ?? []).slice(0, 1).map(p => p.id))
  assert.ok(plans.length > 1, 'two plans that are being written')
})
after(async () => { await browser?.close(); await s?.close() })

const has = async (p, text) => squash(await shown(p)).includes(squash(text))

for (const [no, [name, how]] of [
  ['websockets are refused', { websockets: 'refuse' }],
  ['websockets are let in and swallowed, answers are collected', { websockets: 'swallow', collect: true }]
].entries()) {
  test(`${name}: one edits over plain HTTP, the other directly`, { timeout: 180000 }, async () => {
    const way = await proxy(s.nodes[0].port, how)
    const plan = plans[no]
    const far = await Person.sit(browser, 'far', way.url)
    const near = await Person.sit(browser, 'near', s.urls[0])
    try {
      await Promise.all([signIn(far, 'jimukyoku'), signIn(near, 'kaicho')])
      await Promise.all([far, near].map(p => p.page.goto(`${p.url}/plans/${plan}`)))
      await Promise.all([far, near].map(p => get(p, 'narrative-policy').waitFor()))
      await far.page.locator('[data-testid=connection-bar][data-spare=true]').waitFor({ timeout: 60000 })
      assert.equal(await near.page.locator('[data-testid=connection-bar][data-spare=true]').count(), 0)
      await intoNarrative(far, 'narrative-policy', 'End')
      for (const text of ['\uFA10原さんの', '畑の話から', '始める。']) await far.compose([text[0], text.slice(0, 2)], text)
      await until('the other one sees it', () => has(near, '\uFA10原さんの畑の話から始める。'))
      await saved(far)
      await intoNarrative(near, 'narrative-policy', 'Home')
      await near.compose(['𠮷'], '𠮷田米店の前で。')
      await until('and answers', () => has(far, '𠮷田米店の前で。'))
      assert.ok(way.count.upgrades > 0 && way.count.line > 0, JSON.stringify(way.count))

      // What said 保存済み is there after a crash of the node, and the line comes back by itself.
      await s.nodes[0].kill()
      await intoNarrative(far, 'narrative-policy', 'End')
      await far.compose(['途'], '途切れた間の言葉。')
      await s.nodes[0].start()
      await until('both have everything', async () => {
        for (const p of [far, near]) {
          for (const t of ['\uFA10原さんの畑の話から始める。', '𠮷田米店の前で。', '途切れた間の言葉。']) if (!(await has(p, t))) return false
        }
        return true
      }, 60000)
      await saved(far)

      // Signing out elsewhere ends the line, too.
      const c = (await far.context.cookies()).find(x => x.name === 'kasane_session')
      const res = await fetch(`${s.urls[0]}/api/session`, { method: 'DELETE', headers: { 'X-Kasane': '1', Cookie: `kasane_session=${c.value}` } })
      assert.equal(res.status, 204)
      await far.page.locator('[data-testid=connection-bar][data-online=false]').waitFor({ timeout: 15000 })
    } catch (error) {
      await Promise.all([far, near].map(p => p.shot(`failed-line-${p.name}`).catch(() => {})))
      throw error
    } finally {
      await Promise.all([far, near].map(p => p.leave()))
      way.close()
    }
  })
}

test('what is silent for a second and a half is cut: nobody notices, nothing is lost', { timeout: 120000 }, async () => {
  const way = await proxy(s.nodes[0].port, { idle: 1500 }) // offices have 60 s; the page has a sign of life every 15
  const far = await Person.sit(browser, 'idle', way.url)
  const near = await Person.sit(browser, 'near', s.urls[0])
  try {
    await Promise.all([signIn(far, 'jimukyoku'), signIn(near, 'kaicho')])
    await Promise.all([far, near].map(p => p.page.goto(`${p.url}/plans/${plans[0]}`)))
    await Promise.all([far, near].map(p => get(p, 'narrative-policy').waitFor()))
    await saved(far)
    // Whatever the bar says from now on.
    await far.page.evaluate(() => {
      const bar = document.querySelector('[data-testid=connection-bar]')
      const look = () => globalThis.told.add(`${bar.dataset.state} ${bar.dataset.tone}`)
      globalThis.told = new Set()
      look()
      new MutationObserver(look).observe(bar, { attributes: true })
    })
    const said = []
    for (let n = 0; n < 4; n++) {
      // Each sentence falls into another moment of the silence: while the line lives, and while it is gone.
      const cuts = way.count.cut
      await until('the line is cut', () => way.count.cut > cuts, 20000)
      const words = [`〔切れた直後${n}〕`, `〔戻った後${n}〕`]
      await intoNarrative(far, 'narrative-policy', 'End')
      await far.compose(['き'], words[0])
      await saved(far)
      await far.compose(['も'], words[1])
      said.push(...words)
      await until('the other one reads it', async () => { const there = squash(await shown(near)); return words.every(w => there.split(squash(w)).length === 2) })
    }
    await saved(far)
    const told = await far.page.evaluate(() => [...globalThis.told])
    assert.deepEqual(told.filter(x => !x.endsWith(' calm')), [], 'nothing alarming was shown')
    for (const p of [far, near]) {
      const there = squash(await shown(p))
      assert.deepEqual(said.filter(w => there.split(squash(w)).length !== 2), [], `${p.name} has each once`)
    }
    assert.ok(way.count.cut >= 4, JSON.stringify(way.count))
  } catch (error) {
    await Promise.all([far, near].map(p => p.shot(`failed-line-${p.name}`).catch(() => {})))
    throw error
  } finally {
    await Promise.all([far, near].map(p => p.leave()))
    way.close()
  }
})
