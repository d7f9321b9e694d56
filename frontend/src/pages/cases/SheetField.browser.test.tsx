import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import * as Y from 'yjs'
import type { LiveDoc } from '../../sync/LiveDoc'
import { compose } from '../../test/compose'
import { YText } from '../../text/YText'
import { SheetField } from './SheetField'

/** A document with values alone; `theirs` is another person's change. */
function liveDoc() {
  const values = new Map<string, unknown>()
  const listeners = new Set<() => void>()
  const put = (v: Record<string, unknown>) => {
    for (const [k, x] of Object.entries(v)) values.set(k, x)
    for (const l of listeners) l()
  }
  const ydoc = new Y.Doc()
  const doc = {
    text: (k: string) => new YText(ydoc, k),
    presence: { move: () => {}, leave: () => {} },
    values: {
      get: (k: string) => values.get(k),
      set: put,
      observe: (l: () => void) => {
        listeners.add(l)
        return () => listeners.delete(l)
      },
    },
  } as unknown as LiveDoc
  return { doc, values, theirs: put, text: (k: string) => ydoc.getText(`t:${k}`).toString() }
}

const field = { id: 'n', label: '収入', type: 'yen', item: 'income', owner: 'person' } as unknown as Parameters<
  typeof SheetField
>[0]['field']

async function mount() {
  const live = liveDoc()
  await render(
    <SheetField field={field} doc={live.doc} codes={[]} named={{ agency: [], person: [] }} readOnly={false} />,
  )
  const el = document.querySelector('input') as HTMLInputElement
  el.focus()
  const count = { start: 0, end: 0 }
  el.addEventListener('compositionstart', () => count.start++)
  el.addEventListener('compositionend', () => count.end++)
  return { ...live, el, count }
}

test('a number typed with the IME on is taken as one number, and nothing of it before it is done', async () => {
  const { el, values, count } = await mount()
  const seen: unknown[] = []
  await compose(() => void seen.push(values.get('f/n')), ['１', '１２', '１２０'], '１２０')
  expect([count.start, count.end]).toEqual([1, 1])
  expect(el.value).toBe('１２０')
  expect(seen).toEqual([undefined, undefined, undefined])
  await userEvent.keyboard('{Tab}')
  expect(values.get('f/n')).toBe(120)
  expect(el.value).toBe('120')
})

test("another person's number does not cut a composition; what is no number stays, and says so", async () => {
  const { el, values, count, theirs } = await mount()
  await compose(step => void (step === 1 && theirs({ 'f/n': 7 })), ['３', '３０'], '３０')
  expect([count.start, count.end]).toEqual([1, 1])
  expect(el.value).toBe('３０')
  await userEvent.keyboard('{Tab}')
  expect(values.get('f/n')).toBe(30)
  el.focus()
  await userEvent.keyboard('{Control>}a{/Control}')
  await compose(() => {}, ['さ', 'さん'], '三')
  await userEvent.keyboard('{Tab}')
  expect(values.get('f/n')).toBe(30)
  expect(el.value).toBe('三')
  expect(el.getAttribute('aria-invalid')).toBe('true')
})

const routes = [
  { code: '01', label: '本人来所' },
  { code: '07', label: 'その他', other: true },
]

test('a choice that asks for words has room for them, of one and of several; what was written outlives the choice', async () => {
  for (const [type, value, none] of [
    ['one', '07', '01'],
    ['multi', '["01","07"]', '["01"]'],
  ] as const) {
    const live = liveDoc()
    const route = { ...field, id: `r_${type}`, label: '相談経路', type } as typeof field
    const view = await render(
      <SheetField field={route} doc={live.doc} codes={routes} named={{ agency: [], person: [] }} readOnly={false} />,
    )
    const other = page.getByTestId(`other-r_${type}`)
    expect(other.query()).toBeNull()
    live.theirs({ [`f/r_${type}`]: value })
    await expect.element(page.getByLabelText('「その他」の内容')).toBeVisible()
    await other.fill('民生委員の𠮷田さんから')
    expect(live.text(`f/r_${type}_other`)).toBe('民生委員の𠮷田さんから')
    expect(live.values.get(`f/r_${type}`)).toBe(value)
    live.theirs({ [`f/r_${type}`]: none })
    await expect.poll(() => other.query()).toBeNull()
    expect(live.text(`f/r_${type}_other`)).toBe('民生委員の𠮷田さんから')
    await view.unmount()
  }
})
