import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../parts/tokens.css'
import '../../parts/base.css'
import '../../parts/controls.css'
import '../../parts/blocks.css'
import { sessionStore } from '../../app/sessionStore'
import { MatrixSave } from './MatrixSave'

let asked: string[]
let saved: string[]
const sign = (more: object) =>
  sessionStore.set({ state: 'signed_in', actor: { id: 'u1', roles: ['agency'], ...more } } as never)

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  asked = []
  saved = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download)
  })
  vi.spyOn(window, 'fetch').mockImplementation(async input => {
    asked.push(String(input))
    if (String(input).includes('csv932')) {
      const details = { lost: [{ where: '№1 包括「担当者名」', char: '𠮷', code: 'U+20BB7' }], total: 1 }
      return new Response(
        JSON.stringify({ error: { kind: 'conflict', message: '表せない文字があります。', details } }),
        {
          status: 409,
        },
      )
    }
    const name = encodeURIComponent('役割分担表_案.xlsx')
    return new Response('x', {
      headers: { 'Content-Disposition': `attachment; filename="_"; filename*=UTF-8''${name}` },
    })
  })
})
afterEach(() => vi.restoreAllMocks())

test('a file is saved under the name the server gives it, by keyboard alone', async () => {
  sign({})
  await render(<MatrixSave plan="p1" meeting="m1" />)
  page.getByTestId('matrix-save').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('matrix-save-dialog')).toBeVisible()
  page.getByTestId('save-xlsx').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByTestId('matrix-saved')).toBeVisible()
  await page.getByTestId('save-what').selectOptions('plan')
  await page.getByTestId('save-xlsx').click()
  await vi.waitFor(() => expect(saved.length).toBe(2))
  expect(asked).toEqual([
    '/api/plans/p1/matrix?as=xlsx&meeting=m1',
    '/api/plans/p1/matrix?as=xlsx&kind=plan&meeting=m1',
  ])
  expect(saved[0]).toBe('役割分担表_案.xlsx')
})

test('what Shift_JIS cannot hold is listed, and UTF-8 is offered', async () => {
  sign({})
  await render(<MatrixSave plan="p1" />)
  await page.getByTestId('matrix-save').click()
  await page.getByTestId('save-csv932').click()
  await expect.element(page.getByTestId('matrix-lost')).toHaveTextContent('U+20BB7')
  expect(saved).toEqual([])
  expect((await axe.run(page.getByTestId('matrix-save-dialog').element())).violations).toEqual([])
  await page.getByTestId('save-instead').click()
  await expect.element(page.getByTestId('matrix-saved')).toBeVisible()
  expect(page.getByTestId('matrix-lost').query()).toBeNull()
  expect(asked).toEqual(['/api/plans/p1/matrix?as=csv932', '/api/plans/p1/matrix?as=csv'])
})

test('guests, advisers and agencies without copies are not offered it', async () => {
  for (const more of [{ noCopies: true }, { guestMeeting: 'm1', roles: ['guest'] }, { roles: ['observer'] }]) {
    sign(more)
    const view = await render(<MatrixSave plan="p1" />)
    expect(page.getByTestId('matrix-save').query()).toBeNull()
    await view.unmount()
  }
})
