import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { Verification } from '../../api/archive'
import type { Job } from '../../api/jobs'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'
import { JobPanel } from '../jobs/JobPanel'
import { Found } from './VerifyResult'

/** Verifies everything sealed, in the background, and says what came out. */
export function VerifyAll({ onClose }: { onClose: () => void }) {
  const [id, setId] = useState('')
  const { submit, rest } = useSubmit()
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once, when the button was pressed
  useEffect(() => {
    void submit(async () => setId((await api.post<Job>('/jobs/verify', {})).id))
  }, [])
  if (rest()) return <Banner tone="bad" title={rest() ?? ''} />
  if (!id) return <Banner title={words.form.processing} />
  return <JobPanel id={id} told onClose={onClose} done={() => <Report id={id} onClose={onClose} />} />
}

function Report({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error } = useLoad<Verification>(`/jobs/${id}/result`)
  if (error) return <Banner tone="bad" title={error.message} />
  return data ? <Found result={data} onClose={onClose} /> : null
}
