/** True while an IME is composing: such a key belongs to the IME (Enter confirms a word, not a form). */
export function isComposing(e: { isComposing?: boolean; keyCode?: number; nativeEvent?: unknown }): boolean {
  const native = (e.nativeEvent ?? e) as { isComposing?: boolean; keyCode?: number }
  return native.isComposing === true || native.keyCode === 229
}
