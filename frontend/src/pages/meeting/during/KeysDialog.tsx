import { Check } from '../../../parts/Check'
import { Dialog } from '../../../parts/Dialog'
import { words } from '../../../words'

interface Props {
  /** As they are shown: 1 is the first of them. */
  tabs: readonly { id: string; label: string }[]
  on: boolean
  onSwitch: (on: boolean) => void
  onClose: () => void
}

const KEYS = [
  ['H', 'hand'],
  ['F', 'follow'],
  ['P', 'park'],
  ['L', 'local'],
  ['N', 'phase'],
  ['T', 'turn'],
  ['W', 'wide'],
  ['?', 'help'],
] as const

/** What the keys do, and the switch for those who do not want them. */
export function KeysDialog({ tabs, on, onSwitch, onClose }: Props) {
  const w = words.during
  return (
    <Dialog title={w.keysTitle} onClose={onClose} data-testid="keys-dialog">
      <div className="stack">
        <dl className="pairs">
          {tabs.map((t, i) => (
            <div key={t.id} className="key-line">
              <dt>
                <kbd>{i + 1}</kbd>
              </dt>
              <dd>{w.keyTab(t.label)}</dd>
            </div>
          ))}
          {KEYS.map(([key, what]) => (
            <div key={key} className="key-line">
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{w.keyList[what]}</dd>
            </div>
          ))}
        </dl>
        <p className="soft">{w.keysHint}</p>
        <Check label={w.keysOn} checked={on} onValue={onSwitch} data-testid="keys-on" />
      </div>
    </Dialog>
  )
}
