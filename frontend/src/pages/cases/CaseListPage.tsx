import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { CaseSummary } from '../../api/cases'
import { AcrossCases } from '../../app/AcrossCases'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { today } from '../../dates/today'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Page {
  cases: CaseSummary[]
  next: string
}

/** The list of cases: number and initials, never a name. Older ones come a page at a time. */
export function CaseListPage() {
  const [q, setQ] = useState('')
  const [stage, setStage] = useState('')
  const [asked, setAsked] = useState({ q: '', stage: '' })
  const [list, setList] = useState<Page | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const { roles } = useActor()
  const w = words.cases
  const turn = useRef(0) // an answer that comes after a later question is dropped

  const load = useCallback(async (of: { q: string; stage: string }, before?: Page) => {
    turn.current += 1
    const mine = turn.current
    setBusy(true)
    try {
      const page =
        of.q || of.stage || before
          ? await api.post<Page>('/cases/search', { ...of, after: before?.next ?? '' })
          : await api.get<Page>('/cases')
      if (mine !== turn.current) return
      setList({ cases: [...(before?.cases ?? []), ...(page.cases ?? [])], next: page.next })
      setAsked(of)
      setError(null)
    } catch (e) {
      if (mine === turn.current) setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
    } finally {
      if (mine === turn.current) setBusy(false)
    }
  }, [])
  useEffect(() => void load({ q: '', stage: '' }), [load])

  const find = (e: FormEvent) => {
    e.preventDefault()
    void load({ q: q.trim(), stage })
  }
  if (!list) return <PageState error={error} reload={() => load(asked)} />
  const mayCreate = roles.includes('secretariat') || roles.includes('city')
  const found = list.cases.length
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <AcrossCases />
        {mayCreate ? (
          <div className="row">
            <Link href="/consents/ending" className="button" data-testid="consents-ending">
              {words.consent.ending}
            </Link>
            <Link href="/imports" className="button" data-testid="imports">
              {words.imports.open}
            </Link>
            <Link href="/cases/new" className="button" data-kind="solid" data-testid="new-case">
              {w.create}
            </Link>
          </div>
        ) : null}
      </div>
      <form className="toolbar" onSubmit={find}>
        <TextField label={w.search} value={q} onValue={setQ} type="search" data-testid="case-search" />
        <SelectField
          label={w.stage}
          value={stage}
          options={[
            { value: '', label: w.allStages },
            ...Object.entries(w.stages).map(([value, label]) => ({ value, label })),
          ]}
          onValue={v => {
            setStage(v)
            void load({ q: q.trim(), stage: v })
          }}
          data-testid="case-stage-filter"
        />
        <Button type="submit">{w.find}</Button>
        <p role="status" className="soft">
          {error ? error.message : found ? (list.next ? w.countOf(found) : w.count(found)) : w.empty}
        </p>
      </form>
      <Table
        caption={w.title}
        head={[w.number, w.stage, w.initials, w.persons, w.agencies, w.opened, w.next]}
        data-testid="case-list"
      >
        {list.cases.map(c => (
          <tr key={c.id}>
            <th scope="row" className="nowrap">
              <Link href={`/cases/${c.id}`} data-testid={`case-${c.number}`}>
                {c.number}
              </Link>
            </th>
            <td className="nowrap">
              <Chip tone="key">{c.stageLabel}</Chip>{' '}
              {c.until ? (
                <Chip tone={c.until < today() ? 'bad' : 'plain'}>
                  {words.course.until(showDate(c.until, 'wareki'))}
                </Chip>
              ) : null}
            </td>
            <td>{c.initials}</td>
            <td className="num">{c.persons}</td>
            <td className="num">{c.agencies}</td>
            <td className="nowrap">{showInstant(c.openedAt, 'short').split(' ')[0]}</td>
            <td className="nowrap">{c.nextMeeting ? showInstant(c.nextMeeting, 'wareki') : words.form.none}</td>
          </tr>
        ))}
      </Table>
      {list.next ? (
        <Button busy={busy} onClick={() => void load(asked, list)} data-testid="case-more">
          {w.more}
        </Button>
      ) : null}
    </div>
  )
}
