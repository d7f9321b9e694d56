import { type FormEvent, useState } from 'react'
import { api } from '../../api/api'
import type { FormText, KeptText } from '../../api/consent'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { AdminNav } from '../admin/AdminNav'

interface Texts {
  texts: KeptText[]
  current: FormText
  currentHash: string
}

const SHOWN = ['title', 'paragraphs', 'easy', 'withdraw', 'effectiveFrom']

/** 同意書の文面: every version, and a new one. A version is never changed. */
export function TextsPage() {
  const { data, error, reload } = useLoad<Texts>('/consent-texts')
  if (!data) return <PageState error={error} reload={reload} />
  return <Editor key={data.currentHash + data.texts.length} data={data} reload={reload} />
}

function Editor({ data, reload }: { data: Texts; reload: () => Promise<void> }) {
  const c = data.current
  const [title, setTitle] = useState(c.title)
  const [paragraphs, setParagraphs] = useState(c.paragraphs.join('\n'))
  const [easy, setEasy] = useState(c.easy.join('\n'))
  const [withdraw, setWithdraw] = useState(c.withdraw)
  const [effectiveFrom, setFrom] = useState(today())
  const { submit, busy, at, rest } = useSubmit()
  const w = words.consent
  const lines = (text: string) => text.split('\n').filter(l => l.trim())
  const other = rest(...SHOWN)
  const send = (e: FormEvent) => {
    e.preventDefault()
    void submit(async () => {
      await api.post('/consent-texts', {
        title,
        paragraphs: lines(paragraphs),
        easy: lines(easy),
        withdraw,
        effectiveFrom,
      })
      await reload()
    })
  }
  return (
    <form className="page stack" onSubmit={send} noValidate>
      <AdminNav />
      <h1>{w.texts}</h1>
      <p className="soft">{w.textsHint}</p>
      {other ? <Banner tone="bad" title={other} data-testid="texts-error" /> : null}
      <section className="card stack" aria-label={w.newText}>
        <h2>{w.newText}</h2>
        <TextField label={w.textTitle} value={title} onValue={setTitle} error={at('title')} required />
        <TextArea
          label={w.textParagraphs}
          hint={w.textLines}
          rows={8}
          value={paragraphs}
          onValue={setParagraphs}
          error={at('paragraphs')}
          required
          data-testid="text-paragraphs"
        />
        <TextArea
          label={w.textEasy}
          hint={w.textEasyHint}
          rows={5}
          value={easy}
          onValue={setEasy}
          error={at('easy')}
          required
        />
        <TextArea label={w.textWithdraw} value={withdraw} onValue={setWithdraw} error={at('withdraw')} required />
        <DateField
          label={w.textFrom}
          value={effectiveFrom}
          onValue={setFrom}
          error={at('effectiveFrom')}
          required
          data-testid="text-from"
        />
        <div className="row">
          <Button type="submit" kind="solid" busy={busy} data-testid="text-save">
            {w.textSave}
          </Button>
        </div>
      </section>
      <section className="card stack-s" aria-label={w.textVersions}>
        <h2>{w.textVersions}</h2>
        {data.texts.length ? null : <p className="soft">{w.textNone}</p>}
        {data.texts.map(k => (
          <details key={k.hash} className="disclosure" data-testid={`text-${k.no}`}>
            <summary>
              {w.textLine(k.no, k.text.version, showDate(k.text.effectiveFrom, 'wareki'), k.hash === data.currentHash)}
            </summary>
            {k.altered ? <Banner tone="bad" title={w.textAltered} /> : null}
            <div className="form-text">
              {[k.text.title, ...k.text.paragraphs, k.text.withdraw, '', ...k.text.easy].join('\n')}
            </div>
          </details>
        ))}
      </section>
    </form>
  )
}
