import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { ArchiveRecord, RecordVersion } from '../../api/archive'
import { CorrectDialog } from './CorrectDialog'
import { VersionChips } from './VersionChips'
import { VersionList } from './VersionList'

const record = (more: Partial<ArchiveRecord> = {}) =>
  ({
    id: 'r1',
    number: 'KS2026-0001',
    kind: 'minutes',
    title: '重層的支援会議　第1回　会議録',
    version: 1,
    correctedBy: 0,
    correcting: false,
    mayCorrect: true,
    ...more,
  }) as ArchiveRecord

test('a 訂正 begins by keyboard alone, with its reason; a refusal stays beside the field', async () => {
  const done = vi.fn(async () => {})
  const post = vi
    .spyOn(api, 'post')
    .mockRejectedValueOnce(new ApiError('invalid', '訂正の理由を入れてください。', 'reason'))
    .mockResolvedValueOnce({})
  await render(<CorrectDialog record={record()} onClose={() => {}} onDone={done} />)
  await expect.element(page.getByTestId('correct-dialog')).toHaveTextContent('KS2026-0001')
  const reason = page.getByTestId('correct-reason')
  for (let i = 0; i < 9 && document.activeElement !== reason.element(); i++) await userEvent.tab()
  expect(document.activeElement).toBe(reason.element())
  for (let i = 0; i < 9 && document.activeElement !== page.getByTestId('correct-go').element(); i++)
    await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('訂正の理由を入れてください。')).toBeVisible()
  await reason.fill('金額の誤り')
  await page.getByTestId('correct-go').click()
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce())
  expect(post).toHaveBeenLastCalledWith('/archive/r1/correct', { reason: '金額の誤り' })
  post.mockRestore()
})

test('versions say which one corrects which', async () => {
  const version = (v: number, by: number) =>
    ({
      id: `r${v}`,
      version: v,
      number: 'KS2026-0001',
      sealedAt: '2026-11-23T01:00:00Z',
      sha256: 'ab'.repeat(32),
      disposed: v === 1,
      correctedBy: by,
    }) as RecordVersion
  await render(
    <>
      <div data-testid="old">
        <VersionChips record={record({ correctedBy: 2 })} />
      </div>
      <div data-testid="open">
        <VersionChips record={record({ version: 2, correcting: true })} />
      </div>
      <div data-testid="replaced">
        <VersionChips record={record({ kind: 'plan', later: 'KS2026-0009' })} />
      </div>
      <div data-testid="only">
        <VersionChips record={record()} />
      </div>
      <VersionList versions={[version(2, 0), version(1, 2)]} here="r1" />
    </>,
  )
  await expect.element(page.getByTestId('replaced')).toHaveTextContent('後の版あり（KS2026-0009）')
  await expect.element(page.getByTestId('old')).toHaveTextContent('第1版第2版で訂正されています')
  await expect.element(page.getByTestId('open')).toHaveTextContent('第2版訂正中')
  await expect.element(page.getByTestId('only')).toHaveTextContent('')
  const list = page.getByTestId('versions')
  await expect.element(list).toHaveTextContent('最新の版')
  expect(list.element().querySelectorAll('a')).toHaveLength(1) // what was disposed of has no file
})
