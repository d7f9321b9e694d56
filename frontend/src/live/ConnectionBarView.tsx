import { showTime } from '../dates/showTime'
import { CopyButton } from '../parts/CopyButton'
import type { AckState } from '../sync/AckState'
import { words } from '../words'

interface Props {
  ack: AckState
  unsavedText: () => string
}

const ICONS = { saved: '✓', sending: '↑', unsent: '⚠' }

/** 保存済み / 送信中 / 未送信: always at the same place, in words, with the number of changes. */
export function ConnectionBarView({ ack, unsavedText }: Props) {
  const { state, pending, savedAt, online, tone, signedOut, kept, spare } = ack
  const w = words.ack
  const label =
    state === 'saved'
      ? w.saved(savedAt ? showTime(savedAt) : '')
      : state === 'sending'
        ? w.sending(pending)
        : w.unsent(pending)
  const note = signedOut
    ? w.signedOut
    : online
      ? state === 'unsent'
        ? w.slow
        : spare
          ? w.spare
          : ''
      : savedAt
        ? kept
          ? w.offlineKept
          : w.offline
        : w.connecting
  return (
    <div
      className="ack"
      data-tone={tone}
      data-state={state}
      data-online={online}
      data-spare={spare ?? false}
      data-testid="connection-bar"
    >
      <p role="status" className="ack-words">
        <span aria-hidden="true">{ICONS[state]}</span> <strong data-testid="ack-label">{label}</strong>
        {note ? <span> {note}</span> : null}
      </p>
      {tone === 'red' ? <CopyButton text={unsavedText()} label={w.copyUnsent} /> : null}
    </div>
  )
}
