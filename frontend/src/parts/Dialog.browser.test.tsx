import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import './tokens.css'
import './base.css'
import './blocks.css'
import { Dialog } from './Dialog'

test('a body that is longer than the screen can be scrolled by the keyboard, a short one is no stop', async () => {
  const long = await render(
    <Dialog title="長い" onClose={() => {}}>
      <p style={{ blockSize: '3000px' }}>長い説明</p>
    </Dialog>,
  )
  await expect.poll(() => document.querySelector('.dialog-body')?.getAttribute('tabindex')).toBe('0')
  long.unmount()
  await render(
    <Dialog title="短い" onClose={() => {}}>
      <p>短い説明</p>
    </Dialog>,
  )
  await expect.poll(() => document.querySelector('.dialog-body')?.textContent).toBe('短い説明')
  expect(document.querySelector('.dialog-body')?.getAttribute('tabindex')).toBeNull()
})
