import { call } from './call'

/** The verbs of the interface; paths start with /api. */
export const api = {
  get: <T>(path: string, signal?: AbortSignal) => call<T>('GET', `/api${path}`, undefined, signal),
  post: <T>(path: string, body?: object) => call<T>('POST', `/api${path}`, body),
  put: <T>(path: string, body: object) => call<T>('PUT', `/api${path}`, body),
  del: <T = void>(path: string) => call<T>('DELETE', `/api${path}`),
}
