import { parseDate } from '../../dates/parseDate'
import { graphemes } from '../../text/graphemes'
import { words } from '../../words'
import type { Cell } from './Cell'

const w = words.matrix

/** What stands before a colon in the text of a cell. */
const FIELDS: readonly [string, keyof Cell][] = [
  [w.limits, 'limits'],
  ['できないこと', 'limits'],
  ['条件', 'limits'],
  [w.who, 'who'],
  ['担当', 'who'],
  [w.freq, 'freq'],
  [w.start, 'start'],
  ['開始', 'start'],
  [w.due, 'due'],
  ['まで', 'due'],
]

const LIMIT = 200

/** Signs that Excel files use for the same role. */
const SIGNS: Record<string, string> = {
  〇: 'main',
  '◯': 'main',
  '-': 'none',
  '―': 'none',
  ー: 'none',
  '?': 'open',
  '▲': 'assist',
}

/** A cell as text for the clipboard: sign and word, content, then one line for each thing said. `readCellText` reads it back. */
export function cellText(c: Cell): string {
  const said = (label: string, value: string) => (value ? [`${label}：${value.replaceAll('\n', ' ')}`] : [])
  return [
    ...(c.code ? [`${w.marks[c.code] ?? ''}${w.labels[c.code] ?? ''}`] : []),
    ...(c.content ? [c.content] : []),
    ...said(w.limits, c.limits),
    ...said(w.who, c.who),
    ...said(w.freq, c.freq),
    ...said(w.start, c.start),
    ...said(w.due, c.due),
  ].join('\n')
}

/** Reads a cell as people write it in a table: 「◎ 週1回訪問」, 「主担当」, with lines such as 「期限：令和9年3月31日」. Notes say what was not understood. */
export function readCellText(text: string): { cell: Cell; notes: string[] } {
  const cell: Cell = { code: '', who: '', freq: '', start: '', due: '', content: '', limits: '' }
  const notes: string[] = []
  const { code, rest } = takeCode(text.trim())
  cell.code = code
  if (!code && rest) notes.push(w.pasteNoCode)
  const content: string[] = []
  for (const line of rest.split('\n')) {
    const m = /^\s*([^：:]{1,12})[：:]\s*(.*)$/.exec(line)
    const field = m ? FIELDS.find(([label]) => label === m[1]?.trim())?.[1] : undefined
    const until = /^\s*[〜～~]\s*(.+)$/.exec(line)
    if (field === 'start' || field === 'due') date(cell, field, m?.[2] ?? '', notes)
    else if (field) cell[field] = [cell[field], m?.[2] ?? ''].filter(Boolean).join('\n')
    else if (until) date(cell, 'due', until[1] ?? '', notes)
    else content.push(line)
  }
  cell.content = content.join('\n').trim()
  for (const f of ['content', 'limits'] as const) {
    const n = graphemes(cell[f]).length
    if (n > LIMIT) {
      notes.push(w.pasteTooLong(n))
      cell[f] = graphemes(cell[f]).slice(0, LIMIT).join('')
    }
  }
  return { cell, notes }
}

function date(cell: Cell, field: 'start' | 'due', text: string, notes: string[]): void {
  const iso = parseDate(text)
  if (iso) cell[field] = iso
  else if (text.trim()) notes.push(w.pasteNoDate(text.trim()))
}

/** Takes sign and word of the role from the head of the text. A letter that also begins ordinary words (見, 情, 本) counts only alone. */
function takeCode(text: string): { code: string; rest: string } {
  for (const [code, mark] of Object.entries(w.marks)) {
    const label = w.labels[code] ?? ''
    for (const head of [`${mark}${label}`, `${mark} ${label}`, label, w.shorts[code] ?? ''])
      if (head && text.startsWith(head) && /^($|[\s　：:、（(])/.test(text.slice(head.length)))
        return { code, rest: text.slice(head.length).replace(/^[\s　：:、]+/, '') }
  }
  const first = [...text][0] ?? ''
  const code = SIGNS[first] ?? Object.entries(w.marks).find(([, mark]) => mark === first)?.[0] ?? ''
  const rest = text.slice(first.length)
  if (!code || ('見情本ー-'.includes(first) && rest && !/^[\s　：:]/.test(rest))) return { code: '', rest: text }
  return { code, rest: rest.replace(/^[\s　：:]+/, '') }
}
