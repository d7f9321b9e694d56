import { Chip } from '../parts/Chip'
import { words } from '../words'

interface Props {
  label?: string | undefined
  reason?: string | undefined
}

/** 「同意範囲外」 in place of something that may not be shown. */
export function Withheld({ label, reason }: Props) {
  return (
    <Chip tone="warn" data-testid="withheld" title={reason}>
      <span aria-hidden="true">⊘</span>
      {label ? `${label}：` : ''}
      {words.consent.outside}
      {reason && reason !== words.consent.outside ? `（${reason}）` : ''}
    </Chip>
  )
}
