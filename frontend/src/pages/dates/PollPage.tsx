import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import type { DateBoard, DateLink } from '../../api/dates'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { PollForm } from './PollForm'
import { PollGrid } from './PollGrid'
import { PollLinks } from './PollLinks'
import { showSpan } from './showSpan'

interface Props {
  id: string
}

/** 日程調整 of a meeting for those who hold the record: what is asked, who answered what, the proposal, the decision. */
export function PollPage({ id }: Props) {
  const { data: board, error, reload } = useLoad<DateBoard>(`/meetings/${id}/dates`)
  const [links, setLinks] = useState<DateLink[]>([])
  const [editing, setEditing] = useState(false)
  const { submit, busy, error: failed } = useSubmit()
  const w = words.datePoll
  if (!board) return <PageState error={error} reload={reload} />
  const fixed = board.lines.find(l => l.id === board.fixed)
  const best = board.lines.find(l => l.id === board.best)
  const took = (fresh: DateLink[]) =>
    setLinks(old => [...old.filter(l => !fresh.some(f => f.agencyId === l.agencyId)), ...fresh])
  const renew = (agencyId: string) =>
    void submit(async () => {
      const made = await api.post<{ links: DateLink[] }>(`/meetings/${id}/dates/links`, { agencyId })
      took(made.links)
    })
  const fix = (option: string) =>
    void submit(async () => {
      await api.post(`/meetings/${id}/dates/fix`, { option })
      setLinks([])
      await reload()
    })
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href={`/meetings/${id}`}>{words.meeting.list}</Link>
      </p>
      <h1>{w.title}</h1>
      <p className="soft">{w.text}</p>
      {failed ? <Banner tone="bad" title={failed.message} data-testid="poll-error" /> : null}
      {fixed ? (
        <Banner tone="good" title={w.fixedText(showSpan(fixed.start, fixed.end))} data-testid="poll-fixed" />
      ) : null}
      {!board.open || editing ? (
        <PollForm
          board={board}
          onSave={async body => {
            const made = await api.put<{ links: DateLink[] }>(`/meetings/${id}/dates`, body)
            took(made.links)
            await reload()
            setEditing(false)
          }}
          onClose={editing ? () => setEditing(false) : undefined}
        />
      ) : null}
      {links.length && !fixed ? <PollLinks links={links} board={board} /> : null}
      {board.open ? (
        <section className="card stack-s" aria-labelledby="poll-grid">
          <div className="between">
            <h2 id="poll-grid">{w.grid}</h2>
            {editing ? null : (
              <Button small onClick={() => setEditing(true)} data-testid="poll-edit">
                {w.edit}
              </Button>
            )}
          </div>
          {fixed ? null : best ? (
            <Banner tone="info" title={w.bestText(showSpan(best.start, best.end))} data-testid="poll-best" />
          ) : (
            <p className="soft">{w.noBest}</p>
          )}
          <PollGrid board={board} busy={busy} onFix={fix} onRenew={renew} />
        </section>
      ) : null}
    </div>
  )
}
