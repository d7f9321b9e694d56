import { useState } from 'react'
import { api } from '../../api/api'
import { importForm } from '../../api/imports'
import type { SheetPreview, SheetTaken } from '../../api/sheetBack'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { SheetChanges } from './SheetChanges'
import { SheetTroubles } from './SheetTroubles'

interface Props {
  path: string
  file: File
  found: SheetPreview
  onClose: () => void
}

/** What a sheet that was written in would change, field by field, before it does. What was changed in the record meanwhile is left out until it is chosen. */
export function SheetBackDialog({ path, file, found, onClose }: Props) {
  const w = words.casesheets
  const [shown, setShown] = useState(found)
  const [off, setOff] = useState(() => conflicts(found))
  const [taken, setTaken] = useState<SheetTaken | null>(null)
  const { submit, busy, rest, error } = useSubmit()
  const keys = shown.changes.filter(c => !off.has(c.key)).map(c => c.key)
  const take = () =>
    void submit(async () =>
      setTaken(await api.post<SheetTaken>(`${path}/back`, importForm(file, { plan: shown.plan, keys }))),
    )
  const again = () =>
    void submit(async () => {
      const next = await api.post<SheetPreview>(`${path}/back/look`, importForm(file))
      setShown(next)
      setOff(conflicts(next))
    })
  const wrong = rest()
  return (
    <Dialog
      title={w.backTitle}
      wide
      onClose={onClose}
      data-testid="sheet-back-dialog"
      foot={
        <>
          <Button onClick={onClose}>{taken ? words.form.close : words.form.cancel}</Button>
          {taken ? null : (
            <Button
              kind="solid"
              busy={busy}
              why={keys.length ? undefined : w.backNothing}
              onClick={take}
              data-testid="sheet-back-do"
            >
              {w.backDo(keys.length)}
            </Button>
          )}
        </>
      }
    >
      {taken ? (
        <div className="stack" aria-live="polite">
          <Banner tone="good" title={w.backTaken(taken.written)} data-testid="sheet-back-done">
            {w.backUndo}
          </Banner>
          {taken.refused.length ? (
            <Banner tone="warn" title={w.backRefused(taken.refused.length)}>
              <ul>
                {taken.refused.map(r => (
                  <li key={`${r.who}/${r.label}`}>
                    {r.who}　{r.label}: {r.message}
                  </li>
                ))}
              </ul>
            </Banner>
          ) : null}
        </div>
      ) : (
        <div className="stack">
          <p className="soft">{w.backLead(shown.title, shown.fields)}</p>
          {wrong ? (
            <Banner tone="bad" title={wrong} data-testid="sheet-back-wrong">
              {error?.kind === 'conflict' ? (
                <Button small busy={busy} onClick={again} data-testid="sheet-back-again">
                  {w.backAgain}
                </Button>
              ) : null}
            </Banner>
          ) : null}
          {shown.changes.length ? (
            <SheetChanges changes={shown.changes} off={off} onOff={setOff} />
          ) : (
            <p data-testid="sheet-back-same">{w.backSame}</p>
          )}
          {shown.troubles.length ? <SheetTroubles troubles={shown.troubles} more={shown.more} /> : null}
        </div>
      )}
    </Dialog>
  )
}

function conflicts(p: SheetPreview): ReadonlySet<string> {
  return new Set(p.changes.filter(c => c.conflict).map(c => c.key))
}
