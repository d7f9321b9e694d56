import axe from 'axe-core'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import '../../../parts/tokens.css'
import '../../../parts/base.css'
import '../../../parts/controls.css'
import '../../../parts/blocks.css'
import type { Room } from '../../../api/meeting'
import { words } from '../../../words'
import { ChairPanel, grouped } from './ChairPanel'
import { NotesCard } from './NotesCard'
import { RoomTools } from './RoomTools'
import { TurnCard } from './TurnCard'
import { useFollow } from './useFollow'
import { newsOf } from './useNews'

const w = words.during
const NOW = '2026-11-23T01:10:00Z'
const seat = (agencyId: string, name: string) => ({ agencyId, name, short: name, asked: true })
const act = (name: string) => ({ act: name, label: name, allowed: true })

function roomOf(more: object = {}): Room {
  return {
    meeting: { id: 'm', title: 'x', plannedEnd: '2026-11-23T01:40:00Z' },
    status: 'open',
    now: NOW,
    phase: 'purpose',
    phases: [
      {
        id: 'purpose',
        label: '①目的',
        minutes: 5,
        hint: '',
        seconds: 0,
        current: true,
        begunAt: '2026-11-23T01:02:00Z',
      },
      { id: 'sharing', label: '②共有', minutes: 15, hint: '', seconds: 0, current: false },
    ],
    agenda: [{ id: 'g1', title: '見守り' }],
    current: '',
    seats: [seat('a1', '社協'), seat('a2', '包括')],
    attendance: [],
    hands: [],
    answers: { missing: [], list: [] },
    blockers: [],
    you: { chair: true, holder: false, recorder: false, seat: 'a1' },
    acts: ['phase', 'hand', 'floor', 'turns', 'turn', 'turns_end', 'note', 'note_state'].map(act),
    during: { turns: null, notes: [], comments: [], shown: '', conference: '' },
    ...more,
  } as unknown as Room
}

const turn = (agencyId: string, state: string, begunAt?: string) => ({ agencyId, state, begunAt, seconds: 0, skips: 0 })
const during = (more: object) => ({
  during: { turns: null, notes: [], comments: [], shown: '', conference: '', ...more },
})

let done: [string, object | undefined][]
const doAct = async (name: string, params?: object) => void done.push([name, params])

beforeEach(() => {
  document.documentElement.lang = 'ja'
  document.title = 'x'
  done = []
  localStorage.clear()
})
afterEach(() => vi.restoreAllMocks())

const clean = async () => {
  const r = await axe.run(document.body, { rules: { region: { enabled: false }, 'heading-order': { enabled: false } } })
  expect(r.violations.map(v => v.id)).toEqual([])
}

test('the panel says what is over, what is left, what blocks and who waits', async () => {
  const room = roomOf({
    blockers: [
      { code: 'agenda', message: '1番目', target: 'g1' },
      { code: 'agenda', message: '2番目', target: 'g2' },
      { code: 'parked', message: '保留が1件' },
    ],
    hands: [{ key: 'u3', name: '林', agencyId: 'a2', kind: 'safety', at: NOW }],
  })
  await render(<ChairPanel room={room} act={doAct} />)
  await expect.element(page.getByTestId('panel-phase')).toHaveTextContent(`${w.phaseTime(8, 5)} ${w.phaseOver(3)}`)
  await expect.element(page.getByTestId('panel-total')).toHaveTextContent('あと30分（10:40まで）')
  await expect.element(page.getByTestId('panel-blockers')).toHaveTextContent('2件の議題に結論がありません')
  await expect.element(page.getByTestId('panel-waits')).toHaveTextContent('安全上の懸念 林')
  await clean()
  await page.getByRole('button', { name: '林：指名する' }).click()
  expect(done).toEqual([['floor', { agencyId: 'a2' }]])
  expect(grouped(room.blockers.slice(1))).toHaveLength(2)
})

test('the panel is for those who run the meeting, while it runs', async () => {
  await render(<ChairPanel room={roomOf({ you: { seat: 'a1' } })} act={doAct} />)
  expect(document.querySelector('[data-testid=chair-panel]')).toBeNull()
})

