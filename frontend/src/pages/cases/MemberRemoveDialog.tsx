import { api } from '../../api/api'
import type { CaseMember } from '../../api/cases'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'

interface Props {
  caseId: string
  member: CaseMember
  onClose: () => void
  onDone: () => Promise<void>
}

/** 関わる機関から外す: what ends with it is said before. */
export function MemberRemoveDialog({ caseId, member, onClose, onDone }: Props) {
  const { submit, busy, error } = useSubmit()
  const w = words.cases
  const remove = () =>
    void submit(async () => {
      await api.del(`/cases/${caseId}/members/${member.agencyId}`)
      await onDone()
    }).then(ok => {
      if (ok) onClose()
    })
  return (
    <Dialog
      title={w.memberRemoveOf(member.name)}
      onClose={onClose}
      data-testid="member-remove-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="danger" busy={busy} onClick={remove} data-testid="member-remove-do">
            {w.memberRemoveDo}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error.message} data-testid="member-remove-error" /> : null}
        <p>{w.memberRemoveText(member.name)}</p>
      </div>
    </Dialog>
  )
}
