import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { ArchiveRecord } from '../../api/archive'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { CorrectDialog } from './CorrectDialog'
import { fiscalYears } from './fiscalYears'
import { KeepingDialog } from './KeepingDialog'
import { nameOf } from './nameOf'
import { Period } from './Period'
import { VerifyResult } from './VerifyResult'
import { VersionChips } from './VersionChips'

interface Page {
  records: ArchiveRecord[]
  next: string
}

/** The list of sealed records with hash and retention, a page at a time; each can be received and verified. */
export function RecordsTab() {
  const [list, setList] = useState<Page | null>(null)
  const [asked, setAsked] = useState('')
  const [busy, setBusy] = useState(false)
  const turn = useRef(0) // an answer that comes after a later question is dropped
  const [error, setError] = useState<ApiError | null>(null)
  const [q, setQ] = useState('')
  const [year, setYear] = useState('')
  const [kind, setKind] = useState('')
  const [verifying, setVerifying] = useState<string | null>(null)
  const [keeping, setKeeping] = useState<ArchiveRecord | null>(null)
  const [correcting, setCorrecting] = useState<ArchiveRecord | null>(null)
  const [begun, setBegun] = useState('')
  const w = words.archive

  const load = useCallback(async (text: string, y: string, k: string, before?: Page) => {
    turn.current += 1
    const mine = turn.current
    setBusy(true)
    try {
      const after = before?.next ?? ''
      const page = text
        ? await api.post<Page>('/archive/search', { q: text, year: Number(y), kind: k, after })
        : await api.get<Page>(`/archive?${new URLSearchParams({ year: y, kind: k, after })}`)
      if (mine !== turn.current) return
      setList({ records: [...(before?.records ?? []), ...(page.records ?? [])], next: page.next })
      setAsked(text)
      setError(null)
    } catch (e) {
      if (mine === turn.current) setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
    } finally {
      if (mine === turn.current) setBusy(false)
    }
  }, [])
  const searched = useRef('')
  searched.current = asked
  useEffect(() => void load(searched.current, year, kind), [load, year, kind])
  const find = (e: FormEvent) => {
    e.preventDefault()
    setBegun('')
    void load(q.trim(), year, kind)
  }
  if (!list) return <PageState error={error} reload={() => load(q, year, kind)} />
  const found = list.records.length
  return (
    <div className="stack">
      {verifying !== null ? <VerifyResult key={verifying} id={verifying} onClose={() => setVerifying(null)} /> : null}
      {keeping ? (
        <KeepingDialog
          id={keeping.id}
          number={nameOf(keeping)}
          onClose={() => {
            setKeeping(null)
            void load(q.trim(), year, kind)
          }}
        />
      ) : null}
      {begun ? <Banner tone="good" title={words.correction.begun(begun)} data-testid="correct-begun" /> : null}
      {correcting ? (
        <CorrectDialog
          record={correcting}
          onClose={() => setCorrecting(null)}
          onDone={async () => {
            setBegun(correcting.number)
            setCorrecting(null)
            await load(q.trim(), year, kind)
          }}
        />
      ) : null}
      <form className="toolbar" onSubmit={find}>
        <TextField label={w.search} type="search" value={q} onValue={setQ} data-testid="archive-search" />
        <SelectField
          label={w.year}
          value={year}
          options={[{ value: '', label: w.all }, ...fiscalYears()]}
          onValue={setYear}
        />
        <SelectField
          label={w.kind}
          value={kind}
          options={[{ value: '', label: w.all }, ...w.kinds]}
          onValue={setKind}
        />
        <Button type="submit">{words.cases.find}</Button>
        <p role="status" className="soft">
          {error?.message ?? (found ? (list.next ? words.cases.countOf(found) : words.cases.count(found)) : w.empty)}
        </p>
      </form>
      <Table
        caption={w.list}
        head={[w.number, w.document, w.caseNumber, w.sealed, w.pages, w.retention, '']}
        data-testid="archive-list"
      >
        {list.records.map(r => (
          <tr key={r.id || `${r.meetingId}/${r.kind}/${r.version}`}>
            <th scope="row" className="nowrap">
              {r.number}
            </th>
            <td className="archive-paper">
              <Chip>{r.kindLabel}</Chip> {r.title}{' '}
              {r.id && !r.disposed ? null : <Chip tone="warn">{r.stateLabel ?? r.state}</Chip>}
              <VersionChips record={r} />
              <div className="mono soft">
                {w.hash} {r.sha256.slice(0, 16)}…
              </div>
              {r.signature ? <div className="soft">{r.signature}</div> : null}
            </td>
            <td>{r.caseNumber}</td>
            <td className="nowrap">{showInstant(r.sealedAt, 'short')}</td>
            <td className="num">{r.pages}</td>
            <td>
              <Period record={r} />
            </td>
            <td>
              {r.id ? (
                <div className="row">
                  {r.disposed ? null : (
                    <a
                      className="button"
                      data-small
                      href={`${base}/api/archive/${r.id}/file`}
                      data-testid={`archive-file-${r.number}`}
                    >
                      {w.download}
                    </a>
                  )}
                  {r.disposed || !r.meetingId ? null : (
                    <Link
                      className="button"
                      data-small
                      href={`/archive/${r.id}/copies`}
                      aria-label={words.copies.openOf(nameOf(r))}
                      data-testid={`copies-${r.number}`}
                    >
                      {words.copies.open}
                    </Link>
                  )}
                  <Button
                    small
                    onClick={() => setKeeping(r)}
                    aria-label={words.keeping.openOf(nameOf(r))}
                    data-testid={`keeping-${r.number}`}
                  >
                    {words.keeping.open}
                  </Button>
                  {r.mayCorrect ? (
                    <Button
                      small
                      onClick={() => setCorrecting(r)}
                      aria-label={words.correction.openOf(nameOf(r))}
                      data-testid={`correct-${r.number}`}
                    >
                      {words.correction.open}
                    </Button>
                  ) : null}
                  <Button small onClick={() => setVerifying(r.id)} aria-label={`${nameOf(r)}：${w.verify}`}>
                    {w.verify}
                  </Button>
                </div>
              ) : (
                <span className="soft">{w.draft}</span>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {list.next ? (
        <Button busy={busy} onClick={() => void load(asked, year, kind, list)} data-testid="archive-more">
          {words.cases.more}
        </Button>
      ) : null}
    </div>
  )
}
