import { words } from '../../words'
import { DeviceCheck } from './DeviceCheck'

/** 端末の確認 for everybody, before signing in. */
export function DevicePage() {
  return (
    <main className="entry">
      <p>{words.during.deviceText}</p>
      <DeviceCheck />
    </main>
  )
}
