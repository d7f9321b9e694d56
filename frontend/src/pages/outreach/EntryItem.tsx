import type { OutreachLine } from '../../api/outreach'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  line: OutreachLine
  onCorrect: (line: OutreachLine) => void
}

/** One 働きかけ記録. */
export function EntryItem({ line, onCorrect }: Props) {
  const w = words.outreach
  const recorded = w.recordedLater(showInstant(line.recordedAt, 'short'))
  const about = [w.by(line.agencyName, line.userName), line.itemLabel, recorded]
  return (
    <li className="stack-s" data-testid="entry">
      <div className="between">
        <p className="row">
          <strong>{showInstant(line.at, 'short')}</strong>
          <span>
            {line.methodLabel}　{line.metLabels.join('・')}
            {line.placeLabel ? `　${line.placeLabel}` : ''}
            {line.target ? `　${line.target}` : ''}
          </span>
          <span>{line.who}</span>
          {line.kind === 'course' ? <Chip>{w.course}</Chip> : null}
          {line.relationLabel ? <Chip tone="key">{line.relationLabel}</Chip> : null}
        </p>
        {line.mayCorrect ? (
          <Button small onClick={() => onCorrect(line)} aria-label={`${showInstant(line.at, 'short')} ${w.correct}`}>
            {w.correct}
          </Button>
        ) : null}
      </div>
      <p className="entry-body">{line.body}</p>
      {line.nextStep ? <p className="entry-body">{`${w.nextStep}　${line.nextStep}`}</p> : null}
      <p className="soft">{about.join('　')}</p>
      {line.old.length ? (
        <details className="disclosure">
          <summary>{w.corrected(line.old.length)}</summary>
          <ul className="list-plain stack-s">
            {line.old.map(o => (
              <li key={o.id}>
                <del className="entry-body">{o.body}</del>{' '}
                <span className="soft">
                  {w.by(o.agencyName, o.userName)}　{w.recordedLater(showInstant(o.recordedAt, 'short'))}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  )
}
