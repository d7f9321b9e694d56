import './archive.css'
import { type DragEvent, type FormEvent, useRef, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { Matched } from '../../api/archive'
import { call } from '../../api/call'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { MatchResult } from './MatchResult'
import { canHash, readPaper } from './readPaper'

/** 原本照合: a PDF is held against the records. Its hash is made here where the browser can; otherwise the file is sent and not kept. */
export function MatchTab() {
  const [result, setResult] = useState<{ name: string; matched: Matched } | null>(null)
  const [error, setError] = useState('')
  const [busy, setBusy] = useState(false)
  const [over, setOver] = useState(false)
  const [hash, setHash] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const w = words.archive.match

  const ask = async (name: string, question: () => Promise<Matched>) => {
    setBusy(true)
    setError('')
    setResult(null)
    try {
      setResult({ name, matched: await question() })
    } catch (e) {
      setError(e instanceof ApiError ? e.message : words.errors.unknown)
    } finally {
      setBusy(false)
    }
  }
  const take = (file: File | undefined) => {
    if (!file) return
    void ask(file.name, async () => {
      if (canHash()) return api.post<Matched>('/archive/match', await readPaper(file))
      const body = new FormData()
      body.append('file', file)
      return call<Matched>('POST', '/api/archive/match/file', body)
    })
  }
  const drop = (e: DragEvent) => {
    e.preventDefault()
    setOver(false)
    take(e.dataTransfer.files[0])
  }
  const byHash = (e: FormEvent) => {
    e.preventDefault()
    const sha256 = hash.replace(/\s/g, '').toLowerCase()
    void ask(sha256, () => api.post<Matched>('/archive/match', { sha256, number: '' }))
  }
  return (
    <div className="stack">
      <p>{w.lead}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
      <div
        className="drop"
        data-over={over || undefined}
        onDragOver={e => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        data-testid="match-drop"
      >
        <p>{w.drop}</p>
        <input
          ref={input}
          type="file"
          accept="application/pdf,.pdf"
          hidden
          tabIndex={-1}
          aria-hidden="true"
          onChange={e => {
            take(e.currentTarget.files?.[0])
            e.currentTarget.value = ''
          }}
          data-testid="match-file"
        />
        <Button kind="solid" busy={busy} onClick={() => input.current?.click()} data-testid="match-choose">
          {w.choose}
        </Button>
        <p className="soft">{canHash() ? w.stays : w.sends}</p>
      </div>
      <div aria-live="polite" className="stack">
        {busy ? <Banner title={w.reading} /> : null}
        {error ? <Banner tone="bad" title={error} /> : null}
        {result ? <MatchResult name={result.name} matched={result.matched} /> : null}
      </div>
      <form className="toolbar" onSubmit={byHash}>
        <TextField
          label={w.byHash}
          hint={w.hashHint}
          value={hash}
          onValue={setHash}
          size={66}
          spellCheck={false}
          autoComplete="off"
        />
        <Button type="submit">{w.go}</Button>
      </form>
    </div>
  )
}
