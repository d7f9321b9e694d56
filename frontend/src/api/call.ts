import { base } from '../app/base'
import { isolate, needsIsolating, unisolate } from '../text/isolate'
import { words } from '../words'
import { ApiError } from './ApiError'
import { locked } from './locked'

/** One request to the server. Every failure is an ApiError whose message can be shown as it is. */
export async function call<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method, credentials: 'same-origin', cache: 'no-store' }
  if (signal) init.signal = signal
  if (method !== 'GET') {
    init.headers = { 'X-Kasane': '1' }
    if (body instanceof FormData) init.body = body
    else {
      init.headers = { ...init.headers, 'Content-Type': 'application/json' }
      init.body = unisolate(JSON.stringify(body ?? {}))
    }
  }
  let res: Response
  try {
    res = await fetch(base + path, init)
  } catch (e) {
    if (signal?.aborted) throw e
    throw new ApiError('offline', words.errors.offline)
  }
  if (res.status === 204) return undefined as T
  const type = res.headers.get('Content-Type') ?? ''
  const data: unknown = type.includes('json') ? await read(res).catch(() => null) : null
  if (res.ok && data !== null) return data as T
  const error = (data as { error?: { kind?: string; message?: string; field?: string; details?: object } } | null)
    ?.error
  if (error?.kind === 'unauthorized' && (error.details as { stage?: string } | undefined)?.stage === 'locked')
    locked.emit()
  throw new ApiError(
    error?.kind ?? 'internal',
    error?.message || words.errors.unknown,
    error?.field ?? '',
    (error?.details ?? {}) as Record<string, unknown>,
  )
}

async function read(res: Response): Promise<unknown> {
  const json = await res.text()
  const data: unknown = JSON.parse(json)
  return needsIsolating(json) ? isolate(data) : data
}
