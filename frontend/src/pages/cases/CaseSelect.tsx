import { useId, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { CaseSummary } from '../../api/cases'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  label: string
  value: string
  onValue: (caseId: string) => void
  /** The newest cases, as /cases gives them. */
  first: readonly CaseSummary[]
  /** There are others than those. */
  more: boolean
  error?: string | undefined
  'data-testid': string
}

/** A choice of one case: among the newest, or, where there are more of them, among those that are found by number or name. */
export function CaseSelect({ label, value, onValue, first, more, error, 'data-testid': testid }: Props) {
  const [q, setQ] = useState('')
  const [found, setFound] = useState<CaseSummary[] | null>(null)
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const [kept, setKept] = useState<CaseSummary | null>(null)
  const status = useId()
  const w = words.cases.select
  const list = found ?? first
  // What was chosen stays a choice while others are looked for.
  const shown = kept && !list.some(c => c.id === kept.id) ? [kept, ...list] : list
  const find = async () => {
    const text = q.trim()
    if (!text) {
      setFound(null)
      setSaid('')
      return
    }
    setBusy(true)
    try {
      const page = await api.post<{ cases: CaseSummary[]; next: string }>('/cases/search', { q: text })
      setFound(page.cases ?? [])
      setSaid(page.cases?.length ? (page.next ? w.many(page.cases.length) : w.found(page.cases.length)) : w.none)
    } catch (e) {
      setSaid(e instanceof ApiError ? e.message : words.errors.unknown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      <SelectField
        label={label}
        value={value}
        options={[
          { value: '', label: words.form.choose },
          ...shown.map(c => ({ value: c.id, label: w.option(c.number, c.initials, c.stageLabel) })),
        ]}
        onValue={id => {
          setKept(shown.find(c => c.id === id) ?? null)
          onValue(id)
        }}
        hint={more && !found ? w.newest(first.length) : undefined}
        error={error}
        required
        data-testid={testid}
      />
      {more ? (
        <>
          <div className="toolbar">
            <TextField
              label={w.search}
              type="search"
              value={q}
              onValue={setQ}
              aria-describedby={status}
              onKeyDown={e => {
                if (e.key !== 'Enter' || e.nativeEvent.isComposing) return
                e.preventDefault() // it finds a case, and does not send the form around it
                void find()
              }}
              data-testid={`${testid}-search`}
            />
            <Button busy={busy} onClick={() => void find()} data-testid={`${testid}-find`}>
              {words.cases.find}
            </Button>
          </div>
          <p role="status" id={status} className="soft">
            {said}
          </p>
        </>
      ) : null}
    </div>
  )
}
