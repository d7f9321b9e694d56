import { words } from '../../words'

/** What the marks mean. */
export function Legend() {
  const w = words.matrix
  return (
    <dl className="legend" aria-label={w.legend}>
      {Object.keys(w.marks).map(code => (
        <div key={code}>
          <dt>{w.marks[code]}</dt>
          <dd>{w.labels[code]}</dd>
        </div>
      ))}
    </dl>
  )
}
