import type { Amendment } from '../../api/forms'

const KEY = 'kasane-forms-draft'

/** Keeps a draft in this browser: a page that is left by mistake does not take it along. It holds questions, nothing of a person. */
export function keepDraft(n: number, change: Amendment): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ n, change }))
  } catch {
    // a browser that keeps nothing: the draft stands on the page only
  }
}

/** The draft kept, if it was made after the same number of published changes. */
export function keptDraft(n: number): Amendment | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as { n: number; change: Amendment } | null
    return kept?.n === n ? kept.change : null
  } catch {
    return null
  }
}

export function forgetDraft(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // nothing was kept
  }
}
