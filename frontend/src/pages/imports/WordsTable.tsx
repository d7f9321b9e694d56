import type { ImportHow, ImportPreview, ImportWord } from '../../api/imports'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  preview: ImportPreview
  how: ImportHow
  onHow: (h: ImportHow) => void
}

/** 言葉の対応: words of the file that are of no list. */
export function WordsTable({ preview, how, onHow }: Props) {
  const w = words.imports
  if (!preview.words.length) return null
  const value = (x: ImportWord) => how.words?.[x.field]?.[x.word]
  const put = (x: ImportWord, code: string) => {
    const field = { ...how.words?.[x.field] }
    if (code === UNDECIDED) delete field[x.word]
    else field[x.word] = code
    onHow({ ...how, words: { ...how.words, [x.field]: field } })
  }
  return (
    <section className="stack-s">
      <p className="soft">{w.wordsIntro}</p>
      <Table caption={w.wordsTitle} head={w.wordsHeads} data-testid="import-words">
        {preview.words.map(x => (
          <tr key={`${x.field}/${x.word}`}>
            <td>{x.label}</td>
            <th scope="row">{x.word}</th>
            <td className="num">{x.rows}</td>
            <td>
              <select
                className="input import-select"
                aria-label={w.wordOf(x.label, x.word)}
                value={value(x) ?? UNDECIDED}
                onChange={e => put(x, e.currentTarget.value)}
                data-testid={`word-${x.word}`}
              >
                <option value={UNDECIDED}>{w.undecided}</option>
                <option value="">{w.leave}</option>
                {x.options.map(o => (
                  <option key={o.code} value={o.code}>
                    {o.label}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

/** No code is called so. */
const UNDECIDED = '?'
