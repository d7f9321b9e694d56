import { useState } from 'react'
import type { Doubt } from '../../api/copies'
import { takeFile } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { DoubtPart } from '../archive/DoubtPart'
import { doubtKey } from '../archive/doubts'

interface Props {
  path: string
  title: string
  open: { sum: string; doubts: Doubt[] }
  onClose: () => void
}

/** 匿名版 of a sheet: made when somebody has decided about every place that may tell who it is. */
export function AnonymousSheetDialog({ path, title, open, onClose }: Props) {
  const w = words.casesheets
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(open.doubts.map(doubtKey)))
  const [looked, setLooked] = useState(false)
  const [done, setDone] = useState(false)
  const { submit, busy, error } = useSubmit()
  const why = open.doubts.length && !looked ? w.hideLook : undefined
  const take = async (as: string, ending: string) => {
    setDone(false)
    const hide = open.doubts.filter(d => hidden.has(doubtKey(d))).map(({ no, from, to }) => ({ no, from, to }))
    setDone(await submit(() => takeFile(`${path}/anonymous`, { as, sum: open.sum, hide }, `匿名版_${title}${ending}`)))
  }
  return (
    <Dialog
      title={w.hideTitle(title)}
      wide
      onClose={onClose}
      data-testid="sheet-hide-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.close}</Button>
          <Button busy={busy} why={why} onClick={() => void take('csv', '.csv')}>
            {w.csv}
          </Button>
          <Button busy={busy} why={why} onClick={() => void take('xlsx', '.xlsx')}>
            {w.xlsx}
          </Button>
          <Button
            kind="solid"
            busy={busy}
            why={why}
            onClick={() => void take('pdf', '.pdf')}
            data-testid="sheet-hide-pdf"
          >
            {w.pdf}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="soft">{w.hideLead}</p>
        {error ? <Banner tone="bad" title={error.message} data-testid="sheet-hide-wrong" /> : null}
        {done ? <Banner tone="good" title={w.hideDone} data-testid="sheet-hide-done" /> : null}
        <DoubtPart doubts={open.doubts} hidden={hidden} onHidden={setHidden} looked={looked} onLooked={setLooked} />
      </div>
    </Dialog>
  )
}
