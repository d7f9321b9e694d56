import { useState } from 'react'
import { takeNamed } from '../../api/takeFile'
import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'

interface Props {
  plan: string
  /** Meeting it is made in; '' = the newest that discusses the plan. */
  meeting?: string
}

interface Lost {
  where: string
  char: string
  code: string
}

/** Excel・CSVで保存: for those who take files home. */
export function MatrixSave(props: Props) {
  const [open, setOpen] = useState(false)
  const { noCopies, guestMeeting, roles } = useActor()
  const watches = roles.includes('observer') && !roles.some(r => ['agency', 'chair', 'secretariat', 'city'].includes(r))
  if (noCopies || guestMeeting || watches) return null
  return (
    <>
      <Button small onClick={() => setOpen(true)} data-testid="matrix-save">
        {words.tables.open}
      </Button>
      {open ? <SaveDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function SaveDialog({ plan, meeting = '', onClose }: Props & { onClose: () => void }) {
  const { submit, busy, error } = useSubmit()
  const [done, setDone] = useState(false)
  const [what, setWhat] = useState('')
  const w = words.tables
  const lost = (error?.details.lost ?? []) as Lost[]
  const total = (error?.details.total ?? 0) as number
  const save = async (as: string) => {
    setDone(false)
    const said = await submit(() =>
      takeNamed(`/plans/${plan}/matrix?as=${as}${what ? `&kind=${what}` : ''}${meeting ? `&meeting=${meeting}` : ''}`),
    )
    setDone(said)
  }
  return (
    <Dialog
      title={w.title}
      onClose={onClose}
      data-testid="matrix-save-dialog"
      foot={<Button onClick={onClose}>{words.form.close}</Button>}
    >
      <div className="stack">
        <p>{w.lead}</p>
        <SelectField label={w.what} value={what} options={w.whats} onValue={setWhat} data-testid="save-what" />
        {w.forms.map(f => (
          <div key={f.as} className="stack-s">
            <div>
              <Button busy={busy} onClick={() => void save(f.as)} data-testid={`save-${f.as}`}>
                {f.label}
              </Button>
            </div>
            <p className="soft">{f.hint}</p>
          </div>
        ))}
        {done ? <Banner tone="good" title={w.done} data-testid="matrix-saved" /> : null}
        {error ? (
          <Banner tone="bad" title={error.message} data-testid="matrix-refused">
            {lost.length > 0 ? (
              <Button small busy={busy} onClick={() => void save('csv')} data-testid="save-instead">
                {w.lostChoose}
              </Button>
            ) : null}
          </Banner>
        ) : null}
        {lost.length > 0 ? (
          <Table caption={w.lostCaption(lost.length, total)} head={w.lostHead} data-testid="matrix-lost">
            {lost.map((l, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one character may be lost twice in one cell
              <tr key={i}>
                <td>{l.char}</td>
                <td>{l.code}</td>
                <td>{l.where}</td>
              </tr>
            ))}
          </Table>
        ) : null}
      </div>
    </Dialog>
  )
}
