import { words } from '../../words'

/** Where one is of the four steps. */
export function Steps({ now }: { now: number }) {
  const w = words.imports
  return (
    <ol className="steps no-print">
      {w.steps.map((label, i) => (
        <li key={label} aria-current={i === now ? 'step' : undefined} data-done={i < now || undefined}>
          {w.stepOf(i + 1, label)}
          {i === now ? <span className="sr-only">{w.stepNow}</span> : null}
        </li>
      ))}
    </ol>
  )
}
