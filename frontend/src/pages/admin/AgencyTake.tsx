import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/api'
import { bytesInBase64 } from '../../api/bytesInBase64'
import type { LookedTable } from '../../api/firstRun'
import type { Agency } from '../../api/session'
import { saveFile } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Field } from '../../parts/Field'
import type { Option } from '../../parts/Option'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { LookedRows } from './LookedRows'

interface Props {
  categories: readonly Option[]
  onClose: () => void
  /** With how many were saved. */
  onSaved: (n: number) => Promise<void>
}

/** 関係機関 from a table: chosen or pasted, looked at row by row, then saved. */
export function AgencyTake({ categories, onClose, onSaved }: Props) {
  const [file, setFile] = useState<File | null>(null)
  const [text, setText] = useState('')
  const [looked, setLooked] = useState<LookedTable | null>(null)
  const head = useRef<HTMLHeadingElement>(null)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.firstRun
  useEffect(() => head.current?.focus(), [])
  const look = () =>
    void submit(async () => {
      setLooked(null)
      const body = file ? { file: await bytesInBase64(file) } : { text: text.replace(/\r\n?/g, '\n') }
      setLooked(await api.post<LookedTable>('/agencies/look', body))
    })
  const good = looked?.rows.filter(r => r.state === 'new' || r.state === 'change') ?? []
  const save = () =>
    void submit(async () => {
      const agencies = good.map(({ name, short, category, city, contact, phone }) => ({
        name,
        short,
        category,
        city,
        contact,
        phone,
      }))
      const out = await api.post<{ agencies: Agency[] }>('/agencies/list', { agencies })
      await onSaved(out.agencies.length)
    })
  const other = rest('file')
  return (
    <section className="card stack editing" aria-labelledby="take-title">
      <h2 id="take-title" ref={head} tabIndex={-1}>
        {w.takeTitle}
      </h2>
      <p>{w.takeText}</p>
      {other ? <Banner tone="bad" title={other} /> : null}
      <div className="form-grid">
        <Field label={w.takeFile} error={file ? at('file') : undefined}>
          {control => (
            <input
              {...control}
              type="file"
              className="input"
              accept=".xlsx,.csv,.txt,.tsv"
              data-testid="take-file"
              onChange={e => {
                setLooked(null)
                setFile(e.currentTarget.files?.[0] ?? null)
              }}
            />
          )}
        </Field>
        <TextArea
          label={w.takePaste}
          hint={w.takePasteHint}
          value={text}
          wrap="off"
          rows={4}
          spellCheck={false}
          error={file ? undefined : at('file')}
          onValue={v => {
            setLooked(null)
            setText(v)
          }}
          data-testid="take-text"
        />
      </div>
      <div className="row">
        <Button
          kind={looked ? 'outline' : 'solid'}
          busy={busy}
          why={file || text.trim() ? undefined : words.form.chosen(`${w.takeFile}／${w.takePaste}`)}
          onClick={look}
          data-testid="take-look"
        >
          {w.takeLook}
        </Button>
        <Button onClick={onClose}>{words.form.cancel}</Button>
        <Button kind="text" onClick={sample}>
          {w.takeSample}
        </Button>
      </div>
      {looked ? (
        <>
          <LookedRows table={looked} categories={categories} />
          <div className="row">
            <Button
              kind="solid"
              busy={busy}
              why={good.length ? undefined : w.takeNothing}
              onClick={save}
              data-testid="take-save"
            >
              {w.takeSave(good.length)}
            </Button>
          </div>
        </>
      ) : null}
    </section>
  )
}

/** A table with the headings alone, as a spreadsheet opens it. */
function sample(): void {
  const w = words.firstRun
  saveFile(new Blob([`\uFEFF${w.takeSampleText}`], { type: 'text/csv' }), w.takeSampleName)
}
