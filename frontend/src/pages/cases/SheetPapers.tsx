import { useState } from 'react'
import { api } from '../../api/api'
import type { CaseMember } from '../../api/cases'
import type { Doubt } from '../../api/copies'
import { importForm } from '../../api/imports'
import type { SheetPreview } from '../../api/sheetBack'
import { takeNamed } from '../../api/takeFile'
import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { AnonymousSheetDialog } from './AnonymousSheetDialog'
import { SheetBack } from './SheetBack'
import { SheetBackDialog } from './SheetBackDialog'
import { useSheets } from './useSheets'

interface Props {
  caseId: string
  /** The day the case was opened (ISO): the forms are those of that day. */
  openedOn: string
  members: readonly CaseMember[]
}

/** 様式の帳票を作る: for those who take files home. */
export function SheetPapers(props: Props) {
  const [open, setOpen] = useState(false)
  const { noCopies, guestMeeting, roles } = useActor()
  const may = ['secretariat', 'city', 'agency', 'chair'].some(r => roles.includes(r))
  if (!may || noCopies || guestMeeting) return null
  return (
    <>
      <Button small onClick={() => setOpen(true)} data-testid="sheet-papers">
        {words.casesheets.open}
      </Button>
      {open ? <PapersDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function PapersDialog({ caseId, openedOn, members, onClose }: Props & { onClose: () => void }) {
  const w = words.casesheets
  const { roles } = useActor()
  const holds = roles.includes('secretariat') || roles.includes('city')
  const sheets = useSheets(openedOn).filter(s => s.id !== 'progress')
  const [chosen, setChosen] = useState('')
  const [receiver, setReceiver] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const [done, setDone] = useState(false)
  const form = chosen || (sheets[0]?.id ?? '')
  const signed = sheets.find(s => s.id === form)?.sections.some(s => s.fields.some(f => f.type === 'sig')) ?? false
  const take = async (path: string) => {
    setDone(false)
    setDone(await submit(() => takeNamed(path)))
  }
  const whom = receiver ? `?for=${encodeURIComponent(receiver)}` : ''
  const file = (as: string) => take(`/cases/${caseId}/sheets/${form}/file${whom ? `${whom}&` : '?'}as=${as}`)
  const wrong = rest('for')
  const [back, setBack] = useState<{ file: File; found: SheetPreview } | null>(null)
  const path = `/cases/${caseId}/sheets/${form}`
  const read = (f: File) =>
    void submit(async () => {
      setDone(false)
      setBack({ file: f, found: await api.post<SheetPreview>(`${path}/back/look`, importForm(f)) })
    })
  const [hiding, setHiding] = useState<{ sum: string; doubts: Doubt[] } | null>(null)
  const hide = () =>
    void submit(async () => {
      setDone(false)
      setHiding(await api.get(`${path}/anonymous`))
    })
  const title = sheets.find(s => s.id === form)?.title ?? ''
  if (hiding) return <AnonymousSheetDialog path={path} title={title} open={hiding} onClose={() => setHiding(null)} />
  if (back) return <SheetBackDialog path={path} {...back} onClose={() => setBack(null)} />
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      data-testid="sheet-papers-dialog"
      foot={<Button onClick={onClose}>{words.form.close}</Button>}
    >
      <div className="stack">
        <p>{w.lead}</p>
        <SelectField
          label={w.form}
          value={form}
          options={sheets.map(s => ({ value: s.id, label: s.title }))}
          onValue={setChosen}
          data-testid="sheet-form"
        />
        {holds ? (
          <SelectField
            label={w.for}
            hint={w.forHint}
            value={receiver}
            error={at('for')}
            options={[
              { value: '', label: w.forSelf },
              ...members.filter(m => !m.until).map(m => ({ value: m.agencyId, label: m.name })),
            ]}
            onValue={setReceiver}
            data-testid="sheet-for"
          />
        ) : null}
        <div className="row">
          <Button
            kind="solid"
            busy={busy}
            onClick={() => void take(`/cases/${caseId}/sheets/${form}.pdf${whom}`)}
            data-testid="sheet-pdf"
          >
            {w.pdf}
          </Button>
          <Button busy={busy} onClick={() => void file('xlsx')} data-testid="sheet-xlsx">
            {w.xlsx}
          </Button>
          <Button busy={busy} onClick={() => void file('csv')} data-testid="sheet-csv">
            {w.csv}
          </Button>
          {holds ? (
            <Button busy={busy} onClick={hide} data-testid="sheet-hide">
              {w.hideOpen}
            </Button>
          ) : null}
        </div>
        {done ? <Banner tone="good" title={w.done} data-testid="sheet-done" /> : null}
        {wrong ? <Banner tone="bad" title={wrong} data-testid="sheet-refused" /> : null}
        <h3>{w.fillTitle}</h3>
        <p className="soft">{holds ? w.fillLead : w.fillLeadAgency}</p>
        <div className="row">
          <Button small busy={busy} onClick={() => void file('xlsx&fill=1')} data-testid="sheet-fill">
            {w.fillXlsx}
          </Button>
          <Button small busy={busy} onClick={() => void file('csv&fill=1')} data-testid="sheet-fill-csv">
            {w.fillCsv}
          </Button>
        </div>
        {holds ? <SheetBack busy={busy} onChoose={read} /> : null}
        <h3>{w.blankTitle}</h3>
        <p className="soft">{w.blankHint}</p>
        <div className="row">
          <Button small busy={busy} onClick={() => void take(`/sheets/${form}/blank.pdf`)} data-testid="sheet-blank">
            {w.blank}
          </Button>
          {signed ? (
            <Button small busy={busy} onClick={() => void take(`/sheets/${form}/blank.pdf?consent=without`)}>
              {w.blankUnsigned}
            </Button>
          ) : null}
        </div>
      </div>
    </Dialog>
  )
}
