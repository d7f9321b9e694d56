import type { ReviewLine } from '../../api/reviews'
import { base } from '../../app/base'
import { showDate } from '../../dates/showDate'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  caseId: string
  line: ReviewLine
  /** Files are given to the reader's agency. */
  mayTake: boolean
  onCorrect: (line: ReviewLine) => void
}

/** One モニタリング or 評価. */
export function ReviewItem({ caseId, line, mayTake, onCorrect }: Props) {
  const w = words.reviews
  const { said } = line
  const evaluation = line.kind === 'evaluation'
  const texts: [string, string][] = [
    [w.changes, line.changeLabels.join('、')],
    [w.change, said.change],
    [w.voice, said.voice],
    [evaluation ? w.left : w.found, said.found],
    [w.agencyChanges, line.agencyLabels.join('、')],
    [w.view, said.view],
    [w.endReason, line.endLabel],
    [w.after, said.after],
  ]
  return (
    <li className="stack-s" data-testid="review">
      <div className="between">
        <p className="row">
          <strong>{showDate(line.day, 'wareki')}</strong>
          <Chip tone={evaluation ? 'key' : 'plain'}>{w.kinds[line.kind]}</Chip>
          <Chip tone={line.verdict === 'continue' ? 'good' : 'warn'}>{line.verdictLabel}</Chip>
          {line.nextDay ? <span className="soft">{`${w.nextShort} ${showDate(line.nextDay, 'short')}`}</span> : null}
        </p>
        <span className="row">
          {mayTake ? (
            <a
              className="button"
              data-small="true"
              href={`${base}/api/cases/${caseId}/reviews/${line.id}/sheet.pdf`}
              target="_blank"
              rel="noreferrer"
            >
              {evaluation ? w.sheet : w.monitorSheet}
            </a>
          ) : null}
          {line.mayCorrect ? (
            <Button
              small
              onClick={() => onCorrect(line)}
              aria-label={`${showDate(line.day, 'wareki')} ${w.correct}`}
              data-testid="review-correct"
            >
              {w.correct}
            </Button>
          ) : null}
        </span>
      </div>
      {line.goals.length ? (
        <ul className="list-plain">
          {line.goals.map(g => (
            <li key={g.goal} className="row">
              <span>{g.text}</span>
              <Chip>{g.label}</Chip>
            </li>
          ))}
        </ul>
      ) : null}
      {line.unseen ? <p className="soft">{w.unseen(line.unseen)}</p> : null}
      {line.hidden ? <p className="soft">{w.hidden}</p> : null}
      {texts
        .filter(([, text]) => text)
        .map(([label, text]) => (
          <p key={label} className="entry-body">
            <span className="soft">{`${label}　`}</span>
            {text}
          </p>
        ))}
      <p className="soft">
        {[
          words.outreach.by(line.agencyName, line.userName),
          line.who,
          line.itemLabel,
          line.corrected ? w.corrected(line.corrected) : '',
        ]
          .filter(Boolean)
          .join('　')}
      </p>
    </li>
  )
}
