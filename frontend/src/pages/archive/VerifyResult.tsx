import { useEffect, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { Verification } from '../../api/archive'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  /** Record. */
  id: string
  onClose: () => void
}

/** Verifies one record and says what came out. */
export function VerifyResult({ id, onClose }: Props) {
  const [result, setResult] = useState<Verification | null>(null)
  const [error, setError] = useState('')
  useEffect(() => {
    api
      .post<Verification>('/archive/verify', { id })
      .then(setResult)
      .catch(e => setError(e instanceof ApiError ? e.message : words.errors.unknown))
  }, [id])
  const close = (
    <Button small onClick={onClose}>
      {words.form.close}
    </Button>
  )
  if (error) return <Banner tone="bad" title={error} actions={close} />
  if (!result) return <Banner title={words.form.processing} />
  return <Found result={result} onClose={onClose} />
}

/** What a verification found. */
export function Found({ result, onClose }: { result: Verification; onClose: () => void }) {
  const w = words.archive
  return (
    <Banner
      tone={result.ok ? 'good' : 'bad'}
      title={result.ok ? w.ok(result.checked) : w.bad(result.problems?.length ?? 0)}
      actions={
        <Button small onClick={onClose}>
          {words.form.close}
        </Button>
      }
      data-testid="verify-result"
    >
      {result.signature ? <p>{result.signature.words}</p> : null}
      {result.signatures && !result.signature ? <p>{w.signatures(result.signatures)}</p> : null}
      <ProblemList problems={result.problems ?? []} />
    </Banner>
  )
}

/** The problems of a verification, each with the file it lies in. */
export function ProblemList({ problems }: { problems: Verification['problems'] }) {
  return (
    <ul className="list">
      {problems.map(p => (
        <li key={p.number + p.fileName + p.message}>{[p.number, p.fileName, p.message].filter(Boolean).join('　')}</li>
      ))}
    </ul>
  )
}
