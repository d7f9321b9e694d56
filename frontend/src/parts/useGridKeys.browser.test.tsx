import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { useGridKeys } from './useGridKeys'

function Grid() {
  const [open, setOpen] = useState('')
  const grid = useGridKeys({
    rows: 3,
    cols: 4,
    onOpen: p => setOpen(`${p.row},${p.col}`),
    onDelete: p => setOpen(`empty ${p.row},${p.col}`),
  })
  return (
    <>
      <button type="button">before</button>
      <table role="grid" onKeyDown={grid.onKeyDown} aria-label="grid">
        <tbody>
          {[0, 1, 2].map(r => (
            <tr key={r}>
              {[0, 1, 2, 3].map(c => (
                <td key={c} role="gridcell" {...grid.cell(r, c)} tabIndex={grid.cell(r, c).tabIndex}>
                  {r},{c}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <output>{open}</output>
    </>
  )
}

const focused = () => document.activeElement?.textContent

test('one Tab stop, arrows, Home, End, Enter and F2', async () => {
  await render(<Grid />)
  await userEvent.click(page.getByText('before'))
  await userEvent.keyboard('{Tab}')
  expect(focused()).toBe('0,0')
  expect(document.querySelectorAll('[tabindex="0"]').length).toBe(1)
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}')
  expect(focused()).toBe('1,2')
  await userEvent.keyboard('{End}')
  expect(focused()).toBe('1,3')
  await userEvent.keyboard('{ArrowRight}{ArrowDown}{ArrowDown}{ArrowDown}')
  expect(focused()).toBe('2,3')
  await userEvent.keyboard('{Control>}{Home}{/Control}')
  expect(focused()).toBe('0,0')
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(page.getByRole('status')).toHaveTextContent('1,0')
  await userEvent.keyboard('{ArrowRight}{F2}')
  await expect.element(page.getByRole('status')).toHaveTextContent('1,1')
  await userEvent.keyboard('{Delete}')
  await expect.element(page.getByRole('status')).toHaveTextContent('empty 1,1')
  await userEvent.keyboard('{Tab}')
  expect(document.activeElement?.tagName).not.toBe('TD')
})
