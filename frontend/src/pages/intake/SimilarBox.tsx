import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import type { Found } from '../../api/intake'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  name: string
  kana: string
  birth: string
}

/** How long after the last key it is looked for (ms). */
const REST = 600

/** 似た相談 among what the counter may see. It looks while the name is typed and says what it found politely. */
export function SimilarBox({ name, kana, birth }: Props) {
  const [found, setFound] = useState<Found | null>(null)
  const w = words.intake
  const asks = [...name.trim()].length > 1 || [...kana.trim()].length > 2
  useEffect(() => {
    if (!asks) {
      setFound(null)
      return
    }
    let over = false
    const timer = setTimeout(() => {
      // A search that fails is no reason to stop taking the 相談 in.
      api.post<Found>('/intakes/similar', { name: name.trim(), kana: kana.trim(), birth }).then(
        f => {
          if (!over) setFound(f)
        },
        () => {
          if (!over) setFound(null)
        },
      )
    }, REST)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [asks, name, kana, birth])
  return (
    <div role="status" data-testid="similar">
      {found && !found.count ? <p className="soft">{w.similarNone}</p> : null}
      {found?.count ? (
        <div className="banner" data-tone="warn">
          <span className="banner-icon" aria-hidden="true">
            ！
          </span>
          <div className="stack-s">
            <strong>{w.similar(found.count)}</strong>
            <ul className="list">
              {found.lines.map(l => (
                <li key={l.caseId} className="row">
                  <Link href={`/cases/${l.caseId}`} target="_blank" data-testid={`similar-${l.number}`}>
                    {l.number}
                  </Link>
                  <span>
                    {l.name}
                    {l.kana ? `（${l.kana}）` : ''}
                  </span>
                  {l.birth ? <span>{showDate(l.birth, 'wareki')}</span> : null}
                  <Chip tone="key">{l.stageLabel}</Chip>
                  <span className="soft">{w.opened(showInstant(l.openedAt, 'short').split(' ')[0] ?? '')}</span>
                  {l.why.map(y => (
                    <Chip key={y}>{y}</Chip>
                  ))}
                </li>
              ))}
            </ul>
            {found.count > found.lines.length ? <p>{w.similarMore(found.count - found.lines.length)}</p> : null}
            <p className="soft">{w.similarHint}</p>
          </div>
        </div>
      ) : null}
    </div>
  )
}
