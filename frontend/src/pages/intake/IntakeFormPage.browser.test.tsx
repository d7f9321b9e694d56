import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import '../pages.css'
import { drafts } from '../../live/drafts'
import { words } from '../../words'
import { IntakeFormPage } from './IntakeFormPage'

let sent: { url: string; body: Record<string, unknown> }[]
let offline: boolean
const real = window.fetch
const found = {
  count: 1,
  lines: [
    {
      caseId: 'c9',
      number: 'K2026-0009',
      stageLabel: '終結',
      openedAt: '2026-05-01T00:00:00Z',
      name: '髙橋 節',
      kana: 'たかはし せつ',
      birth: '1941-02-03',
      why: ['氏名が同じ'],
    },
  ],
}

beforeEach(async () => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  sent = []
  offline = false
  drafts.store().remove(await drafts.store().all())
  window.fetch = vi.fn(async (url: RequestInfo | URL, init?: RequestInit) => {
    const path = String(url)
    if (offline && path.endsWith('/intakes')) throw new TypeError('offline')
    if (init?.method === 'POST') sent.push({ url: path, body: JSON.parse(String(init.body)) })
    const body = path.endsWith('/similar')
      ? found
      : path.endsWith('/codes')
        ? { lists: { route: [{ code: '03', label: '家族・知人来所' }] } }
        : { caseId: 'c1', number: 'K2026-0010', triage: 'own' }
    return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
  })
})
afterEach(() => {
  window.fetch = real
  window.history.replaceState(null, '', '/')
})

const show = () =>
  render(
    <main>
      <IntakeFormPage />
    </main>,
  )
const takes = () => sent.filter(s => s.url.endsWith('/intakes'))

/** Tab to a control, as somebody without a mouse does. */
async function tabTo(testid: string) {
  for (let i = 0; i < 60; i++) {
    await userEvent.keyboard('{Tab}')
    if ((document.activeElement as HTMLElement)?.dataset.testid === testid) return
  }
  throw new Error(`${testid} is not reached by Tab`)
}

test('a 相談 is taken in by keyboard alone; what is missing stands beside its field', async () => {
  await show()
  await page.getByTestId('intake-send').click()
  await expect.element(page.getByText(words.form.needed(words.intake.trouble))).toBeVisible()
  expect(document.querySelectorAll('.field-error').length).toBe(6)
  expect(takes()).toEqual([])
  ;(document.activeElement as HTMLElement).blur()
  await tabTo('asker-self')
  await userEvent.keyboard(' ')
  await tabTo('intake-name')
  await userEvent.keyboard('abc')
  await tabTo('intake-trouble')
  await userEvent.keyboard('eats nothing')
  await tabTo('field-care')
  await userEvent.keyboard(' ')
  await tabTo('urgency-now')
  await userEvent.keyboard(' ')
  await tabTo('consent-yes')
  await userEvent.keyboard(' ')
  await tabTo('triage-own')
  await userEvent.keyboard(' ')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await expect.poll(() => takes().length).toBe(1)
  expect(takes()[0]?.body).toMatchObject({
    asker: 'self',
    name: 'abc',
    trouble: 'eats nothing',
    fields: ['care'],
    urgency: 'now',
    consent: 'yes',
    triage: 'own',
  })
  expect(window.location.pathname).toBe('/cases/c1')
  expect(await drafts.store().all()).toEqual([])
})

test('似た相談 are shown while the name is typed, and the page is sound for those who hear it', async () => {
  await show()
  await page.getByTestId('intake-name').fill('髙橋 節')
  await expect.element(page.getByTestId('similar')).toHaveTextContent(words.intake.similar(1))
  await expect.element(page.getByTestId('similar-K2026-0009')).toBeVisible()
  const { violations } = await axe.run(document.body)
  expect(violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
})

test('the line breaks: what was typed stays, is there after the page was closed, and is sent as the same 相談', async () => {
  const first = await show()
  await page.getByTestId('asker-family').click()
  await page.getByTestId('intake-trouble').fill('眠れない')
  await page.getByTestId('field-care').click()
  await page.getByTestId('urgency-week').click()
  await page.getByTestId('consent-notyet').click()
  await page.getByTestId('triage-own').click()
  offline = true
  await page.getByTestId('intake-send').click()
  await expect.element(page.getByText(words.errors.offline)).toBeVisible()
  await expect.poll(async () => (await drafts.store().all()).length).toBe(1)
  const id = JSON.parse(String((await drafts.store().all())[0]?.values.form)).id
  await first.unmount()
  offline = false
  await show()
  await expect.element(page.getByTestId('intake-restored')).toBeVisible()
  await expect.element(page.getByTestId('intake-trouble')).toHaveValue('眠れない')
  await page.getByTestId('intake-send').click()
  await expect.poll(() => takes().length).toBe(1)
  expect(takes()[0]?.body).toMatchObject({ id, trouble: '眠れない', asker: 'family' })
})
