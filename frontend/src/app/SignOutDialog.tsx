import { useEffect, useState } from 'react'
import { drafts } from '../live/drafts'
import { KeptTextTools } from '../live/KeptTextTools'
import { Button } from '../parts/Button'
import { Dialog } from '../parts/Dialog'
import type { Draft } from '../sync/drafts/Draft'
import { ownTexts } from '../sync/drafts/ownTexts'
import { words } from '../words'

interface Props {
  /** Number of changes that are not sent. */
  count: number
  onClose: () => void
  onSignOut: () => void
}

/** Signing out takes what was not sent from this PC: it is said before, and can be saved. */
export function SignOutDialog({ count, onClose, onSignOut }: Props) {
  const [kept, setKept] = useState<Draft[]>([])
  useEffect(() => {
    void drafts.store().all().then(setKept)
  }, [])
  const w = words.drafts
  return (
    <Dialog
      title={w.signOutTitle}
      onClose={onClose}
      data-testid="sign-out-dialog"
      foot={
        <>
          <KeptTextTools texts={ownTexts(kept)} since={kept[0]?.at ?? 0} />
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="danger" onClick={onSignOut} data-testid="sign-out-do">
            {w.signOut}
          </Button>
        </>
      }
    >
      <p>{w.signOutText(count)}</p>
    </Dialog>
  )
}
