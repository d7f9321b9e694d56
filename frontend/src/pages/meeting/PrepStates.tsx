import { useState } from 'react'
import type { PrepSheet } from '../../api/prep'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { findAct } from './findAct'
import { PrepEnterDialog } from './PrepEnterDialog'
import { PrepForChip } from './PrepForLine'
import type { PrepProps } from './PrepTab'

interface Props extends Pick<PrepProps, 'room' | 'act'> {
  sheets: readonly PrepSheet[]
}

/** Who has handed in and who has not. Those who run the meeting note what came on paper. */
export function PrepStates({ room, act, sheets }: Props) {
  const { submit, busy, error } = useSubmit()
  const w = words.prep
  const paper = findAct(room, 'prep_paper')?.allowed
  const enter = findAct(room, 'prep_for')?.allowed
  const [entering, setEntering] = useState<PrepSheet | null>(null)
  const note = (agencyId: string, undo: boolean) => void submit(() => act('prep_paper', { agencyId, undo }))
  return (
    <section className="card stack-s" aria-labelledby="prep-who" data-testid="prep-states">
      <div className="between">
        <h2 id="prep-who">{w.who}</h2>
        <span>{w.count(sheets.filter(s => s.state).length, sheets.length)}</span>
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <ul className="prep-states">
        {sheets.map(s => (
          <li key={s.agencyId} data-testid={`prep-state-${s.agencyId}`} data-state={s.state}>
            <span>{s.name}</span>
            <Chip tone={s.state ? 'good' : 'warn'}>{w.states[s.state]}</Chip>
            {s.at ? (
              <span className="soft">
                {showInstant(s.at, 'wareki')}
                {s.by ? `　${s.by}` : ''}
              </span>
            ) : null}
            {s.for ? (
              <>
                <span className="soft">{w.entered(s.for.wayLabel)}</span>
                <PrepForChip sheet={s} />
              </>
            ) : null}
            {enter && !s.own && !s.for && s.state !== 'done' && !s.docs.length ? (
              <Button
                small
                kind="text"
                aria-label={w.enterOf(s.name)}
                onClick={() => setEntering(s)}
                data-testid={`prep-enter-open-${s.agencyId}`}
              >
                {w.enter}
              </Button>
            ) : null}
            {paper && s.state === '' && !s.for ? (
              <Button
                small
                kind="text"
                busy={busy}
                aria-label={w.paperOf(s.name)}
                onClick={() => note(s.agencyId, false)}
              >
                {w.paper}
              </Button>
            ) : null}
            {paper && s.state === 'paper' ? (
              <Button
                small
                kind="text"
                busy={busy}
                aria-label={w.paperUndoOf(s.name)}
                onClick={() => note(s.agencyId, true)}
              >
                {w.paperUndo}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {entering ? <PrepEnterDialog sheet={entering} act={act} onClose={() => setEntering(null)} /> : null}
    </section>
  )
}
