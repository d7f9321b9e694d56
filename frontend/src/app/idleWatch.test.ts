import { expect, test } from 'vitest'
import { IdleWatch } from './idleWatch'

function desk(path: string, rule = { idle: 5, meeting: 30 }) {
  const at = { now: 0, path, locks: 0, uses: 0, tells: 0 }
  const watch = new IdleWatch({
    now: () => at.now,
    rule: () => rule,
    path: () => at.path,
    use: () => at.uses++,
    lock: () => at.locks++,
    tell: () => at.tells++,
  })
  /** Lets time pass in steps of ten seconds, with or without somebody at the desk. */
  const pass = (minutes: number, touched = false) => {
    for (let i = 0; i < minutes * 6; i++) {
      at.now += 10_000
      if (touched) watch.touch()
      watch.tick()
    }
  }
  return { at, watch, pass }
}

test('a desk is locked after five minutes without a touch, and not before', () => {
  const { at, pass } = desk('/cases/1')
  pass(20, true)
  expect([at.locks, at.uses]).toEqual([0, 20])
  pass(4.5)
  expect(at.locks).toBe(0)
  pass(0.5)
  expect(at.locks).toBe(1)
})

test('in a meeting people listen: half an hour, and the session is kept meanwhile', () => {
  const { at, pass } = desk('/meetings/1')
  pass(29)
  expect([at.locks, at.uses]).toEqual([0, 29])
  pass(1)
  expect(at.locks).toBe(1)
})

test('the projector is never locked and never signed out', () => {
  const { at, pass } = desk('/meetings/1/screen')
  pass(180)
  expect([at.locks, at.uses]).toEqual([0, 180])
})

test('a touch in another tab counts; 0 means never', () => {
  const a = desk('/cases')
  a.pass(4)
  a.watch.touch(true)
  expect(a.at.tells).toBe(0)
  a.pass(4)
  expect(a.at.locks).toBe(0)
  const b = desk('/cases', { idle: 0, meeting: 0 })
  b.pass(600)
  expect(b.at.locks).toBe(0)
})

test('other tabs hear of a busy desk at most every five seconds', () => {
  const { at, watch } = desk('/cases')
  for (let i = 0; i < 100; i++) {
    at.now += 100
    watch.touch()
  }
  expect(at.tells).toBe(2)
})
