import { useState } from 'react'
import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  id: string
}

/** What an administrator does for somebody whose device is lost. */
export function UserSecurity({ id }: Props) {
  const [done, setDone] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.account
  const run = (path: string, said: string) =>
    void submit(async () => {
      setDone('')
      await api.del(path)
      setDone(said)
    })
  return (
    <div className="stack">
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {done ? <Banner tone="good" title={done} data-testid="user-security-done" /> : null}
      <div className="row">
        <Button
          small
          busy={busy}
          onClick={() => run(`/users/${id}/sessions`, w.endedAll)}
          data-testid="user-end-sessions"
        >
          {w.endAll}
        </Button>
        <Button
          small
          kind="danger"
          busy={busy}
          onClick={() => run(`/users/${id}/factors`, w.resetDone)}
          data-testid="user-reset-factors"
        >
          {w.resetFactors}
        </Button>
      </div>
    </div>
  )
}
