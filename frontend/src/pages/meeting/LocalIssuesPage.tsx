import { useState } from 'react'
import { api } from '../../api/api'
import type { LocalIssue, LocalIssueList } from '../../api/localIssues'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { LocalIssueRow } from './LocalIssueRow'

/** 地域課題: the memos that the meetings have put into the list of the municipality, by theme and by what became of them. */
export function LocalIssuesPage() {
  const { data, error, reload } = useLoad<LocalIssueList>('/local-issues')
  const [theme, setTheme] = useState('*')
  const [state, setState] = useState('*')
  const [said, setSaid] = useState('')
  const { submit, busy, error: refused } = useSubmit()
  const w = words.localIssues
  if (!data) return <PageState error={error} reload={reload} />
  const options = (list: LocalIssueList['themes']) => list.map(c => ({ value: c.code, label: c.label }))
  const themes = [{ value: '', label: w.unsorted }, ...options(data.themes)]
  const list = data.issues.filter(i => (theme === '*' || i.theme === theme) && (state === '*' || i.state === state))
  const sort = (i: LocalIssue, to: { theme: string; state: string }) =>
    void submit(async () => {
      await api.put(`/meetings/${i.meetingId}/local-issues/${i.id}`, to)
      await reload()
      setSaid(w.kept)
    })
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <p className="soft">{w.intro}</p>
      {refused ? <Banner tone="bad" title={refused.message} /> : null}
      <p role="status" className="soft" data-testid="issues-said">
        {said}
      </p>
      {data.issues.length ? (
        <>
          <ul className="row list-plain" aria-label={w.themes} data-testid="issue-counts">
            {themes
              .filter(t => data.counts[t.value])
              .map(t => (
                <li key={t.value}>
                  <Chip>{`${t.label} ${data.counts[t.value]}`}</Chip>
                </li>
              ))}
          </ul>
          <div className="form-grid no-print">
            <SelectField
              label={w.theme}
              value={theme}
              options={[{ value: '*', label: w.all }, ...themes]}
              onValue={setTheme}
              data-testid="issues-theme"
            />
            <SelectField
              label={w.state}
              value={state}
              options={[{ value: '*', label: w.all }, ...options(data.states)]}
              onValue={setState}
              data-testid="issues-state"
            />
          </div>
          <p role="status">{w.count(list.length, list.filter(i => i.state === 'open').length)}</p>
          <Table caption={w.title} head={w.heads} data-testid="issues">
            {list.map(i => (
              <LocalIssueRow
                key={i.id}
                issue={i}
                places={data.places[i.id] ?? []}
                themes={themes}
                states={options(data.states)}
                maySort={data.maySort}
                busy={busy}
                onSort={to => sort(i, to)}
              />
            ))}
          </Table>
        </>
      ) : (
        <p>{w.none}</p>
      )}
    </div>
  )
}
