import { Link } from 'wouter'
import type { Joining } from '../../api/joinings'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import type { StepDraft } from './StepDialog'

interface Props {
  joining: Joining
  onStep: (draft: StepDraft) => void
}

/** 合いそうな資源: the places that fit, with the reasons, and the way to one that is missing. */
export function SuggestTable({ joining: j, onStep }: Props) {
  const w = words.joinings
  return (
    <div className="stack-s">
      {j.suggested.length ? (
        <Table caption={w.suggested} head={w.suggestHeads} data-testid="joining-suggested">
          {j.suggested.map(s => (
            <tr key={s.placeId}>
              <th scope="row" className="place-name">
                <Link href={`/places/${s.placeId}`}>{s.name}</Link>
                <br />
                <span className="soft">{s.kind}</span>
              </th>
              <td className="place-name">
                <span className="row">
                  {s.reasons.map(r => (
                    <Chip key={r} tone="good">
                      {r}
                    </Chip>
                  ))}
                  {s.full ? <Chip tone="warn">{w.full}</Chip> : null}
                </span>
              </td>
              <td className="place-lines">{s.hours}</td>
              <td className="place-lines">{s.terms}</td>
              <td>
                <span className="row">
                  <Button
                    small
                    onClick={() => onStep({ kind: 'trial', placeId: s.placeId, placeName: s.name })}
                    aria-label={w.tryOf(s.name)}
                    data-testid={`try-${s.placeId}`}
                  >
                    {w.tryIt}
                  </Button>
                  <Button
                    small
                    onClick={() => onStep({ kind: 'start', placeId: s.placeId, placeName: s.name })}
                    aria-label={w.startOf(s.name)}
                    data-testid={`start-${s.placeId}`}
                  >
                    {w.startIt}
                  </Button>
                </span>
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p>{w.noSuggested}</p>
      )}
      <p className="soft">{w.suggestedIntro}</p>
      <p className="row no-print">
        <Link href="/places/new?state=preparing" className="button" data-testid="joining-missing">
          {w.missing}
        </Link>
        <span className="soft">{w.missingHint}</span>
      </p>
    </div>
  )
}
