import { expect, test } from 'vitest'
import { ownSignal } from '../../src/gather/own-signal.ts'

test('aborts with the one that it follows, for the same reason, as all others that follow it do', () => {
  const controller = new AbortController()
  const signals = Array.from({ length: 30 }, () => ownSignal(controller.signal))
  expect(signals.some(({ aborted }) => aborted)).toBe(false)
  const reason = new Error('enough')
  controller.abort(reason)
  expect(signals.every((signal) => signal.aborted && signal.reason === reason)).toBe(true)
})

test('of one that has aborted has aborted', () => {
  expect(ownSignal(AbortSignal.abort()).aborted).toBe(true)
})

test('of none never aborts', () => {
  expect(ownSignal(undefined).aborted).toBe(false)
})

test('adds one listener to the one that it follows, so that Node warns of no leak', () => {
  const warnings: unknown[] = []
  const { signal } = new AbortController()
  const add = signal.addEventListener.bind(signal)
  signal.addEventListener = (...given: Parameters<typeof add>) => {
    warnings.push(given[0])
    add(...given)
  }
  for (let count = 0; count < 50; count++) ownSignal(signal)
  expect(warnings).toEqual(['abort'])
})
