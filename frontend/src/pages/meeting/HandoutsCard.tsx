import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { Handout, HandoutList } from '../../api/handouts'
import type { Room } from '../../api/meeting'
import { base } from '../../app/base'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { HandoutForm } from './HandoutForm'
import { HandoutRegister } from './HandoutRegister'
import { HandoutViewer } from './HandoutViewer'
import { HandoverPaper } from './HandoverPaper'

/** While a paper lies open, its right is asked for again this often. */
const RECHECK = 5_000

/** 資料 of the meeting, who opened them, and the 資料受渡簿. */
export function HandoutsCard({ room }: { room: Room }) {
  const path = `/meetings/${room.meeting.id}/handouts`
  const { data, error, reload } = useLoad<HandoutList>(path)
  const [shown, setShown] = useState<Handout | null>(null)
  const [ending, setEnding] = useState<Handout | null>(null)
  const [giving, setGiving] = useState(false)
  const task = useSubmit()
  const w = words.handouts
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever happens in the meeting may open or close papers
  useEffect(() => void reload(), [room.seq, reload])
  useEffect(() => {
    if (!shown) return
    const timer = setInterval(() => void reload(), RECHECK)
    return () => clearInterval(timer)
  }, [shown, reload])
  if (!data) return error && error.kind !== 'not_found' ? <Banner tone="bad" title={error.message} /> : null
  const agenda = (id: string) => {
    const i = room.agenda.findIndex(a => a.id === id)
    return i < 0 ? '' : `${i + 1}. ${room.agenda[i]?.title ?? ''}`
  }
  const takeBack = (h: Handout) =>
    void task
      .submit(async () => {
        await api.del(`${path}/${h.id}`)
        await reload()
      })
      .then(ok => ok && setEnding(null))
  return (
    <section className="card stack-s" aria-labelledby="handouts-title" data-testid="handouts">
      <div className="between">
        <h2 id="handouts-title">{w.title}</h2>
        {data.mayGive ? (
          <Button small aria-expanded={giving} onClick={() => setGiving(g => !g)} data-testid="handout-give">
            ＋ {w.give}
          </Button>
        ) : null}
      </div>
      <p className="soft">{w.text}</p>
      <p className="soft" data-testid="handout-end">
        {data.ended ? w.ended : data.endsAt ? w.endsAt(showInstant(data.endsAt, 'wareki')) : w.days(data.days)}
      </p>
      {data.copies ? null : <p className="soft">{w.screenOnly}</p>}
      {giving ? (
        <HandoutForm
          room={room}
          onDone={async () => {
            await reload()
            setGiving(false)
          }}
        />
      ) : null}
      {data.handouts.length ? (
        <Table caption={w.caption} head={[w.name, w.agenda, w.about, w.opened, w.do]} data-testid="handout-list">
          {data.handouts.map(h => (
            <tr key={h.id} data-testid={`handout-${h.id}`}>
              <th scope="row">{h.name}</th>
              <td>{agenda(h.agendaId)}</td>
              <td>{h.itemLabel}</td>
              <td>{[...new Set(h.receipts.map(r => r.agencyName))].join('、') || w.notOpened}</td>
              <td>
                <span className="row no-print">
                  <Button small aria-label={w.openOf(h.name)} onClick={() => setShown(h)} data-testid="handout-open">
                    {w.open}
                  </Button>
                  {data.copies ? (
                    <a
                      className="button"
                      data-small
                      href={`${base}/api${path}/${h.id}/copy`}
                      download={h.name}
                      aria-label={w.copyOf(h.name)}
                      data-testid="handout-copy"
                    >
                      {w.copy}
                    </a>
                  ) : null}
                  {room.you.holder ? (
                    <Button
                      small
                      kind="danger"
                      aria-label={w.takeBackOf(h.name)}
                      onClick={() => setEnding(h)}
                      data-testid="handout-back"
                    >
                      {w.takeBack}
                    </Button>
                  ) : null}
                </span>
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p className="soft">{w.none}</p>
      )}
      {data.withheld && !data.ended ? <p className="soft">{w.withheld(data.withheld)}</p> : null}
      <HandoutRegister handouts={data.handouts} />
      <HandoverPaper room={room} />
      {shown ? (
        <HandoutViewer
          path={`${path}/${shown.id}/open`}
          handout={shown}
          copies={data.copies}
          live={data.handouts.some(h => h.id === shown.id)}
          onClose={() => {
            setShown(null)
            void reload()
          }}
        />
      ) : null}
      {ending ? (
        <Dialog
          title={w.takeBackTitle}
          onClose={() => setEnding(null)}
          data-testid="handout-back-dialog"
          foot={
            <>
              <Button onClick={() => setEnding(null)}>{words.form.cancel}</Button>
              <Button kind="danger" busy={task.busy} onClick={() => takeBack(ending)} data-testid="handout-back-do">
                {w.takeBack}
              </Button>
            </>
          }
        >
          <div className="stack">
            {task.error ? <Banner tone="bad" title={task.error.message} /> : null}
            <p>{w.takeBackText(ending.name)}</p>
          </div>
        </Dialog>
      ) : null}
    </section>
  )
}
