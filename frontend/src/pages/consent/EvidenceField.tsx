import { useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { call } from '../../api/call'
import { Field } from '../../parts/Field'
import { words } from '../../words'

interface Props {
  caseId: string
  name: string
  onFile: (id: string, name: string) => void
  error?: string | undefined
  label?: string
}

/** Upload of the signed sheet. */
export function EvidenceField({ caseId, name, onFile, error, label = words.consent.evidence }: Props) {
  const [failed, setFailed] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async (file: File | undefined) => {
    if (!file) return
    const body = new FormData()
    body.append('caseId', caseId)
    body.append('purpose', 'evidence')
    body.append('file', file)
    setBusy(true)
    setFailed('')
    try {
      const got = await call<{ id: string; name: string }>('POST', '/api/files', body)
      onFile(got.id, got.name || file.name)
    } catch (e) {
      setFailed(e instanceof ApiError ? e.message : words.errors.unknown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Field
      label={label}
      error={failed || error}
      hint={busy ? words.form.processing : name ? words.consent.uploaded(name) : undefined}
    >
      {control => (
        <input
          {...control}
          type="file"
          className="input"
          accept="application/pdf,image/png,image/jpeg"
          data-testid="evidence"
          onChange={e => void send(e.currentTarget.files?.[0])}
        />
      )}
    </Field>
  )
}
