import type { OpenSession } from '../../api/account'
import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  sessions: readonly OpenSession[]
  reload: () => Promise<void>
}

/** サインイン中の端末, and an end to those one does not know. */
export function SessionsCard({ sessions, reload }: Props) {
  const { submit, busy, error } = useSubmit()
  const w = words.account
  const end = (path: string) =>
    void submit(async () => {
      await api.del(path)
      await reload()
    })
  return (
    <section className="card stack" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{w.sessions}</h2>
      <p>{w.sessionsText}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <Table caption={w.sessions} head={[w.device, w.address, w.since, w.seen, '']} data-testid="session-list">
        {sessions.map(s => (
          <tr key={s.id}>
            <th scope="row">
              {s.device} {s.this ? <Chip tone="key">{w.this}</Chip> : null}
              {s.locked ? <Chip tone="warn">{w.locked}</Chip> : null}
            </th>
            <td>{s.ip}</td>
            <td className="num">{showInstant(s.createdAt, 'wareki')}</td>
            <td className="num">{showInstant(s.lastSeen, 'wareki')}</td>
            <td>
              {s.this ? null : (
                <Button
                  small
                  kind="danger"
                  aria-label={w.endOf(s.device, showInstant(s.createdAt, 'wareki'))}
                  onClick={() => end(`/account/sessions/${s.id}`)}
                  data-testid={`session-end-${s.id}`}
                >
                  {w.end}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {sessions.length > 1 ? (
        <div>
          <Button kind="danger" busy={busy} onClick={() => end('/account/sessions')} data-testid="sessions-end">
            {w.endOthers}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
