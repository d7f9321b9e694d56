import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { CaseSummary } from '../../api/cases'
import { AcrossCases } from '../../app/AcrossCases'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

/** The list of cases: number and initials, never a name. */
export function CaseListPage() {
  const [q, setQ] = useState('')
  const [list, setList] = useState<CaseSummary[] | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const { roles } = useActor()
  const w = words.cases

  const load = useCallback(async (text: string) => {
    try {
      const answer = text
        ? await api.post<{ cases: CaseSummary[] }>('/cases/search', { q: text, stage: '' })
        : await api.get<{ cases: CaseSummary[] }>('/cases')
      setList(answer.cases ?? [])
      setError(null)
    } catch (e) {
      setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
    }
  }, [])
  useEffect(() => void load(''), [load])

  const find = (e: FormEvent) => {
    e.preventDefault()
    void load(q.trim())
  }
  if (!list) return <PageState error={error} reload={() => load(q)} />
  const mayCreate = roles.includes('secretariat') || roles.includes('city')
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
            <Link href="/cases/new" className="button" data-kind="solid" data-testid="new-case">
              {w.create}
            </Link>
          </div>
        ) : null}
      </div>
      <form className="toolbar" onSubmit={find}>
        <TextField label={w.search} value={q} onValue={setQ} type="search" data-testid="case-search" />
        <Button type="submit">{w.find}</Button>
        <p role="status" className="soft">
          {error ? error.message : list.length ? w.count(list.length) : w.empty}
        </p>
      </form>
      <Table
        caption={w.title}
        head={[w.number, w.stage, w.initials, w.persons, w.agencies, w.opened, w.next]}
        data-testid="case-list"
      >
        {list.map(c => (
          <tr key={c.id}>
            <th scope="row" className="nowrap">
              <Link href={`/cases/${c.id}`} data-testid={`case-${c.number}`}>
                {c.number}
              </Link>
            </th>
            <td className="nowrap">
              <Chip tone="key">{c.stageLabel}</Chip>
            </td>
            <td>{c.initials}</td>
            <td className="num">{c.persons}</td>
            <td className="num">{c.agencies}</td>
            <td className="nowrap">{showInstant(c.openedAt, 'short').split(' ')[0]}</td>
            <td className="nowrap">{c.nextMeeting ? showInstant(c.nextMeeting, 'wareki') : words.form.none}</td>
          </tr>
        ))}
      </Table>
    </div>
  )
}
