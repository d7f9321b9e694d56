import { afterEach, expect, test, vi } from 'vitest'
import { ApiError } from '../api/ApiError'
import { ahead } from './ahead'

vi.mock('./base', () => ({ base: '' }))

afterEach(() => vi.unstubAllGlobals())

const server = (status: number, body: object) => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path)
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
  })
  return asked
}

test('an answer asked for ahead is here at once, and taken once', async () => {
  const asked = server(200, { id: 'm1' })
  ahead.ask('/meetings/m1')
  expect(ahead.look('/meetings/m1')).toBeNull()
  await vi.waitFor(() => expect(ahead.look('/meetings/m1')).toEqual({ id: 'm1' }))
  const here = ahead.look('/meetings/m1')
  expect(await ahead.take('/meetings/m1')).toBe(here)
  expect(ahead.look('/meetings/m1')).toBeNull()
  expect(ahead.take('/meetings/m1')).toBeUndefined()
  expect(asked).toEqual(['/api/meetings/m1'])
})

test('a refusal is forgotten: whoever signs in after it asks again', async () => {
  server(401, { error: { kind: 'unauthorized', message: 'サインインしてください' } })
  ahead.ask('/meetings/m1')
  await new Promise(done => setTimeout(done))
  expect(ahead.take('/meetings/m1')).toBeUndefined()
})

test('whoever took an answer before it came hears of its refusal', async () => {
  server(403, { error: { kind: 'forbidden', message: '見る権限がありません' } })
  ahead.ask('/meetings/m1')
  await expect(ahead.take('/meetings/m1')).rejects.toBeInstanceOf(ApiError)
})
