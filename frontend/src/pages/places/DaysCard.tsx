import { useState } from 'react'
import { api } from '../../api/api'
import type { PlaceCounts, PlaceDay, PlaceDetail } from '../../api/places'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { DayDialog } from './DayDialog'

interface Props {
  place: PlaceDetail
  onChanged: (said: string) => Promise<void>
}

const sum = (c: PlaceCounts) => c.children + c.young + c.working + c.elder

/** 活動日: how many came on which day, by generation. */
export function DaysCard({ place, onChanged }: Props) {
  const [adding, setAdding] = useState(false)
  const [dropping, setDropping] = useState<PlaceDay | null>(null)
  const { submit, busy, error } = useSubmit()
  const w = words.places
  const counts = (c: PlaceCounts) =>
    [c.children, c.young, c.working, c.elder, sum(c)].map((n, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
      <td key={i} className="num">
        {n}
      </td>
    ))
  return (
    <section className="card stack-s" aria-labelledby="days-title">
      <div className="between">
        <h2 id="days-title">{w.days}</h2>
        {place.keep ? (
          <Button onClick={() => setAdding(true)} data-testid="day-add">
            {w.addDay}
          </Button>
        ) : null}
      </div>
      <p className="soft">{w.daysIntro}</p>
      {place.days.length ? (
        <>
          <Table caption={w.tally} head={w.tallyHeads} data-testid="place-tally">
            {place.tally.map(t => (
              <tr key={t.year}>
                <th scope="row">{t.name}</th>
                <td className="num">{t.days}</td>
                {counts(t)}
              </tr>
            ))}
          </Table>
          <Table caption={w.dayList} head={place.keep ? w.dayHeads : w.dayHeads.slice(0, -1)} data-testid="place-days">
            {place.days.map(d => (
              <tr key={d.id}>
                <th scope="row" className="nowrap">
                  {showDate(d.day, 'wareki')}
                </th>
                {counts(d)}
                <td>{d.note}</td>
                <td>{d.byName}</td>
                {place.keep ? (
                  <td>
                    <Button
                      small
                      onClick={() => setDropping(d)}
                      aria-label={w.dropOf(showDate(d.day, 'wareki'))}
                      data-testid={`day-drop-${d.id}`}
                    >
                      {w.drop}
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </Table>
        </>
      ) : (
        <p>{w.noDays}</p>
      )}
      {adding ? (
        <DayDialog
          placeId={place.id}
          onClose={() => setAdding(false)}
          onSaved={async () => {
            setAdding(false)
            await onChanged(w.dayKept)
          }}
        />
      ) : null}
      {dropping ? (
        <Dialog
          title={w.drop}
          onClose={() => setDropping(null)}
          foot={
            <>
              <Button onClick={() => setDropping(null)}>{words.form.cancel}</Button>
              <Button
                kind="danger"
                busy={busy}
                onClick={() =>
                  void submit(async () => {
                    await api.del(`/places/${place.id}/days/${dropping.id}`)
                    setDropping(null)
                    await onChanged(w.dayDropped)
                  })
                }
                data-testid="day-drop-yes"
              >
                {w.drop}
              </Button>
            </>
          }
        >
          {error ? <Banner tone="bad" title={error.message} /> : null}
          <p>{w.dropAsk(showDate(dropping.day, 'wareki'))}</p>
        </Dialog>
      ) : null}
    </section>
  )
}
