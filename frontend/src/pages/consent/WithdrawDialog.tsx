import { useState } from 'react'
import { api } from '../../api/api'
import type { CaseMember } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { CheckList } from '../../parts/CheckList'
import { Dialog } from '../../parts/Dialog'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { EvidenceField } from './EvidenceField'

interface Props {
  caseId: string
  record: ConsentRecord
  desk: ConsentDesk
  /** Agencies that may be told. */
  agencies: readonly Pick<CaseMember, 'agencyId' | 'name'>[]
  agencyName: (id: string) => string
  onClose: () => void
  onDone: () => Promise<void>
}

/** 撤回: the whole record, or some agencies and items of it. */
export function WithdrawDialog({ caseId, record, desk, agencies: members, agencyName, onClose, onDone }: Props) {
  const [all, setAll] = useState(true)
  const [agencies, setAgencies] = useState<string[]>([])
  const [items, setItems] = useState<string[]>([])
  const [note, setNote] = useState('')
  const [receivedBy, setReceivedBy] = useState('')
  const [how, setHow] = useState('')
  const [sheet, setSheet] = useState({ id: '', name: '' })
  const [told, setTold] = useState<string[]>([])
  const { submit, busy, at, rest } = useSubmit()
  const w = words.consent
  const toggle = (list: string[], set: (l: string[]) => void, v: string) => (on: boolean) =>
    set(on ? [...list, v] : list.filter(x => x !== v))
  const covered = new Set([...Object.values(record.scope).flat(), ...(record.others ?? [])])
  const other = rest('receivedBy', 'how', 'told', 'note', 'evidenceFile')
  const nothing = !all && !agencies.length && !items.length
  const send = () =>
    void submit(async () => {
      await api.post(`/consents/${record.id}/withdraw`, {
        agencies: all ? [] : agencies,
        items: all ? [] : items,
        note,
        receivedBy,
        how,
        told,
        evidenceFile: sheet.id,
      })
      await onDone()
    })
  return (
    <Dialog
      title={`${w.withdrawTitle}（${record.number}）`}
      onClose={onClose}
      data-testid="withdraw-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button
            kind="danger"
            busy={busy}
            onClick={send}
            why={nothing ? words.form.chosen(w.withdrawPart) : undefined}
            data-testid="withdraw-do"
          >
            {w.withdrawDo}
          </Button>
        </>
      }
    >
      <div className="stack">
        <Banner tone="warn" title={w.withdrawText} />
        {other ? <Banner tone="bad" title={other} /> : null}
        <Group label={w.withdraw}>
          <Check kind="radio" name="extent" label={w.withdrawAll} checked={all} onValue={() => setAll(true)} />
          <Check
            kind="radio"
            name="extent"
            label={w.withdrawPart}
            checked={!all}
            onValue={() => setAll(false)}
            data-testid="withdraw-part"
          />
        </Group>
        {all ? null : (
          <>
            <Group label={w.withdrawAgencies}>
              {Object.keys(record.scope).map(a => (
                <Check
                  key={a}
                  label={agencyName(a)}
                  checked={agencies.includes(a)}
                  onValue={toggle(agencies, setAgencies, a)}
                  data-testid={`withdraw-agency-${a}`}
                />
              ))}
            </Group>
            <Group label={w.withdrawItems}>
              {desk.items
                .filter(i => covered.has(i.code))
                .map(i => (
                  <Check
                    key={i.code}
                    label={i.label}
                    checked={items.includes(i.code)}
                    onValue={toggle(items, setItems, i.code)}
                    data-testid={`withdraw-item-${i.code}`}
                  />
                ))}
            </Group>
          </>
        )}
        <div className="form-grid">
          <TextField
            label={w.receivedBy}
            hint={w.receivedByHint}
            value={receivedBy}
            onValue={setReceivedBy}
            error={at('receivedBy')}
            data-testid="received-by"
          />
          <SelectField
            label={w.notice}
            value={how}
            options={[{ value: '', label: words.form.choose }, ...w.notices]}
            onValue={setHow}
            error={at('how')}
            data-testid="withdraw-how"
          />
        </div>
        <CheckList
          label={w.told}
          hint={w.toldHint}
          error={at('told')}
          options={members.map(m => ({ value: m.agencyId, label: m.name }))}
          value={told}
          onValue={setTold}
          testid="told"
        />
        <EvidenceField
          label={w.withdrawSheet}
          caseId={caseId}
          name={sheet.name}
          onFile={(id, name) => setSheet({ id, name })}
          error={at('evidenceFile')}
        />
        <TextArea label={w.withdrawNote} value={note} onValue={setNote} error={at('note')} />
      </div>
    </Dialog>
  )
}
