import { api } from '../api/api'

interface Asked {
  answer: Promise<unknown>
  /** The answer, once it is here. */
  here?: { data: unknown }
}

const asked = new Map<string, Asked>()

/**
 * What a page will show, asked for before the page is there: while its file comes and the session is asked for, so that it is drawn once, with
 * all it has, and not first without. An answer is for the first that loads the path. A refusal is forgotten: who signs in, or is let in, after
 * it asks again.
 */
export const ahead = {
  ask(path: string): void {
    const answer = api.get(path)
    const entry: Asked = { answer }
    answer.then(
      data => {
        entry.here = { data }
      },
      () => {
        if (asked.get(path) === entry) asked.delete(path)
      },
    )
    asked.set(path, entry)
  },
  /** The answer, if it is here already; it stays until it is taken. */
  look: <T>(path: string | null): T | null => (path === null ? null : ((asked.get(path)?.here?.data as T) ?? null)),
  take<T>(path: string): Promise<T> | undefined {
    const entry = asked.get(path)
    asked.delete(path)
    return entry?.answer as Promise<T> | undefined
  },
}
