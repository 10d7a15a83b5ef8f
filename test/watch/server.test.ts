import { request } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { isLoopback } from '../../src/domain/loopback.ts'
import openmetrics from '../../src/reporters/openmetrics.ts'
import { watchMetrics } from '../../src/watch/metrics.ts'
import { ListenError, startWatchServer, type WatchServer } from '../../src/watch/server.ts'
import { type Health, healthOf, type WatchState } from '../../src/watch/state.ts'
import { treasuryReport } from '../reporters/sample-reports.ts'
import { flawsOfOpenMetrics } from '../support/format-readers.ts'

const minute = 60_000
const fresh: WatchState = {
  startedMs: 0,
  runs: { ended: 0, failed: 0 },
  missed: 0,
  last: null,
  nextMs: null,
  periodMs: 0,
}
const ended: WatchState = {
  ...fresh,
  runs: { ended: 2, failed: 1 },
  missed: 4,
  last: { status: 'ended', endedMs: 65_000, isComplete: false },
  nextMs: 2 * minute,
  periodMs: minute,
}

describe('health', () => {
  test.each<[string, WatchState, number, Health['status']]>([
    ['before the first run has ended', fresh, 10 * minute, 'starting'],
    ['after a run', ended, 65_000, 'ok'],
    ['a period and a minute after the next was due', ended, 4 * minute, 'ok'],
    ['a moment later', ended, 4 * minute + 1, 'late'],
    ['after a run that failed', { ...ended, last: { status: 'failed', endedMs: 1, isComplete: null } }, 2, 'failed'],
    ['when nothing more is due', { ...ended, nextMs: null }, 10 ** 12, 'ok'],
  ])('%s', (_, state, nowMs, status) => {
    expect(healthOf(state, nowMs).status).toBe(status)
  })

  test('says when, and whether everything was read', () => {
    expect(healthOf(ended, minute)).toEqual({
      status: 'ok',
      lastRun: '1970-01-01T00:01:05.000Z',
      nextRun: '1970-01-01T00:02:00.000Z',
      complete: false,
    })
  })
})

describe('metrics', () => {
  const ofReport = openmetrics(treasuryReport(), { locale: 'en', useColor: false, width: 100 })

  test('of a report and of the watch are one text of OpenMetrics', () => {
    const text = watchMetrics(ofReport, ended)
    expect(flawsOfOpenMetrics(text)).toEqual([])
    expect(text).toContain('\nwallet_checkup_exit_code ')
    expect(text).toContain('\nwallet_checkup_watch_runs_total{status="ended"} 2\n')
    expect(text).toContain('\nwallet_checkup_watch_runs_total{status="failed"} 1\n')
    expect(text).toContain('\nwallet_checkup_watch_missed_total 4\n')
    expect(text).toContain('\nwallet_checkup_watch_last_run_ended 1\n')
    expect(text).toContain('\nwallet_checkup_watch_next_run_timestamp_seconds 120\n')
  })

  test('before the first run say nothing of one', () => {
    const text = watchMetrics(null, fresh)
    expect(flawsOfOpenMetrics(text)).toEqual([])
    expect(text).not.toContain('last_run')
    expect(text).toContain('wallet_checkup_watch_runs_total{status="ended"} 0\n')
  })
})

describe('the server', () => {
  let server: WatchServer | null = null
  afterEach(async () => {
    await server?.close()
    server = null
  })
  let health = healthOf(ended, minute)
  const start = async (host = '127.0.0.1') => {
    server = await startWatchServer({ host, port: 0 }, { metrics: () => 'the metrics\n', health: () => health })
    return `http://${server.at}`
  }

  test('answers /metrics as OpenMetrics', async () => {
    const answer = await fetch(`${await start()}/metrics`)
    expect(answer.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect([answer.status, await answer.text()]).toEqual([200, 'the metrics\n'])
  })

  test.each([
    [ended, minute, 200],
    [ended, 10 * minute, 503],
    [fresh, 0, 503],
  ] as const)('answers /healthz (%#)', async (state, nowMs, status) => {
    health = healthOf(state, nowMs)
    const answer = await fetch(`${await start()}/healthz?verbose`)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toEqual(health)
  })

  test.each([
    ['GET', '/', 404],
    ['GET', '/metrics/..%2f', 404],
    ['POST', '/metrics', 405],
    ['DELETE', '/healthz', 405],
    ['HEAD', '/healthz', 503],
  ])('%s %s: %i', async (method, path, status) => {
    health = healthOf(fresh, 0)
    expect((await fetch(`${await start()}${path}`, { method })).status).toBe(status)
  })

  test('on this computer only, tells nothing to a page of another name', async () => {
    const { port } = new URL(await start())
    const statusFor = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request({ port, host: '127.0.0.1', path: '/metrics', headers: { host } }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
          .on('error', reject)
          .end()
      })
    expect(await statusFor(`rebound.example:${port}`)).toBe(403)
    expect(await statusFor('127.0.0.1.rebound.example')).toBe(403)
    expect(await statusFor(`localhost:${port}`)).toBe(200)
    expect(await statusFor(`[::1]:${port}`)).toBe(200)
  })

  test('says which place is taken', async () => {
    const { port } = new URL(await start())
    const again = startWatchServer(
      { host: '127.0.0.1', port: Number(port) },
      { metrics: () => '', health: () => health },
    )
    await expect(again).rejects.toThrow(ListenError)
    await expect(again).rejects.toThrow(`127.0.0.1:${port} cannot be listened at (EADDRINUSE).`)
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example', false],
  ['10.0.0.1', false],
])('%s is this computer only: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
