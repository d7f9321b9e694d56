import { useState } from 'react'
import { api } from '../../api/api'
import type { Disposal } from '../../api/archive'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { DecideDialog } from './DecideDialog'
import { PaperList } from './ProposeDialog'

const TONES = { proposed: 'key', done: 'good', refused: 'warn', withdrawn: 'plain' } as const

/** 廃棄の起案と決裁: every proposal with what became of it. */
export function Disposals({ onDone }: { onDone: () => Promise<void> }) {
  const { data, error, reload } = useLoad<{ disposals: Disposal[] }>('/disposals')
  const [deciding, setDeciding] = useState<Disposal | null>(null)
  const { submit, rest } = useSubmit()
  const w = words.keeping
  if (!data) return <PageState error={error} reload={reload} />
  const done = async () => {
    setDeciding(null)
    await Promise.all([reload(), onDone()])
  }
  const withdraw = (d: Disposal) =>
    void submit(async () => {
      await api.post(`/disposals/${d.id}/withdraw`)
      await done()
    })
  const problem = rest()
  return (
    <>
      <h2>{w.disposals}</h2>
      {problem ? <Banner tone="bad" title={problem} /> : null}
      {data.disposals.length === 0 ? <p className="soft">{w.noDisposals}</p> : null}
      {data.disposals.length ? (
        <Table
          caption={w.disposals}
          head={[w.state, w.proposedBy, words.archive.document, w.decidedBy, '']}
          data-testid="disposals"
        >
          {data.disposals.map(d => (
            <tr key={d.id}>
              <td>
                <Chip tone={TONES[d.state]}>{d.stateLabel}</Chip>
              </td>
              <td>
                {d.proposedBy}
                <div className="soft">{showInstant(d.proposedAt, 'short')}</div>
              </td>
              <td>
                <details>
                  <summary>{w.papers(d.records.length)}</summary>
                  <PaperList records={d.records} />
                </details>
                <div className="soft">{d.reason}</div>
              </td>
              <td>
                {d.decidedBy}
                {d.decidedAt ? <div className="soft">{showInstant(d.decidedAt, 'short')}</div> : null}
                {d.note ? <div className="soft">{d.note}</div> : null}
              </td>
              <td>
                <div className="row">
                  {d.mayDecide ? (
                    <Button small kind="solid" onClick={() => setDeciding(d)} data-testid="decide">
                      {w.decide}
                    </Button>
                  ) : null}
                  {d.mayWithdraw ? (
                    <Button small onClick={() => withdraw(d)} data-testid="withdraw">
                      {w.withdraw}
                    </Button>
                  ) : null}
                  {d.certificate ? (
                    <a
                      className="button"
                      data-small
                      href={`${base}/api/archive/${d.certificate}/file`}
                      data-testid="certificate"
                    >
                      {w.certificate}
                    </a>
                  ) : null}
                </div>
              </td>
            </tr>
          ))}
        </Table>
      ) : null}
      {deciding ? <DecideDialog disposal={deciding} onClose={() => setDeciding(null)} onDone={done} /> : null}
    </>
  )
}
