import { useState } from 'react'
import { api } from '../../api/api'
import { bytesInBase64 } from '../../api/bytesInBase64'
import type { Town } from '../../api/firstRun'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { sessionStore } from '../../app/sessionStore'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { ChosenPicture } from '../../parts/ChosenPicture'
import { Field } from '../../parts/Field'
import { words } from '../../words'

/** ロゴ of the municipality. */
export function LogoCard() {
  const { data, error, reload } = useLoad<Town>('/town')
  const [file, setFile] = useState<File | null>(null)
  const [round, setRound] = useState(0)
  const [said, setSaid] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.firstRun
  if (!data) return <PageState error={error} reload={reload} />
  const run = (work: () => Promise<unknown>, done: string) =>
    void submit(async () => {
      setSaid('')
      await work()
      setFile(null)
      setRound(n => n + 1) // the field of the file is a new one, and empty
      await Promise.all([reload(), sessionStore.load()])
      setSaid(done)
    })
  const save = (f: File) => run(async () => api.put('/town/logo', { picture: await bytesInBase64(f) }), w.logoSaved)
  const other = rest('picture')
  return (
    <section className="card stack" aria-labelledby="logo-title">
      <h2 id="logo-title">{w.logo}</h2>
      {other ? <Banner tone="bad" title={other} /> : null}
      {said ? <Banner tone="good" title={said} data-testid="logo-said" /> : null}
      {data.logo ? (
        <figure className="logo-now">
          <img
            src={`${base}/api/town/logo?v=${data.logo.stamp}`}
            width={data.logo.width}
            height={data.logo.height}
            alt={w.logoAlt(data.name)}
          />
          <figcaption className="soft">{w.logoNow}</figcaption>
        </figure>
      ) : (
        <p>{w.logoNone}</p>
      )}
      <Field key={round} label={data.logo ? w.logoChange : w.logoPick} hint={w.logoHint} error={at('picture')}>
        {control => (
          <input
            {...control}
            type="file"
            className="input"
            accept="image/png,image/jpeg"
            data-testid="logo-file"
            onChange={e => setFile(e.currentTarget.files?.[0] ?? null)}
          />
        )}
      </Field>
      {file ? <ChosenPicture file={file} alt={file.name} className="logo-chosen" /> : null}
      <div className="row">
        <Button
          kind="solid"
          busy={busy}
          why={file ? undefined : words.form.chosen(w.logo)}
          onClick={() => file && save(file)}
          data-testid="logo-save"
        >
          {w.logoSave}
        </Button>
        {data.logo ? (
          <Button busy={busy} onClick={() => run(() => api.del('/town/logo'), w.logoDropped)} data-testid="logo-drop">
            {w.logoDrop}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
