import { cdp } from 'vitest/browser'
import { STEPS, WORD } from './imeCases.mjs'

interface Session {
  send(method: string, params: object): Promise<unknown>
}

/**
 * Types 日本語, or what is given, through Chromium's IME entry, as a Japanese keyboard would; `between` runs after each step. The element must have
 * the focus.
 */
export async function compose(
  between: (step: number) => void | Promise<void> = () => {},
  steps: readonly string[] = STEPS,
  word = WORD,
): Promise<void> {
  const session = cdp() as unknown as Session
  const key = (type: string) =>
    session.send('Input.dispatchKeyEvent', { type, windowsVirtualKeyCode: 229, key: 'Process', code: '' })
  for (const [i, text] of steps.entries()) {
    await key('rawKeyDown')
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await key('keyUp')
    await between(i)
  }
  await key('rawKeyDown')
  await session.send('Input.insertText', { text: word })
  await key('keyUp')
  await new Promise(r => setTimeout(r, 120))
}
