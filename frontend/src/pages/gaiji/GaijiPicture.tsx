import type { Gaiji } from '../../api/gaiji'
import { words } from '../../words'
import './gaiji.css'

/** The drawing of a 外字, as large as the text around it, or large enough to see its strokes. */
export function GaijiPicture({ gaiji, large }: { gaiji: Gaiji; large?: boolean }) {
  return (
    <img
      className="gaiji"
      data-large={large || undefined}
      src={`data:image/png;base64,${gaiji.picture}`}
      alt={words.gaiji.alt(gaiji.code, gaiji.reading)}
    />
  )
}
