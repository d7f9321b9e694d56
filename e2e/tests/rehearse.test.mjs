// 議長の練習: `kasane rehearse` prepares a meeting whose other agencies come, raise a hand and write by themselves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Person, launch } from '../lib/browser.mjs'
import { kasane } from '../lib/kasane.mjs'
import { get, press, seen, signIn, status, tab } from '../lib/room.mjs'

test('a chair practises alone', { timeout: 120000 }, async t => {
  const node = await kasane({ command: 'rehearse' })
  t.after(() => node.kill())
  const browser = await launch()
  t.after(() => browser.close())
  const chair = await Person.sit(browser, '議長', node.url)
  await signIn(chair, 'kaicho')
  await chair.page.getByRole('link', { name: '会議', exact: true }).click()
  await chair.page.locator('a[data-testid^="meeting-"]', { hasText: '議長の練習 1' }).click()
  await get(chair, 'room').waitFor()
  await chair.shot('rehearse-draft')
  await chair.page.getByRole('button', { name: '受付を始める' }).click()
  await status(chair, 'reception')
  await tab(chair, 'people')
  await seen(chair, '中村 由紀')
  await seen(chair, '岡本 健太')
  await chair.shot('rehearse-reception')
  assert.deepEqual(chair.errors, [])
})
