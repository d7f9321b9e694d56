import type { ConsentDesk } from '../../api/consent'
import { CheckList } from '../../parts/CheckList'
import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { ExplanationDraft } from './ConsentDraft'
import type { FieldProps } from './FieldProps'

interface Props extends FieldProps {
  desk: Pick<ConsentDesk, 'ways' | 'cares'>
}

/** Who explained it, when, how, and what was done so that the person could understand. */
export function ExplainFields({ draft: d, set, error, desk }: Props) {
  const w = words.consent
  const x = d.explanation
  const put = (part: Partial<ExplanationDraft>) => set({ explanation: { ...x, ...part } })
  const at = (name: string) => error(`details.explanation.${name}`)
  const needed = d.state !== 'not_explained' && d.state !== 'unknown'
  return (
    <>
      <div className="form-grid">
        <TextField
          label={w.explained}
          value={d.explainedBy}
          onValue={explainedBy => set({ explainedBy })}
          error={error('explainedBy')}
          required={needed}
          data-testid="explained-by"
        />
        <DateField
          label={w.explainedAt}
          value={d.explainedDate}
          onValue={explainedDate => set({ explainedDate })}
          error={error('explainedAt')}
          required={needed}
          data-testid="explained-at"
        />
        <TextField
          label={w.explainedTime}
          type="time"
          value={d.explainedTime}
          onValue={explainedTime => set({ explainedTime })}
        />
        <SelectField
          label={w.way}
          value={x.way}
          options={[{ value: '', label: w.wayChoose }, ...desk.ways.map(c => ({ value: c.code, label: c.label }))]}
          required={needed}
          onValue={way => put({ way })}
          error={at('way')}
          data-testid="explained-way"
        />
      </div>
      <CheckList
        label={w.care}
        error={at('care')}
        options={desk.cares.map(c => ({ value: c.code, label: c.label }))}
        value={x.care}
        onValue={care => put({ care })}
        testid="care"
      />
      <div className="form-grid">
        {x.care.includes('interpreter') ? (
          <>
            <TextField
              label={w.language}
              value={x.language}
              onValue={language => put({ language })}
              error={at('language')}
              required
              data-testid="care-language"
            />
            <TextField
              label={w.interpreter}
              value={x.interpreter}
              onValue={interpreter => put({ interpreter })}
              error={at('interpreter')}
              required
              data-testid="care-interpreter-name"
            />
          </>
        ) : null}
        {x.care.includes('family') ? (
          <TextField
            label={w.family}
            value={x.family}
            onValue={family => put({ family })}
            error={at('family')}
            required
            data-testid="care-family-who"
          />
        ) : null}
      </div>
      <TextArea
        label={w.explainHow}
        hint={w.explainHowHint}
        value={d.explainHow}
        onValue={explainHow => set({ explainHow })}
        error={error('explainHow')}
      />
    </>
  )
}
