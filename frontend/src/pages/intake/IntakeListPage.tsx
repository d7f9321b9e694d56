import { useState } from 'react'
import { Link } from 'wouter'
import type { IntakeLine } from '../../api/intake'
import { PageState } from '../../app/PageState'
import { usePages } from '../../app/usePages'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'

/** 受け付けた相談: numbers and initials. */
export function IntakeListPage() {
  const [triage, setTriage] = useState('')
  const { pages, error, busy, reload, more } = usePages<{ intakes: IntakeLine[]; next: string }>(
    `/intakes?triage=${triage}`,
  )
  const lines = pages?.flatMap(p => p.intakes) ?? []
  const w = words.intake
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <div className="row">
          <Link href="/referrals" className="button" data-testid="referrals">
            {w.referrals}
          </Link>
          <Link href="/intakes/new" className="button" data-kind="solid" data-testid="new-intake">
            {w.take}
          </Link>
        </div>
      </div>
      <p className="soft">{w.intro}</p>
      <div className="toolbar">
        <SelectField
          label={w.filter}
          value={triage}
          options={[{ value: '', label: w.all }, ...w.triages.map(({ value, label }) => ({ value, label }))]}
          onValue={setTriage}
          data-testid="intake-filter"
        />
        <p role="status" className="soft">
          {error?.message ??
            (pages
              ? lines.length
                ? more
                  ? w.countOf(lines.length)
                  : w.count(lines.length)
                : triage
                  ? w.noneOf
                  : w.none
              : '')}
        </p>
      </div>
      {pages ? null : <PageState error={error} reload={reload} />}
      {lines.length ? (
        <>
          <Table caption={w.title} head={w.heads} data-testid="intake-list">
            {lines.map(l => (
              <Row key={l.caseId} line={l} />
            ))}
          </Table>
          {more ? (
            <Button busy={busy} onClick={() => void more()} data-testid="intakes-more">
              {w.more}
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  )
}

function Row({ line: l }: { line: IntakeLine }) {
  const w = words.intake
  return (
    <tr>
      <th scope="row" className="nowrap">
        <Link href={`/cases/${l.caseId}`}>{l.caseNumber}</Link>
      </th>
      <td className="nowrap">{showInstant(l.at, 'short')}</td>
      <td>{l.initial}</td>
      <td>{l.agencyName}</td>
      <td className="nowrap">{l.asker}</td>
      <td>{l.fields.join('、')}</td>
      <td className="nowrap">
        {l.urgent ? <Chip tone="bad">{l.urgency}</Chip> : l.urgency}
        {l.danger ? (
          <>
            {' '}
            <Chip tone="bad">{w.danger}</Chip>
          </>
        ) : null}
      </td>
      <td className="nowrap">{l.consentLabel}</td>
      <td>
        {l.triageLabel}
        {l.waits ? (
          <>
            {' '}
            <Chip tone="warn">{w.waits}</Chip>
          </>
        ) : null}
      </td>
      <td className="nowrap">{l.stageLabel}</td>
    </tr>
  )
}
