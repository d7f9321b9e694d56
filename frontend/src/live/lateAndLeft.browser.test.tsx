import axe from 'axe-core'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../parts/tokens.css'
import '../parts/base.css'
import '../parts/controls.css'
import '../parts/blocks.css'
import './live.css'
import type { LateChange, LateNote } from '../sync/LateChange'
import type { Refusal } from '../sync/Refusal'
import { Signal } from '../sync/Signal'
import { LateChanges } from './LateChanges'
import { LateNotes } from './LateNotes'
import { Refusals } from './Refusals'
import { textFile } from './textFile'

const since = Date.UTC(2026, 10, 26, 1, 30)

/** A connection to which something came late and something was refused. */
function connection() {
  const late: LateChange[] = [
    { doc: 'd.1', key: 'situation', since, own: '私の文', others: '父の文', now: '私の文父の文' },
    { doc: 'd.1', key: 'cell/abc/def/content', since, own: '週1回', others: '', now: '週1回' },
  ]
  const lateNotes: LateNote[] = [
    { id: '1', name: '中村', agency: '地域包括支援センター', doc: 'd.1', keys: ['wish', 'wish'] },
  ]
  const gone: string[] = []
  const refusals: Refusal[] = [
    {
      doc: 'd.1',
      reason: 'old',
      label: '',
      texts: { risk: '古い文' },
      since,
      forget: () => gone.push('risk'),
      leave() {},
    },
  ]
  const [lateChanged, refused] = [new Signal(), new Signal()]
  const forgetLate = () => {
    late.length = 0
    lateChanged.emit()
  }
  const forgetLateNotes = () => {
    lateNotes.length = 0
    lateChanged.emit()
  }
  const forgetRefusal = (r: Refusal) => {
    r.forget()
    refusals.length = 0
    refused.emit()
  }
  return { late, lateNotes, lateChanged, forgetLate, forgetLateNotes, refusals, refused, forgetRefusal, gone }
}

test('late changes and kept words: read politely, passed by keyboard, closed one by one', async () => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  const c = connection()
  await render(
    <main>
      <LateChanges connection={c} />
      <LateNotes connection={c} />
      <Refusals connection={c} />
    </main>,
  )
  const list = page.getByTestId('late-changes')
  await expect.element(list).toHaveAttribute('role', 'status')
  await expect.element(list).toHaveTextContent('遅れて届いた変更（2か所）')
  await expect.element(list).toHaveTextContent('世帯の状況・課題の整理')
  await expect.element(list).toHaveTextContent('役割分担表・内容')
  await expect
    .element(page.getByTestId('late-notes'))
    .toHaveTextContent(
      '中村（地域包括支援センター）がつながらないあいだに入力した文が、「本人・家族の意向」に届きました。',
    )
  await expect.element(page.getByTestId('refusal')).toHaveTextContent('72時間を過ぎた')
  const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  expect(violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).join(' | ')}`)).toEqual([])

  for (const id of ['late-close', 'late-notes-close', 'refusal-drop']) {
    for (let i = 0; i < 12 && document.activeElement?.getAttribute('data-testid') !== id; i++)
      await userEvent.keyboard('{Tab}')
    expect(document.activeElement?.getAttribute('data-testid')).toBe(id)
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByTestId(id)).not.toBeInTheDocument()
  }
  expect(c.gone).toEqual(['risk'])
})

test('the file opens in Notepad as it is', async () => {
  const bytes = new Uint8Array(await textFile('一\n二\r\n三').arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toBe('一\r\n二\r\n三\r\n')
})
