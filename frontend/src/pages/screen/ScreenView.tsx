import { useEffect } from 'react'
import type { CasePage, Person } from '../../api/cases'
import type { Room } from '../../api/meeting'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { words } from '../../words'
import { PhaseBar } from '../meeting/PhaseBar'
import { useRoom } from '../meeting/useRoom'
import type { ScreenKind } from './kindOf'
import { ModeLine } from './ModeLine'
import { maskNames } from './maskNames'
import { ScreenDecisions } from './ScreenDecisions'
import { ScreenNow, ScreenRecorder } from './ScreenNow'
import { ScreenTerms } from './ScreenTerms'

interface Props {
  id: string
  kind: ScreenKind
}

const NO_PERSONS: Person[] = []
const nothing = async () => {}

/**
 * What the room sees: where the meeting is, what is being talked about, what was decided; names as initials. Where the person is there
 * (本人同席) it is larger, holds nothing but the course and decisions of 基本情報, and explains its terms; the recorder's has more.
 */
export function ScreenView({ id, kind }: Props) {
  const { room, error, reload } = useRoom(id, true)
  const { data: page } = useLoad<CasePage>(room ? `/cases/${room.meeting.caseId}?meeting=${id}` : null)
  useWakeLock()
  if (!room) return <PageState error={error} reload={reload} />
  const w = words.meeting
  const mask = maskNames(page?.persons ?? NO_PERSONS)
  const agenda = room.agenda.map(a =>
    kind === 'person' && a.item !== 'basic' ? { ...a, title: words.during.screenByWord, point: '' } : a,
  )
  const current = agenda.find(a => a.id === room.current)
  const asked = room.seats.filter(s => s.asked)
  const shown: Room = { ...room, acts: [] }
  return (
    <main className="screen" data-testid="screen" data-status={room.status} data-kind={kind}>
      <ModeLine room={room} title={mask(room.meeting.title)} />
      {['draft', 'cancelled'].includes(room.status) ? null : <PhaseBar room={shown} act={nothing} />}
      <div className="screen-body" aria-live="polite">
        <section className="stack">
          <h2>{w.current}</h2>
          <p className="screen-now" data-testid="screen-agenda">
            {current
              ? mask(current.title)
              : ['draft', 'reception'].includes(room.status)
                ? w.screenBefore
                : room.status === 'open' || room.status === 'agreeing'
                  ? ''
                  : room.status === 'cancelled'
                    ? words.prepare.cancelled
                    : w.screenAfter}
          </p>
          {current || !['reception', 'open', 'agreeing'].includes(room.status) ? null : (
            <ol className="screen-list">
              {agenda.map(a => (
                <li key={a.id}>{mask(a.title)}</li>
              ))}
            </ol>
          )}
          {current?.point && kind !== 'person' ? <p className="screen-point">{mask(current.point)}</p> : null}
          {kind === 'person' ? (
            <ScreenTerms text={shownText(room, current ? [current] : agenda)} />
          ) : (
            <ScreenNow room={room} />
          )}
          {room.frozen ? (
            <>
              <h2>{w.screenVersion(room.frozen.version)}</h2>
              <p className="screen-count" data-testid="screen-answers">
                {w.screenAnswers} {w.answeredOf(asked.filter(s => s.answered).length, asked.length)}
              </p>
              {room.outcome && room.outcome !== 'pending' ? (
                <p className="screen-count">{w.outcomes[room.outcome] ?? room.outcome}</p>
              ) : null}
            </>
          ) : null}
        </section>
        <div className="stack">
          <ScreenDecisions
            docs={kind === 'person' ? room.docs.filter(d => d.item === 'basic') : room.docs}
            mask={mask}
            more={kind === 'person' && room.docs.some(d => d.kind === 'minutes' && d.item !== 'basic')}
          />
          {kind === 'recorder' ? <ScreenRecorder room={room} mask={mask} /> : null}
        </div>
      </div>
      <footer className="screen-foot">{w.screenNames}</footer>
    </main>
  )
}

/** The words a person reads here: for the terms to be explained. */
function shownText(room: Room, listed: Room['agenda']): string {
  return [room.phases.find(p => p.id === room.phase)?.label, ...listed.map(a => a.title)].join(' ')
}

/** Keeps the projector awake where the browser can (only with TLS). */
function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    const ask = () =>
      void navigator.wakeLock
        ?.request('screen')
        .then(l => {
          lock = l
        })
        .catch(() => {}) // without it the projector's own settings rule
    ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [])
}
