import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { words } from '../../words'
import { PeersView } from './PeersView'

const peer = { clientId: 7, name: '山田', agencyId: 'a1', agency: '健康課', hue: 1, at: '', typing: false }

test('one person on two screens is shown once', async () => {
  await render(<PeersView peers={[peer, { ...peer, clientId: 8 }]} partial={false} />)
  await expect.element(page.getByTestId('peers')).toHaveTextContent('山田（健康課）')
  expect(page.getByRole('listitem').elements().length).toBe(1)
  await expect.element(page.getByTestId('peers-partial')).toHaveTextContent(/^$/)
})

test('that people may be missing is said, also to who only listens', async () => {
  await render(<PeersView peers={[]} partial={true} />)
  await expect.element(page.getByRole('status')).toHaveTextContent(words.people.partial)
})