test('the round: signal at four of five minutes, in words; then the end', async () => {
  const at = (begun: string) =>
    roomOf(
      during({
        turns: { minutes: 5, signal: 240, at: NOW, order: [turn('a1', 'speaking', begun), turn('a2', 'waiting')] },
      }),
    )
  const view = await render(<TurnCard room={at('2026-11-23T01:06:30Z')} act={doAct} />)
  await expect.element(page.getByTestId('turn-time')).toHaveTextContent(/3:3\d／5分/)
  await expect.element(page.getByTestId('turn-signal')).toHaveTextContent('')
  await expect.element(page.getByTestId('turn-now')).toHaveTextContent('できること難しいこと頼みたいこと')
  await view.rerender(<TurnCard room={at('2026-11-23T01:05:55Z')} act={doAct} />)
  await expect.element(page.getByTestId('turn-signal')).toHaveTextContent(w.turnSignal)
  await view.rerender(<TurnCard room={at('2026-11-23T01:04:55Z')} act={doAct} />)
  await expect.element(page.getByTestId('turn-signal')).toHaveTextContent(w.turnOver)
  await clean()
  await page.getByTestId('turn-skip').click()
  await page.getByTestId('turn-to-a2').click()
  expect(done).toEqual([
    ['turn', { from: 'a1', skip: true }],
    ['turn', { from: 'a1', to: 'a2' }],
  ])
})

test('the bell is silent unless asked for, and rings once at the signal', async () => {
  let rung = 0
  class Audio {
    currentTime = 0
    destination = {}
    createOscillator() {
      rung++
      return { frequency: {}, connect: (x: unknown) => x, start() {}, stop() {} }
    }
    createGain() {
      return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (x: unknown) => x }
    }
  }
  vi.stubGlobal('AudioContext', Audio)
  const at = (begun: string) =>
    roomOf(during({ turns: { minutes: 5, signal: 240, at: NOW, order: [turn('a1', 'speaking', begun)] } }))
  const view = await render(<TurnCard room={at('2026-11-23T01:06:30Z')} act={doAct} />)
  await view.rerender(<TurnCard room={at('2026-11-23T01:05:55Z')} act={doAct} />)
  await expect.element(page.getByTestId('turn-signal')).toHaveTextContent(w.turnSignal)
  expect(rung).toBe(0)
  await page.getByRole('checkbox', { name: w.bell }).click()
  await view.rerender(<TurnCard room={at('2026-11-23T01:04:55Z')} act={doAct} />)
  await expect.element(page.getByTestId('turn-signal')).toHaveTextContent(w.turnOver)
  expect(rung).toBe(1)
  vi.unstubAllGlobals()
})

// A meeting without a role matrix: the keys count the tabs that are shown.
const TABS = [
  { id: 'course', label: '進行' },
  { id: 'plan', label: 'プラン' },
  { id: 'people', label: '出席' },
]

function Tools({ room }: { room: Room }) {
  const follow = useFollow({ room, act: doAct })
  const [text, setText] = useState('')
  const [wide, setWide] = useState(false)
  return (
    <>
      <RoomTools room={room} act={doAct} follow={follow} tabs={TABS} onWide={() => setWide(w => !w)} />
      <output data-testid="tab">{follow.tab}</output>
      <output data-testid="wide">{String(wide)}</output>
      <input aria-label="文" value={text} onChange={e => setText(e.currentTarget.value)} />
    </>
  )
}

test('keys work in the room, not in a text, not with another key held, not when switched off', async () => {
  await render(<Tools room={roomOf()} />)
  await userEvent.keyboard('h')
  expect(done).toEqual([['hand', { up: true, kind: 'speak' }]])
  await userEvent.keyboard('n')
  expect(done.at(-1)).toEqual(['phase', { id: 'sharing' }])
  await userEvent.keyboard('2')
  await expect.element(page.getByTestId('tab')).toHaveTextContent('plan')
  await userEvent.keyboard('w')
  await expect.element(page.getByTestId('wide')).toHaveTextContent('true')
  await userEvent.keyboard('w')
  await expect.element(page.getByTestId('wide')).toHaveTextContent('false')
  done = []
  await userEvent.keyboard('{Control>}h{/Control}')
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', isComposing: true, bubbles: true }))
  await page.getByLabelText('文').fill('')
  await userEvent.keyboard('hnp')
  await expect.element(page.getByLabelText('文')).toHaveValue('hnp')
  expect(done).toEqual([])
  ;(document.activeElement as HTMLElement).blur()
  await userEvent.keyboard('?')
  await expect.element(page.getByTestId('keys-dialog')).toBeVisible()
  const listed = [...document.querySelectorAll('[data-testid=keys-dialog] .key-line')].map(l => l.textContent)
  expect(listed.slice(0, 4)).toEqual(['1「進行」のタブ', '2「プラン」のタブ', '3「出席」のタブ', `H${w.keyList.hand}`])
  await userEvent.keyboard('h')
  await page.getByTestId('keys-on').click()
  await page.getByTestId('dialog-close').click()
  await userEvent.keyboard('h')
  expect(done).toEqual([])
})

