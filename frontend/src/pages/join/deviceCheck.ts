import { base } from '../../app/base'
import { socketURL } from '../../sync/socketURL'

export type Part = 'browser' | 'line' | 'server' | 'clock' | 'storage'
export type Mark = 'ok' | 'warn' | 'bad'

/** How long (ms) a part may take before it counts as not there. */
const PATIENCE = 5000
/** A clock that is off by less (ms) disturbs nobody. */
const CLOCK_OFF = 60_000

/** Looks at everything a meeting needs of a device, and tells each finding as it comes. Nothing about the meeting is asked for. */
export async function deviceCheck(found: (part: Part, mark: Mark) => void): Promise<void> {
  found('browser', hasBrowser() ? 'ok' : 'bad')
  found('storage', hasStorage() ? 'ok' : 'warn')
  const [sent, answer] = [
    Date.now(),
    await fetch(`${base}/livez`, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) }).catch(() => null),
  ]
  found('server', answer?.ok ? 'ok' : 'bad')
  found('clock', clockMark(answer?.headers.get('Date') ?? '', (sent + Date.now()) / 2))
  found('line', (await socketOpens()) ? 'ok' : 'warn')
}

function hasBrowser(): boolean {
  return (
    typeof WebSocket === 'function' &&
    typeof structuredClone === 'function' &&
    typeof HTMLDialogElement === 'function' &&
    typeof Intl.Segmenter === 'function' &&
    typeof crypto?.getRandomValues === 'function'
  )
}

function hasStorage(): boolean {
  try {
    localStorage.setItem('kasane.check', '1')
    localStorage.removeItem('kasane.check')
    return typeof indexedDB !== 'undefined'
  } catch {
    return false
  }
}

/** The clock of the device beside the server's; without the server's word nothing is said against it. */
export function clockMark(date: string, now: number): Mark {
  const server = Date.parse(date)
  return Number.isNaN(server) || Math.abs(server - now) < CLOCK_OFF ? 'ok' : 'warn'
}

/** Somebody who is not signed in gets a socket that opens and is closed at once: that is all that is wanted here. */
function socketOpens(): Promise<boolean> {
  return new Promise(resolve => {
    let ws: WebSocket | undefined
    const end = (ok: boolean) => {
      clearTimeout(timer)
      resolve(ok)
      ws?.close()
    }
    const timer = setTimeout(() => end(false), PATIENCE)
    try {
      ws = new WebSocket(socketURL(window.location, base))
      ws.onopen = () => end(true)
      ws.onerror = () => end(false)
    } catch {
      end(false)
    }
  })
}
