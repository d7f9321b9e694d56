import './imports.css'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import { type ImportBatch, type ImportHow, type ImportPreview, importForm } from '../../api/imports'
import type { Job } from '../../api/jobs'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { randomHex } from '../../text/randomHex'
import { words } from '../../words'
import { JobPanel } from '../jobs/JobPanel'
import { CheckStep } from './CheckStep'
import { ColumnsStep } from './ColumnsStep'
import { FileStep } from './FileStep'
import { Steps } from './Steps'

const GUESS: ImportHow = { sheet: '', head: 0, columns: null, words: null }

/** 名簿の取込 in four steps: file, columns, check, done. The file stays in the browser and goes along with every request. */
export function NewImportPage() {
  const [step, setStep] = useState(0)
  const [file, setFile] = useState<File | null>(null)
  const [how, setHow] = useState(GUESS)
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const [job, setJob] = useState('')
  const [id, setId] = useState(randomHex)
  const { busy, submit, rest, fail } = useSubmit()
  const w = words.imports
  const top = useRef<HTMLHeadingElement>(null)
  const seen = useRef(0)
  useEffect(() => {
    if (seen.current !== step) top.current?.focus() // whoever comes by keyboard or ear begins at the head of the step
    seen.current = step
  }, [step])

  const look = (f: File, h: ImportHow, next: number) =>
    submit(async () => {
      const p = await api.post<ImportPreview>('/imports/look', importForm(f, h))
      setPreview(p)
      setHow({ sheet: p.sheet, head: p.head, columns: p.mapping, words: wordsOf(p) })
      setStep(next)
    })
  const choose = (f: File) => {
    setFile(f)
    setId(randomHex())
    void look(f, GUESS, 1)
  }
  const take = (restOnly: boolean, skip: number[]) => {
    if (!file || !preview) return
    void submit(async () => {
      const order = { id, how, plan: preview.plan, rest: restOnly, skip }
      setJob((await api.post<Job>('/jobs/import', importForm(file, order))).id)
      setStep(3)
    })
  }
  const error = rest()
  return (
    <div className="page stack">
      <h1>{w.newTitle}</h1>
      <Steps now={step} />
      <h2 ref={top} tabIndex={-1}>
        {w.steps[step]}
      </h2>
      {error ? <Banner tone="bad" title={error} data-testid="import-error" /> : null}
      {step === 0 ? <FileStep busy={busy} onChoose={choose} /> : null}
      {step === 1 && preview && file ? (
        <ColumnsStep
          preview={preview}
          how={how}
          busy={busy}
          onHow={setHow}
          onSheet={h => void look(file, h, 1)}
          onNext={() => void look(file, how, 2)}
          onBack={() => {
            fail(null)
            setStep(0)
          }}
        />
      ) : null}
      {step === 2 && preview && file ? (
        <CheckStep
          file={file}
          preview={preview}
          how={how}
          busy={busy}
          onTake={take}
          onBack={() => {
            fail(null)
            setStep(1)
          }}
          onAnother={() => {
            fail(null)
            setStep(0)
          }}
        />
      ) : null}
      {step === 3 && job ? <JobPanel id={job} told remains={w.remains} done={() => <Done id={job} />} /> : null}
    </div>
  )
}

/** What is known of the words, as it is sent back. */
function wordsOf(p: ImportPreview): Record<string, Record<string, string>> {
  const out: Record<string, Record<string, string>> = {}
  for (const x of p.words) {
    if (!x.known) continue
    out[x.field] = { ...out[x.field], [x.word]: x.code }
  }
  return out
}

/** What came in, as the list of imports says it. */
function Done({ id }: { id: string }) {
  const { data } = useLoad<{ imports: ImportBatch[] }>('/imports')
  const w = words.imports
  const batch = data?.imports.find(b => b.id === id)
  if (!batch) return null
  return (
    <div className="stack">
      <Banner tone="good" title={w.made(batch.made)} data-testid="import-made">
        {w.madeRange(w.range(batch.first, batch.last, batch.made))}
      </Banner>
      {batch.refused ? <Banner tone="warn" title={w.refused(batch.refused)} /> : null}
      <div className="row">
        <Link href="/cases" className="button" data-kind="solid">
          {w.toCases}
        </Link>
        <Link href="/imports" className="button" data-testid="to-imports">
          {w.toList}
        </Link>
      </div>
    </div>
  )
}
