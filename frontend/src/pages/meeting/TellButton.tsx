import { useState } from 'react'
import { api } from '../../api/api'
import type { Told } from '../../api/notices'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'

interface Props {
  meeting: string
}

/** 会議の予定 by mail, to those who want it; says whom it does not reach. */
export function TellButton({ meeting }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button small kind="text" onClick={() => setOpen(true)} data-testid="tell-open">
        {words.mail.tell}
      </Button>
      {open ? <TellDialog meeting={meeting} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function TellDialog({ meeting, onClose }: Props & { onClose: () => void }) {
  const [told, setTold] = useState<Told | null>(null)
  const { submit, busy, error } = useSubmit()
  const w = words.mail
  const go = () =>
    void submit(async () => {
      setTold(await api.post<Told>(`/meetings/${meeting}/tell`))
    })
  return (
    <Dialog
      title={w.tell}
      onClose={onClose}
      data-testid="tell-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.close}</Button>
          {told ? null : (
            <Button kind="solid" busy={busy} onClick={go} data-testid="tell-go">
              {w.tellGo}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <p>{w.tellText}</p>
        {error ? <Banner tone="bad" title={error.message} data-testid="tell-error" /> : null}
        {told ? (
          <Banner tone={told.queued ? 'good' : 'info'} title={w.told(told.queued)} data-testid="tell-done">
            {told.before ? w.before(told.before) : null}
          </Banner>
        ) : null}
        {told?.without.length ? (
          <section className="stack-s" aria-label={w.without} data-testid="tell-without">
            <p>{w.without}</p>
            <ul className="list">
              {told.without.map(name => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
    </Dialog>
  )
}
