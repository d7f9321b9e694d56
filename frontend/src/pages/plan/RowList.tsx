import { type ReactNode, useId } from 'react'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  title: string
  empty: string
  addLabel: string
  testid: string
  count: number
  busy: boolean
  onAdd?: (() => void) | undefined
  children: ReactNode
}

/** One list with its head and the button that adds to it. */
export function RowList({ title, empty, addLabel, testid, count, busy, onAdd, children }: Props) {
  const id = useId()
  return (
    <section className="card stack-s" aria-labelledby={id}>
      <div className="between">
        <h3 id={id}>
          {title} <span className="soft">{words.cases.count(count)}</span>
        </h3>
        {onAdd ? (
          <Button onClick={onAdd} busy={busy} data-testid={testid}>
            ＋ {addLabel}
          </Button>
        ) : null}
      </div>
      {count ? <ol className="plan-rows">{children}</ol> : <p className="soft">{empty}</p>}
    </section>
  )
}
