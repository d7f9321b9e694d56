import type { ImportColumn, ImportField, ImportHow, ImportPreview } from '../../api/imports'
import { Button } from '../../parts/Button'
import { NumberField } from '../../parts/NumberField'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { WordsTable } from './WordsTable'

interface Props {
  preview: ImportPreview
  how: ImportHow
  busy: boolean
  onHow: (h: ImportHow) => void
  /** The file is to be looked at again: another sheet, another row of headings. */
  onSheet: (h: ImportHow) => void
  onNext: () => void
  onBack: () => void
}

/** Which column is what, and which word means what. */
export function ColumnsStep({ preview, how, busy, onHow, onSheet, onNext, onBack }: Props) {
  const w = words.imports
  const columns = how.columns ?? {}
  const named = ['name', 'kana', 'alias'].some(f => columns[f])
  const put = (no: number, field: string) => {
    const next: Record<string, number> = {}
    for (const [f, n] of Object.entries(columns)) if (n !== no && f !== field) next[f] = n
    if (field) next[field] = no
    onHow({ ...how, columns: next })
  }
  return (
    <div className="stack">
      <div className="toolbar">
        {preview.sheets.length > 1 ? (
          <SelectField
            label={w.sheet}
            value={preview.sheet}
            options={preview.sheets.map(s => ({ value: s, label: s }))}
            onValue={sheet => onSheet({ sheet, head: 0, columns: null, words: how.words })}
            data-testid="import-sheet"
          />
        ) : null}
        <NumberField
          label={w.head}
          hint={w.headHint}
          value={preview.head}
          onValue={n => {
            if (n && n !== preview.head) onSheet({ sheet: preview.sheet, head: n, columns: null, words: how.words })
          }}
          data-testid="import-head"
        />
        <p role="status" className="soft">
          {preview.name}
        </p>
      </div>
      <Table caption={w.columnsTitle} head={w.columnsHeads} data-testid="import-columns">
        {preview.columns.map(c => (
          <tr key={c.no}>
            <td>{c.letter}</td>
            <th scope="row">{c.title || <span className="soft">{w.untitled}</span>}</th>
            <td className="import-sample">{c.sample}</td>
            <td>
              <FieldSelect
                column={c}
                fields={preview.fields}
                value={Object.keys(columns).find(f => columns[f] === c.no) ?? ''}
                onValue={f => put(c.no, f)}
              />
            </td>
          </tr>
        ))}
      </Table>
      <p className="soft">{w.remembered}</p>
      <WordsTable preview={preview} how={how} onHow={onHow} />
      <div className="row">
        <Button onClick={onBack}>{w.another}</Button>
        <Button
          kind="solid"
          busy={busy}
          why={named ? undefined : w.missing(preview.fields.find(f => f.required)?.label ?? '')}
          onClick={onNext}
          data-testid="import-next"
        >
          {w.next}
        </Button>
      </div>
    </div>
  )
}

interface SelectProps {
  column: ImportColumn
  fields: readonly ImportField[]
  value: string
  onValue: (field: string) => void
}

/** The fields a column can be, in their groups. */
function FieldSelect({ column, fields, value, onValue }: SelectProps) {
  const w = words.imports
  const groups = [...new Set(fields.map(f => f.group))]
  const help = fields.find(f => f.id === value)?.help
  const id = `column-help-${column.no}`
  return (
    <>
      <select
        className="input import-select"
        aria-label={w.fieldOf(column.letter, column.title)}
        aria-describedby={help ? id : undefined}
        value={value}
        onChange={e => onValue(e.currentTarget.value)}
        data-testid={`column-${column.letter}`}
      >
        <option value="">{w.skip}</option>
        {groups.map(g => (
          <optgroup key={g} label={g}>
            {fields
              .filter(f => f.group === g)
              .map(f => (
                <option key={f.id} value={f.id}>
                  {f.label}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {help ? (
        <div className="soft" id={id}>
          {help}
        </div>
      ) : null}
    </>
  )
}
