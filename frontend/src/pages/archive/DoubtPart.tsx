import { useMemo } from 'react'
import type { Doubt } from '../../api/copies'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { words } from '../../words'
import { doubtKey, grouped } from './doubts'

interface Props {
  doubts: readonly Doubt[]
  hidden: ReadonlySet<string>
  onHidden: (hidden: Set<string>) => void
  looked: boolean
  onLooked: (looked: boolean) => void
}

/** What a 匿名版 cannot decide by itself: each place with the sentence around it, to be put in other words or left. */
export function DoubtPart({ doubts, hidden, onHidden, looked, onLooked }: Props) {
  const w = words.copies.doubt
  const groups = useMemo(() => grouped(doubts), [doubts])
  const set = (list: readonly Doubt[], on: boolean) => {
    const next = new Set(hidden)
    for (const d of list) {
      if (on) next.add(doubtKey(d))
      else next.delete(doubtKey(d))
    }
    onHidden(next)
  }
  return (
    <section className="stack" aria-label={w.title} data-testid="doubts">
      <h2>{w.title}</h2>
      {groups.length ? (
        <>
          <p className="soft">{w.lead}</p>
          <p role="status" data-testid="doubt-count">
            {w.count(doubts.length, hidden.size)}
          </p>
        </>
      ) : (
        <p className="soft">{w.none}</p>
      )}
      {groups.map(([first, list]) => (
        <section key={`${first.word} ${first.call}`} className="stack" aria-label={w.group(first.word, first.call)}>
          <div className="between">
            <h3>
              {w.group(first.word, first.call)} <span className="soft">{w.places(list.length)}</span>
            </h3>
            <div className="row">
              <Button small onClick={() => set(list, true)} aria-label={w.allOf(first.word)}>
                {w.all}
              </Button>
              <Button small onClick={() => set(list, false)} aria-label={w.keepOf(first.word)}>
                {w.keep}
              </Button>
            </div>
          </div>
          <ul className="list">
            {list.map(d => (
              <li key={doubtKey(d)}>
                <Check
                  label={
                    <>
                      …{d.before}
                      <mark>{d.word}</mark>
                      {d.after}… {d.section ? <span className="soft">{d.section}</span> : null}
                    </>
                  }
                  checked={hidden.has(doubtKey(d))}
                  onValue={on => set([d], on)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length ? <Check label={w.looked} checked={looked} onValue={onLooked} data-testid="doubt-looked" /> : null}
    </section>
  )
}
