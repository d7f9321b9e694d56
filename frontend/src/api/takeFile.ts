import { base } from '../app/base'
import { words } from '../words'
import { ApiError } from './ApiError'

/** Asks for a file with a body, because what is asked does not belong into an address, and hands it to the browser to be saved. */
export async function takeFile(path: string, body: object, name: string): Promise<void> {
  saveFile(await askFile(path, body), name)
}

/** Asks for a file and keeps it in the page. */
export async function askFile(path: string, body: object): Promise<Blob> {
  const { file } = await receive(path, {
    method: 'POST',
    headers: { 'X-Kasane': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  return file
}

/** Asks for a file with a form that brings another one along, and hands it to the browser to be saved. */
export async function takeFormFile(path: string, form: FormData, name: string): Promise<void> {
  const { file } = await receive(path, { method: 'POST', headers: { 'X-Kasane': '1' }, body: form })
  saveFile(file, name)
}

/** Takes the file at an address, under the name the server gives it. */
export async function takeNamed(path: string): Promise<void> {
  const { file, name } = await receive(path, {})
  saveFile(file, name)
}

async function receive(path: string, how: RequestInit): Promise<{ file: Blob; name: string }> {
  let res: Response
  let file: Blob
  try {
    res = await fetch(`${base}/api${path}`, { ...how, credentials: 'same-origin', cache: 'no-store' })
    file = await res.blob() // fails when the server cut the answer off: no part is taken for the whole
  } catch {
    throw new ApiError('offline', words.errors.offline)
  }
  if (!res.ok) {
    const said = JSON.parse((await file.text()) || '{}') as {
      error?: { kind: string; message: string; field?: string; details?: Record<string, unknown> }
    }
    const e = said.error
    throw new ApiError(e?.kind ?? 'internal', e?.message || words.errors.unknown, e?.field, e?.details)
  }
  const name = /filename\*=UTF-8''([^;]+)/.exec(res.headers.get('Content-Disposition') ?? '')?.[1]
  return { file, name: decodeURIComponent(name ?? '') }
}

/** Has the browser save a file. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