test('a screen follows the chair, but not out of a text; one tap leads back', async () => {
  const room = (shown: string) => roomOf({ you: { seat: 'a2' }, acts: [act('hand')], ...during({ shown }) })
  const view = await render(<Tools room={room('course')} />)
  await view.rerender(<Tools room={room('plan')} />)
  await expect.element(page.getByTestId('tab')).toHaveTextContent('plan')
  await expect.element(page.getByTestId('room-news')).toHaveTextContent(w.shownTo('プラン'))
  await page.getByLabelText('文').fill('書きかけ')
  await view.rerender(<Tools room={room('minutes')} />)
  await expect.element(page.getByTestId('follow-bar')).toHaveTextContent(w.followKept('会議録'))
  await expect.element(page.getByTestId('tab')).toHaveTextContent('plan')
  await clean()
  await page.getByTestId('follow-back').click()
  await expect.element(page.getByTestId('tab')).toHaveTextContent('minutes')
})

test('the chair shows what is selected, unless switched off', async () => {
  await render(<Tools room={roomOf({ acts: [act('show')] })} />)
  await userEvent.keyboard('2')
  expect(done).toEqual([['show', { tab: 'plan' }]])
  await page.getByTestId('share-tab').click()
  await userEvent.keyboard('1')
  expect(done).toHaveLength(1)
})

test('what others do is told in words', () => {
  const was = roomOf()
  const now = roomOf({
    phase: 'sharing',
    current: 'g1',
    hands: [
      { key: 'me', name: '自分', agencyId: 'a1', kind: 'speak', at: NOW },
      { key: 'u3', name: '林', agencyId: 'a2', kind: 'safety', at: NOW },
    ],
    ...during({
      turns: { minutes: 5, signal: 240, at: NOW, order: [turn('a2', 'speaking', NOW)] },
      notes: [{ id: 'n', kind: 'park', agencyName: '包括' }],
    }),
  })
  expect(newsOf(was, now, 'me')).toBe(
    [
      w.phaseNow('②共有'),
      w.agendaNow('見守り'),
      w.handFrom('林', '安全上の懸念'),
      w.turnNow('包括'),
      w.newNote('保留', '包括'),
    ].join('。'),
  )
  expect(newsOf(now, now, 'me')).toBe('')
})

test('who came, who left and who answered is said, but not what', () => {
  const at = (key: string, name: string, to?: string) => ({
    key,
    name,
    agencyName: '包括',
    absent: false,
    spans: [{ from: NOW, to }],
  })
  const was = roomOf({ attendance: [at('b', '林'), at('me', '私')] })
  const now = roomOf({ attendance: [at('b', '林', NOW), at('c', '森'), at('me', '私')] })
  expect(newsOf(was, now, 'me')).toBe(`${w.came('森さん（包括）')}。${w.went('林さん（包括）')}`)
  const crowd = roomOf({ attendance: ['c', 'd', 'e', 'f', 'g'].map(k => at(k, k)) })
  expect(newsOf(roomOf(), crowd, 'me')).toBe('cさん（包括）、dさん（包括）、eさん（包括）、ほか2が入室しました')
  const asked = (more: object) => ({ ...seat('a2', '包括'), ...more })
  const before = roomOf({ status: 'agreeing', seats: [seat('a1', '社協'), asked({ answered: false })] })
  const after = roomOf({
    status: 'agreeing',
    seats: [{ ...seat('a1', '社協'), answered: true }, asked({ answered: true })],
  })
  expect(newsOf(before, after, 'me')).toBe(w.answeredBy('包括', 2, 2))
  expect(newsOf(now, roomOf({ status: 'closed', statusLabel: '閉会' }), 'me')).toBe(w.statusNow('閉会'))
})

test('parked points: settle, carry over with a reason; a withheld one has no text', async () => {
  const note = (id: string, more: object) => ({
    id,
    kind: 'park',
    text: 'x',
    item: 'basic',
    state: '',
    reason: '',
    agencyName: '',
    shared: false,
    withheld: false,
    ...more,
  })
  const room = roomOf(
    during({
      notes: [
        note('n1', { text: '鍵' }),
        note('n2', { text: '', withheld: true }),
        note('n3', { kind: 'local', text: '坂' }),
      ],
    }),
  )
  await render(<NotesCard room={room} act={doAct} />)
  await expect.element(page.getByTestId('notes')).toHaveTextContent(w.withheld)
  await page.getByRole('button', { name: '決着：鍵' }).click()
  await page.getByTestId('carry-all').click()
  await expect.element(page.getByTestId('note-carry-do')).toHaveAttribute('aria-disabled')
  await page.getByTestId('note-reason').fill('時間切れ')
  await clean()
  await page.getByTestId('note-carry-do').click()
  await page.getByTestId('note-drop').click()
  expect(done).toEqual([
    ['note_state', { id: 'n1', state: 'settled', reason: '' }],
    ['note_state', { id: '', state: 'carried', reason: '時間切れ' }],
    ['note_state', { id: 'n3', state: 'dropped', reason: '' }],
  ])
})
