import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Clock, systemClock, type Wait, watchLoop } from '../../src/watch/loop.ts'
import { cronSchedule, everySchedule, type Schedule } from '../../src/watch/schedule.ts'

const minute = 60_000

/** A clock that goes on only while somebody sleeps, or as far as a run takes it. */
function fakeClock(startMs = 0) {
  let nowMs = startMs
  const sleeps: number[] = []
  const clock: Clock = {
    now: () => nowMs,
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds)
      nowMs += milliseconds
    },
  }
  const pass = (milliseconds: number) => {
    nowMs += milliseconds
  }
  return { clock, sleeps, pass }
}

type Setting = { readonly schedule: Schedule; readonly durations: readonly number[]; readonly startMs?: number }

/** Runs that take so long, one after another. */
async function watched({ schedule, durations, startMs = 0 }: Setting) {
  const { clock, sleeps, pass } = fakeClock(startMs)
  const controller = new AbortController()
  const started: number[] = []
  const waits: Wait[] = []
  let underWay = 0
  let most = 0
  await watchLoop({
    clock,
    schedule,
    signal: controller.signal,
    run: async (startedMs) => {
      most = Math.max(most, ++underWay)
      await Promise.resolve()
      pass(durations[started.length] ?? 0)
      started.push(startedMs)
      underWay--
      if (started.length === durations.length) controller.abort()
    },
    onWait: (wait) => waits.push(wait),
  })
  return { started, waits, sleeps, most }
}

describe('runs', () => {
  test('begin at once, and then a period apart, however long each takes', async () => {
    const { started, waits } = await watched({ schedule: everySchedule(10 * minute, 0), durations: [5, 90_000, 0] })
    expect(started).toEqual([0, 10 * minute, 20 * minute])
    expect(waits).toEqual([
      { nextMs: 10 * minute, missed: 0 },
      { nextMs: 20 * minute, missed: 0 },
    ])
  })

  test('that take longer than the period leave out what came due meanwhile', async () => {
    const { started, waits } = await watched({
      schedule: everySchedule(minute, 0),
      durations: [3.5 * minute, minute, 0],
    })
    expect(started).toEqual([0, 4 * minute, 6 * minute])
    expect(waits.map(({ missed }) => missed)).toEqual([3, 1])
  })

  test('begin when a line of cron says, after a first one at once', async () => {
    const start = new Date('2027-01-01T00:03:20').getTime()
    const schedule = cronSchedule('*/10 * * * *', start)
    if (schedule === null) throw new Error('no schedule')
    const { started } = await watched({ schedule, durations: [0, 0, 0], startMs: start })
    expect(started.map((time) => time - start)).toEqual([0, 400_000, 1_000_000])
  })

  test('never overlap and never come before their time, whatever they take', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1000, max: 500_000 }),
        fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 20 }),
        async (period, durations) => {
          const { started, waits, sleeps, most } = await watched({ schedule: everySchedule(period, 0), durations })
          expect(most).toBe(1)
          expect(started).toEqual([0, ...waits.map(({ nextMs }) => nextMs)])
          started.slice(1).forEach((time, index) => {
            expect(time).toBeGreaterThan((started[index] ?? 0) + (durations[index] ?? 0))
            expect(time % period).toBe(0)
          })
          expect(Math.max(0, ...sleeps)).toBeLessThanOrEqual(minute)
        },
      ),
    )
  })

  test('end with the schedule', async () => {
    const { clock } = fakeClock()
    const waits: Wait[] = []
    await watchLoop({
      clock,
      schedule: { next: (after) => (after < 5 ? 5 : null) },
      signal: new AbortController().signal,
      run: async () => {},
      onWait: (wait) => waits.push(wait),
    })
    expect(waits).toEqual([
      { nextMs: 5, missed: 0 },
      { nextMs: null, missed: 0 },
    ])
  })

  test('do not wait again after the signal that came during one', async () => {
    const { started, waits } = await watched({ schedule: everySchedule(minute, 0), durations: [0] })
    expect([started, waits]).toEqual([[0], []])
  })
})

describe('the clock of the computer', () => {
  test('sleeps as long as it is told', async () => {
    const before = systemClock.now()
    await systemClock.sleep(30, new AbortController().signal)
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(29)
  })

  test('wakes up when the signal aborts', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 5)
    await systemClock.sleep(600_000, controller.signal)
    expect(controller.signal.aborted).toBe(true)
  })
})
