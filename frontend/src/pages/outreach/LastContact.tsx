import type { OutreachLine } from '../../api/outreach'
import { showInstant } from '../../dates/showInstant'
import { words } from '../../words'

interface Props {
  last: OutreachLine | null
}

/** The newest contact without its words: when, how, whom. */
export function LastContact({ last }: Props) {
  if (!last) return <span className="soft">{words.outreach.lastNone}</span>
  return (
    <span>
      {showInstant(last.at, 'short')}　{last.methodLabel}・{last.metLabels.join('・')}
    </span>
  )
}
