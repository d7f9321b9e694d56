import { words } from '../../words'

/** ことばの説明: the terms that stand on the screen now, in plain words. */
export function ScreenTerms({ text }: { text: string }) {
  const w = words.during
  const found = termsIn(text)
  if (!found.length) return null
  return (
    <section className="stack-s" data-testid="screen-terms">
      <h2>{w.screenTerms}</h2>
      <dl className="screen-terms">
        {found.map(([term, meaning]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The terms of a text, at most four: a person reads them from a wall. */
export function termsIn(text: string): [string, string][] {
  return words.during.terms.filter(([term]) => text.includes(term)).slice(0, 4)
}
