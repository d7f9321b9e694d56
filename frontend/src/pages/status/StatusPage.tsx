import type { Status, StatusLine } from '../../api/status'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'

const TONES = { fine: 'good', look: 'warn', wrong: 'bad' } as const
const ORDER = { wrong: 0, look: 1, fine: 2 }

/** 稼働状況: is all well, and if not, what is to be done. What wants doing stands first. */
export function StatusPage() {
  const { data, error, reload } = useLoad<Status>('/status')
  const w = words.status
  if (!data) return <PageState error={error} reload={reload} />
  const lines = [...data.lines].sort((a, b) => ORDER[a.state] - ORDER[b.state])
  return (
    <div className="page stack">
      <h1>{w.title}</h1>
      <p className="soft">{w.intro}</p>
      {error ? (
        <Banner tone="bad" title={words.errors.load} data-testid="status-away">
          {error.kind === 'offline' ? w.away : error.message}
        </Banner>
      ) : (
        <Banner tone={TONES[data.state]} title={w.all[data.state]} data-testid={`status-${data.state}`}>
          {w.allText[data.state]}
        </Banner>
      )}
      <div className="row">
        <p className="soft">{w.at(showInstant(data.at))}</p>
        <Button small onClick={() => void reload()} data-testid="status-again">
          {w.again}
        </Button>
      </div>
      <Table caption={w.list} head={w.heads} data-testid="status-list">
        {lines.map(l => (
          <Row key={l.name} line={l} />
        ))}
      </Table>
    </div>
  )
}

function Row({ line }: { line: StatusLine }) {
  const w = words.status
  return (
    <tr data-testid={`status-line-${line.name}`}>
      <th scope="row">{line.label}</th>
      <td className="nowrap">
        <Chip tone={TONES[line.state]}>{w.states[line.state]}</Chip>
      </td>
      <td>
        {line.what}
        {line.advice ? (
          <p>
            <strong>{w.todo}</strong>
            {line.advice}
          </p>
        ) : null}
      </td>
    </tr>
  )
}
