import { useState } from 'react'
import type { Leads } from '../../api/leads'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import type { Option } from '../../parts/Option'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  leads: Leads
  agencies: Option[]
  onAsk: (body: { kind: string; to: string; note: string }) => Promise<void>
}

/** Asks an agency to become 主担当機関 or 終結後の主担当. */
export function LeadAsk({ leads, agencies, onAsk }: Props) {
  const [draft, setDraft] = useState({ kind: '', to: '', note: '' })
  const { submit, busy, at, rest } = useSubmit()
  const w = words.leads
  const set = (part: Partial<typeof draft>) => setDraft(d => ({ ...d, ...part }))
  const failed = rest('to', 'kind', 'note')
  return (
    <details className="disclosure" data-testid="lead-ask">
      <summary>{w.ask}</summary>
      <div className="stack-s">
        <p className="soft">{w.stays}</p>
        {failed ? <Banner tone="bad" title={failed} /> : null}
        <SelectField
          label={w.kind}
          value={draft.kind}
          onValue={kind => set({ kind, to: '' })}
          error={at('kind')}
          options={[
            { value: '', label: words.form.choose },
            ...leads.kinds.map(k => ({ value: k.kind, label: k.label })),
          ]}
          data-testid="lead-kind"
        />
        <SelectField
          label={w.to}
          value={draft.to}
          onValue={to => set({ to })}
          error={at('to')}
          options={[
            { value: '', label: words.form.choose },
            ...agencies.filter(a => draft.kind !== 'now' || a.value !== leads.now.agencyId),
          ]}
          data-testid="lead-to"
        />
        <TextArea
          label={w.note}
          value={draft.note}
          onValue={note => set({ note })}
          error={at('note')}
          data-testid="lead-note"
        />
        <div>
          <Button
            kind="solid"
            busy={busy}
            why={draft.kind && draft.to ? undefined : words.form.chosen(draft.kind ? w.to : w.kind)}
            onClick={() =>
              void submit(async () => {
                await onAsk(draft)
                setDraft({ kind: '', to: '', note: '' })
              })
            }
            data-testid="lead-do"
          >
            {w.send}
          </Button>
        </div>
      </div>
    </details>
  )
}
