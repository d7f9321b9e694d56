import { useEffect, useState } from 'react'
import { Link, useSearch } from 'wouter'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { FigureCases } from '../../api/figures'
import { PageState } from '../../app/PageState'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 内訳: the cases behind a number, by their own numbers. */
export function FigureCasesPage() {
  const asked = useSearch()
  const [data, setData] = useState<FigureCases | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const w = words.figures
  const load = async (before?: FigureCases) => {
    setBusy(true)
    try {
      const page = await api.get<FigureCases>(`/figures/cases?${asked}${before ? `&from=${before.next}` : ''}`)
      setData(before ? { ...page, lines: [...before.lines, ...page.lines] } : page)
      setError(null)
    } catch (e) {
      setError(e instanceof ApiError ? e : new ApiError('internal', words.errors.unknown))
    } finally {
      setBusy(false)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked for stands in the address
  useEffect(() => void load(), [asked])
  if (!data) return <PageState error={error} reload={() => load()} />
  const again = data.lines.some(l => l.times > 1)
  const standing = data.lines.some(l => l.days !== undefined)
  return (
    <div className="page stack">
      <h1>{data.title}</h1>
      <p className="soft">{data.definition}</p>
      <p role="status" data-testid="behind-count">
        {error ? error.message : data.total ? w.behindCount(data.total, data.lines.length) : w.behindNone}
      </p>
      {data.total ? (
        <Table
          caption={w.behindTitle}
          head={[
            words.cases.number,
            words.cases.stage,
            words.cases.initials,
            words.cases.opened,
            ...(again ? [w.times] : []),
            ...(standing ? [w.standingDays] : []),
          ]}
          data-testid="behind-list"
        >
          {data.lines.map(l => (
            <tr key={l.caseId}>
              <th scope="row" className="nowrap">
                <Link href={`/cases/${l.caseId}`} data-testid={`behind-${l.caseNumber}`}>
                  {l.caseNumber}
                </Link>
              </th>
              <td className="nowrap">
                <Chip tone="key">{l.stageLabel}</Chip>
              </td>
              <td>{l.initials}</td>
              <td className="nowrap">{showInstant(l.opened, 'short').split(' ')[0]}</td>
              {again ? <td className="num">{l.times}</td> : null}
              {standing ? <td className="num">{w.days(l.days ?? 0)}</td> : null}
            </tr>
          ))}
        </Table>
      ) : null}
      {data.next ? (
        <Button busy={busy} onClick={() => void load(data)} data-testid="behind-more">
          {words.cases.more}
        </Button>
      ) : null}
      <p className="soft">{w.behindNote}</p>
      <p className="no-print">
        <Link href="/figures">{w.back}</Link>
      </p>
    </div>
  )
}
