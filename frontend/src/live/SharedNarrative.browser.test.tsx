import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import * as Y from 'yjs'
import type { LiveDoc } from '../sync/LiveDoc'
import { YText } from '../text/YText'
import { SharedNarrative } from './SharedNarrative'

/** A document with texts and nobody else. */
function liveDoc() {
  const y = new Y.Doc()
  const texts = new Map<string, YText>()
  const text = (key: string) => {
    const t = texts.get(key) ?? new YText(y, key)
    texts.set(key, t)
    return t
  }
  const at: string[] = []
  const presence = {
    carets: () => ({ publish: () => {}, others: () => [], observe: () => () => {} }),
    move: (key: string) => at.push(key),
    leave: (key: string) => at.splice(at.indexOf(key), 1),
  }
  return { doc: { text, presence } as unknown as LiveDoc, at }
}

const focus = () => document.activeElement?.closest('[data-testid]')?.getAttribute('data-testid')

test('who only passes by Tab is not called back by an editor that comes late', async () => {
  const { doc, at } = liveDoc()
  await render(
    <>
      <SharedNarrative doc={doc} textKey="wish" label="意向" data-testid="wish" />
      <SharedNarrative doc={doc} textKey="risk" label="緊急時" data-testid="risk" />
      <button type="button" data-testid="after">
        次へ
      </button>
    </>,
  )
  await userEvent.keyboard('{Tab}{Tab}{Tab}')
  expect(focus()).toBe('after')
  await new Promise(r => setTimeout(r, 1500))
  expect(focus()).toBe('after')
  expect(at).toEqual([])
  expect(document.querySelector('.cm-content')).toBe(null)
})

test('the editor takes the focus over, keeps it, and goes when it is left', async () => {
  const { doc, at } = liveDoc()
  await render(
    <>
      <SharedNarrative doc={doc} textKey="wish" label="意向" data-testid="wish" />
      <button type="button" data-testid="after">
        次へ
      </button>
    </>,
  )
  await userEvent.keyboard('{Tab}')
  expect(focus()).toBe('wish')
  await expect.poll(() => document.querySelector('.cm-content')?.contains(document.activeElement)).toBe(true)
  await userEvent.keyboard('abc')
  expect(at).toEqual(['wish'])
  await userEvent.keyboard('{Tab}')
  expect(focus()).toBe('after')
  await expect.poll(() => document.querySelector('.cm-content')).toBe(null)
  await expect.element(page.getByTestId('wish')).toHaveTextContent('abc')
  expect(at).toEqual([])
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  await expect.poll(() => document.querySelector('.cm-content')?.contains(document.activeElement)).toBe(true)
})
