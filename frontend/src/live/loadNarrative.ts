import { stubborn } from '../app/stubborn'

/** The editor of long texts. A page with live texts fetches it before it is wanted: the line may be cut by then. */
export const loadNarrative = (signal?: AbortSignal) =>
  stubborn(() => import('../text/narrative/mountNarrative'), signal ? { signal } : {})
