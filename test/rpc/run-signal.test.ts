import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { runSignal } from '../../src/rpc/run-signal.ts'

test('it aborts with the outer signal', () => {
  const outer = new AbortController()
  const { signal } = runSignal(outer.signal)
  expect(signal.aborted).toBe(false)
  outer.abort()
  expect(signal.aborted).toBe(true)
})

test('of an outer signal that has aborted it has aborted as well', () => {
  expect(runSignal(AbortSignal.abort()).signal.aborted).toBe(true)
})

test('the end of the run aborts it alone, and leaves no listener behind', () => {
  const outer = new AbortController()
  const { signal, end } = runSignal(outer.signal)
  end()
  end()
  expect(signal.aborted).toBe(true)
  expect(outer.signal.aborted).toBe(false)
  expect(getEventListeners(outer.signal, 'abort')).toEqual([])
})
