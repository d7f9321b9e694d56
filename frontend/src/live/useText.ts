import { useCallback, useSyncExternalStore } from 'react'
import type { SharedText } from '../text/SharedText'

/** The text as a string, redrawn with every change. */
export function useText(text: SharedText | null): string {
  const subscribe = useCallback((l: () => void) => text?.observe(() => l()) ?? (() => {}), [text])
  return useSyncExternalStore(subscribe, () => text?.toString() ?? '')
}
