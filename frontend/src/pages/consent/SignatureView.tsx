import type { Stroke } from '../../api/consent'
import { words } from '../../words'

interface Props {
  strokes: readonly Stroke[]
}

/** A recorded screen signature as a drawing. */
export function SignatureView({ strokes }: Props) {
  return (
    <svg
      viewBox="0 0 300 100"
      width="240"
      height="80"
      role="img"
      aria-label={`${words.consent.sign}：${words.consent.signStrokes(strokes.length)}`}
    >
      {strokes.map((s, i) => (
        <polyline
          // biome-ignore lint/suspicious/noArrayIndexKey: a recorded signature never changes
          key={i}
          points={s.map(p => `${(p.x * 300).toFixed(1)},${(p.y * 100).toFixed(1)}`).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  )
}
