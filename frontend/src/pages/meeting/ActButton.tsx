import type { Act } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { actForms } from './ActForm'

interface Props {
  act: Act
  onDo: () => Promise<void>
  /** Opens what has to be asked first. */
  onAsk: () => void
  solid?: boolean
}

/** A button of the table of acts; greyed it says why. Acts that need words ask for them first. */
export function ActButton({ act, onDo, onAsk, solid }: Props) {
  const { submit, busy, error } = useSubmit()
  return (
    <>
      <Button
        kind={solid ? 'solid' : 'outline'}
        why={act.allowed ? undefined : act.why || act.label}
        busy={busy}
        onClick={() => (actForms[act.act] ? onAsk() : void submit(onDo))}
        data-testid={`act-${act.act}`}
      >
        {act.label}
      </Button>
      {error && error.kind !== 'conflict' ? (
        <Banner tone="bad" title={error.message} data-testid={`act-error-${act.act}`} />
      ) : null}
    </>
  )
}
