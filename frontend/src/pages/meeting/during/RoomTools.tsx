import { useState } from 'react'
import type { Note } from '../../../api/during'
import { useActor } from '../../../app/useActor'
import { useSubmit } from '../../../app/useSubmit'
import { Banner } from '../../../parts/Banner'
import { Button } from '../../../parts/Button'
import { Check } from '../../../parts/Check'
import { words } from '../../../words'
import { findAct } from '../findAct'
import { nextPhase } from '../nextPhase'
import type { RoomProps } from '../RoomProps'
import { KeysDialog } from './KeysDialog'
import { NoteDialog } from './NoteDialog'
import { readSetting, writeSetting } from './setting'
import type { Follow } from './useFollow'
import { tabName, useNews } from './useNews'
import { useShortcuts } from './useShortcuts'

interface Props extends RoomProps {
  follow: Follow
  tabs: readonly { id: string; label: string }[]
  /** Gives the tab the whole screen, or takes it back. */
  onWide: () => void
}

/** What is at hand on every tab of the room: 挙手, 保留, 地域課題, the conference, following the chair, the keys. */
export function RoomTools({ room, act, follow, tabs, onWide }: Props) {
  const me = useActor().id
  const [note, setNote] = useState<Note['kind'] | null>(null)
  const [help, setHelp] = useState(false)
  const [keysOn, setKeysOn] = useState(() => readSetting('keys') !== 'off')
  const { submit, busy, error } = useSubmit()
  const news = useNews(room, me)
  const w = words.during
  const hand = findAct(room, 'hand')
  const mine = room.hands.find(h => h.key === me)
  const raise = (kind: string) => void submit(() => act('hand', { up: !mine, kind: mine?.kind ?? kind }))
  const write = findAct(room, 'note')
  const next = nextPhase(room)
  const turns = room.during.turns
  const running = ['open', 'agreeing'].includes(room.status)
  useShortcuts(
    {
      ...Object.fromEntries(tabs.map((t, i) => [String(i + 1), () => follow.select(t.id)])),
      '?': () => setHelp(true),
      f: follow.back,
      w: onWide,
      ...(hand?.allowed ? { h: () => raise('speak') } : {}),
      ...(write?.allowed ? { p: () => setNote('park'), l: () => setNote('local') } : {}),
      ...(next && findAct(room, 'phase')?.allowed ? { n: () => void submit(() => act('phase', { id: next.id })) } : {}),
      ...(turns && findAct(room, 'turn')?.allowed
        ? {
            t: () =>
              void submit(() => act('turn', { from: turns.order.find(x => x.state === 'speaking')?.agencyId ?? '' })),
          }
        : {}),
    },
    keysOn,
  )
  return (
    <div className="room-tools no-print" data-testid="room-tools">
      <p role="status" className="sr-only" data-testid="room-news">
        {news}
      </p>
      <fieldset className="row plain" aria-label={w.tools}>
        {hand?.allowed ? (
          mine ? (
            <Button small kind="solid" busy={busy} onClick={() => raise(mine.kind)} data-testid="tool-hand-down">
              {w.raised(words.meeting.handKinds.find(k => k.value === mine.kind)?.label ?? '')}（
              {words.meeting.handDown}）
            </Button>
          ) : (
            <span className="row tool-hands">
              <span aria-hidden="true">{w.raise}：</span>
              {words.meeting.handKinds.map(k => (
                <Button
                  key={k.value}
                  small
                  busy={busy}
                  aria-label={`${w.raise}：${k.label}`}
                  onClick={() => raise(k.value)}
                  data-testid={`tool-hand-${k.value}`}
                >
                  {k.label}
                </Button>
              ))}
            </span>
          )
        ) : null}
        {write && running ? (
          <>
            <Button
              small
              why={write.allowed ? undefined : write.why}
              onClick={() => setNote('park')}
              data-testid="tool-park"
            >
              {w.park}
            </Button>
            <Button
              small
              why={write.allowed ? undefined : write.why}
              onClick={() => setNote('local')}
              data-testid="tool-local"
            >
              {w.local}
            </Button>
          </>
        ) : null}
        {room.during.conference ? (
          <a
            className="button"
            data-small
            href={room.during.conference}
            target="_blank"
            rel="noopener noreferrer"
            data-testid="conference"
          >
            {w.conferenceOpen}
          </a>
        ) : null}
        <Button small kind="text" onClick={() => setHelp(true)} data-testid="tool-keys">
          {w.keys}（?）
        </Button>
        <Button small kind="text" onClick={onWide} data-testid="tool-wide">
          {w.wide}（W）
        </Button>
        {findAct(room, 'show')?.allowed ? (
          <Check label={w.share_tab} checked={follow.sharing} onValue={follow.setSharing} data-testid="share-tab" />
        ) : null}
      </fieldset>
      {error ? <Banner tone="bad" title={error.message} data-testid="tools-error" /> : null}
      {follow.roaming ? (
        <div className="follow-bar" data-testid="follow-bar">
          <span role="status">
            {follow.roaming === 'typing'
              ? w.followKept(tabName(room.during.shown))
              : w.followOff(tabName(room.during.shown))}
          </span>
          <Button small kind="solid" onClick={follow.back} data-testid="follow-back">
            {w.follow}
          </Button>
        </div>
      ) : null}
      {note ? (
        <NoteDialog
          caseId={room.meeting.caseId}
          meeting={room.meeting.id}
          kind={note}
          act={act}
          onClose={() => setNote(null)}
        />
      ) : null}
      {help ? (
        <KeysDialog
          tabs={tabs}
          on={keysOn}
          onSwitch={on => {
            setKeysOn(on)
            writeSetting('keys', on ? 'on' : 'off')
          }}
          onClose={() => setHelp(false)}
        />
      ) : null}
    </div>
  )
}
