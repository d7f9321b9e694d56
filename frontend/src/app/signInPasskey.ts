import { ApiError } from '../api/ApiError'
import { api } from '../api/api'
import type { Session } from '../api/session'
import { words } from '../words'
import { answerPasskey } from './passkeys'
import { sessionStore } from './sessionStore'

/** Signs in with a passkey: both steps at once. */
export async function signInPasskey(): Promise<void> {
  const ask = await api.post<{ options: { publicKey: Record<string, unknown> }; state: string }>('/session/passkey/ask')
  const answer = await answerPasskey(ask.options).catch(() => {
    throw new ApiError('stopped', words.account.passkeyStopped)
  })
  sessionStore.set(await api.post<Session>('/session/passkey', { state: ask.state, answer }))
}
