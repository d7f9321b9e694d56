import { useState } from 'react'
import { api } from '../../api/api'
import { bytesInBase64 } from '../../api/bytesInBase64'
import type { Gaiji } from '../../api/gaiji'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { ChosenPicture } from '../../parts/ChosenPicture'
import { Dialog } from '../../parts/Dialog'
import { Field } from '../../parts/Field'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { GaijiPicture } from './GaijiPicture'
import { isBareKanji, pointsOf, withFreeNumber } from './gaijiLetter'

interface Props {
  gaiji: Gaiji | null
  list: readonly Gaiji[]
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Registers or changes a 外字. */
export function GaijiDialog({ gaiji, list, onClose, onSaved }: Props) {
  const [g, setGaiji] = useState({
    text: gaiji?.text ?? '',
    codeKind: gaiji?.codeKind ?? 'mj',
    code: gaiji?.code ?? '',
    reading: gaiji?.reading ?? '',
    note: gaiji?.note ?? '',
    retired: gaiji?.retired ?? false,
  })
  const [file, setFile] = useState<File | null>(null)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.gaiji
  const set = (part: Partial<typeof g>) => setGaiji(s => ({ ...s, ...part }))
  const save = () =>
    void submit(async () => {
      const body = { ...g, picture: file ? await bytesInBase64(file) : '', n: gaiji?.n ?? 0 }
      if (gaiji) await api.put(`/gaiji/${gaiji.id}`, body)
      else await api.post('/gaiji', body)
      await onSaved()
    })
  const numbered = isBareKanji(g.text) ? withFreeNumber(g.text, list) : ''
  const whyNot = numbered ? undefined : isBareKanji(g.text) ? w.numberFull : w.numberNeeds
  const other = rest('text', 'codeKind', 'code', 'reading', 'note', 'picture')
  return (
    <Dialog
      title={gaiji ? w.edit : w.add}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="gaiji-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="gaiji-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {other ? <Banner tone="bad" title={other} /> : null}
        <TextField
          label={w.letter}
          hint={w.letterHint}
          value={g.text}
          onValue={text => set({ text: text.trim() })}
          error={at('text')}
          required
          data-testid="gaiji-text"
        />
        <div className="row">
          <Button small why={whyNot} onClick={() => set({ text: numbered })} data-testid="gaiji-number">
            {w.number}
          </Button>
          <span className="soft" data-testid="gaiji-points">
            {g.text ? `${w.points} ${pointsOf(g.text)}` : null}
          </span>
        </div>
        <div className="form-grid">
          <SelectField
            label={w.kind}
            value={g.codeKind}
            options={w.kinds}
            onValue={codeKind => set({ codeKind })}
            error={at('codeKind')}
            data-testid="gaiji-kind"
          />
          <TextField
            label={w.code}
            value={g.code}
            onValue={code => set({ code })}
            error={at('code')}
            required
            data-testid="gaiji-code"
          />
          <TextField
            label={w.reading}
            value={g.reading}
            onValue={reading => set({ reading })}
            error={at('reading')}
            required
            data-testid="gaiji-reading"
          />
          <TextField label={w.note} value={g.note} onValue={note => set({ note })} error={at('note')} />
        </div>
        <Field
          label={w.picture}
          hint={gaiji ? `${w.pictureHint}${w.pictureKeep}` : w.pictureHint}
          error={at('picture')}
          required={!gaiji}
        >
          {control => (
            <input
              {...control}
              type="file"
              className="input"
              accept="image/png"
              data-testid="gaiji-file"
              onChange={e => setFile(e.currentTarget.files?.[0] ?? null)}
            />
          )}
        </Field>
        <div className="row">
          {gaiji && !file ? <GaijiPicture gaiji={gaiji} large /> : null}
          {file ? <ChosenPicture file={file} alt={words.gaiji.chosen} className="gaiji" data-large /> : null}
        </div>
        {gaiji ? <Check label={w.retire} checked={g.retired} onValue={retired => set({ retired })} /> : null}
      </div>
    </Dialog>
  )
}
