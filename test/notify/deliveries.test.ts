import { createHmac } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { notificationSchema } from '../../src/notify/notification.ts'
import { notifierKey, tell } from '../../src/notify/notify.ts'
import type { Notifier } from '../../src/notify/requests.ts'
import { transitionsOf } from '../../src/notify/transitions.ts'
import { reportOf, sickFacts } from '../reporters/sample-reports.ts'
import { type Receiver, startReceiver } from './support/receiver.ts'

const report = reportOf(sickFacts())
const transitions = transitionsOf(null, report)
const startMs = 1_800_000_000_000
const dateAt = (milliseconds: number) => new Date(milliseconds).toUTCString()

/** A clock that goes on as far as somebody sleeps. */
function fakePorts({ random = 0.5 } = {}) {
  let nowMs = startMs
  const slept: number[] = []
  const ports = {
    now: () => nowMs,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds)
      nowMs += milliseconds
    },
    random: () => random,
    signal: new AbortController().signal,
  }
  return { ports, slept }
}

async function receiver(answer?: Parameters<typeof startReceiver>[0]): Promise<Receiver> {
  const started = await startReceiver(answer)
  onTestFinished(() => started.close())
  return started
}

const to = ({ url }: Pick<Receiver, 'url'>): Notifier => ({ type: 'webhook', url: `${url}/hooks/SECRET-PART` })
const kinds: readonly (readonly [string, (receiver: Receiver) => Notifier])[] = [
  ['webhook', to],
  ['slack', ({ url }) => ({ type: 'slack', url: `${url}/services/SECRET-PART` })],
  ['discord', ({ url }) => ({ type: 'discord', url: `${url}/api/webhooks/SECRET-PART` })],
  ['telegram', ({ url }) => ({ type: 'telegram', token: '1:SECRET-PART', chat: '-100', server: url })],
]

describe.each(kinds)('%s', (kind, notifierOf) => {
  test('is told by one POST of JSON, and named by its host alone', async () => {
    const there = await receiver()
    const delivery = await tell(notifierOf(there), { transitions, report }, fakePorts().ports)
    expect(delivery).toEqual({ kind, host: there.host, status: 'delivered' })
    expect(there.messages.map(({ method, headers }) => [method, headers['content-type']])).toEqual([
      ['POST', 'application/json'],
    ])
    expect(there.messages[0]?.text).not.toContain('SECRET-PART')
    expect(there.messages[0]?.text).toContain('A listed thief may take your tokens')
  })

  test('that refuses is told once, and its secret is in no word about it', async () => {
    const there = await receiver(() => ({ status: 404, body: 'no SECRET-PART here' }))
    const delivery = await tell(notifierOf(there), { transitions, report }, fakePorts().ports)
    expect(there.messages).toHaveLength(1)
    expect(delivery?.error?.message).toBe(`The message to ${there.host} was not delivered (HTTP 404; tries: 1).`)
    expect(JSON.stringify(delivery)).not.toContain('SECRET-PART')
  })

  test('is told again after it was out of order for a while', async () => {
    const there = await receiver((before) => ({ status: before < 2 ? 503 : 200 }))
    const delivery = await tell(notifierOf(there), { transitions, report }, fakePorts().ports)
    expect([delivery?.status, there.messages.length]).toEqual(['delivered', 3])
    expect(new Set(there.messages.map(({ text }) => text)).size).toBe(1)
  })

  test('is told nothing when nothing changed', async () => {
    const there = await receiver()
    expect(await tell(notifierOf(there), { transitions: [], report }, fakePorts().ports)).toBeNull()
    expect(there.messages).toEqual([])
  })
})

describe('a message', () => {
  test.each([400, 401, 403, 404, 410, 422, 301, 302, 307, 308, 304])('is not sent again after %i', async (status) => {
    const other = await receiver()
    const there = await receiver(() => ({ status, headers: { location: `${other.url}/elsewhere` } }))
    const delivery = await tell(to(there), { transitions, report }, fakePorts().ports)
    expect(delivery?.status).toBe('failed')
    expect([there.messages.length, other.messages.length]).toEqual([1, 0])
  })

  test.each([429, 500, 502, 503, 599])('is sent five times when each ends in %i', async (status) => {
    const there = await receiver(() => ({ status }))
    const { ports, slept } = fakePorts({ random: 1 })
    const delivery = await tell(to(there), { transitions, report }, ports)
    expect(delivery?.error?.message).toContain(`(HTTP ${status}; tries: 5)`)
    expect(slept).toEqual([500, 1000, 2000, 4000])
    expect(there.messages).toHaveLength(5)
  })

  test('waits anywhere between nothing and the bound, so that receivers are not asked together', async () => {
    const there = await receiver(() => ({ status: 500 }))
    const { ports, slept } = fakePorts({ random: 0.1 })
    await tell(to(there), { transitions, report }, ports)
    expect(slept).toEqual([50, 100, 200, 400])
  })

  test.each([
    ['seconds', { headers: { 'retry-after': '7' } }, 7000],
    ['a date', { headers: { date: dateAt(startMs), 'retry-after': dateAt(startMs + 9000) } }, 9000],
    ['a date, of a clock that is wrong', { headers: { date: dateAt(60_000), 'retry-after': dateAt(69_000) } }, 9000],
    ['the words of Telegram', { body: '{"ok":false,"parameters":{"retry_after":5}}' }, 5000],
    ['the words of Discord', { body: '{"retry_after": 0.25, "global": false}' }, 250],
  ])('waits as long as the receiver says: %s', async (_, answer, expected) => {
    const there = await receiver((before) => (before === 0 ? { status: 429, ...answer } : { status: 204 }))
    const { ports, slept } = fakePorts()
    expect((await tell(to(there), { transitions, report }, ports))?.status).toBe('delivered')
    expect(slept).toEqual([expected])
  })

  test('does not wait beyond its deadline', async () => {
    const there = await receiver(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
    const { ports, slept } = fakePorts()
    expect((await tell(to(there), { transitions, report }, ports))?.status).toBe('failed')
    expect(slept).toEqual([])
  })

  test('is sent again when the connection broke, and given up when nobody is there', async () => {
    const there = await receiver((before) => (before === 0 ? null : { status: 200 }))
    expect((await tell(to(there), { transitions, report }, fakePorts().ports))?.status).toBe('delivered')
    const gone = await startReceiver()
    await gone.close()
    const delivery = await tell(to(gone), { transitions, report }, fakePorts().ports)
    expect(delivery?.error?.message).toBe(`The message to ${gone.host} was not delivered (ECONNREFUSED; tries: 5).`)
  })

  test('is given up when the run is stopped while nobody answers', async () => {
    const controller = new AbortController()
    const there = await receiver(() => {
      setTimeout(() => controller.abort(), 10)
      return 'never'
    })
    const ports = { ...fakePorts().ports, signal: controller.signal }
    const delivery = await tell(to(there), { transitions, report }, ports)
    expect(delivery?.error?.message).toContain('(stopped; tries: 1)')
  })

  test('to what is no web address fails, without a word of it', async () => {
    const notifier: Notifier = { type: 'slack', url: 'not a url SECRET-PART' }
    const delivery = await tell(notifier, { transitions, report }, fakePorts().ports)
    expect(delivery).toMatchObject({ status: 'failed', host: '(no URL)' })
    expect(JSON.stringify(delivery)).not.toContain('SECRET-PART')
  })
})

describe('a webhook', () => {
  test('can prove who sent the message and when', async () => {
    const there = await receiver((before) => ({ status: before === 0 ? 500 : 200 }))
    const { ports } = fakePorts({ random: 1 })
    await tell({ type: 'webhook', url: there.url, secret: 'shared words' }, { transitions, report }, ports)
    const times = there.messages.map(({ headers, text }) => {
      const timestamp = headers['wallet-checkup-timestamp']
      const proof = createHmac('sha256', 'shared words').update(`${timestamp}.`).update(text, 'utf8').digest('hex')
      expect(headers['wallet-checkup-signature']).toBe(`sha256=${proof}`)
      return Number(timestamp)
    })
    expect(times).toEqual([1_800_000_000, 1_800_000_000])
  })

  test('without a secret has no signature', async () => {
    const there = await receiver()
    await tell(to(there), { transitions, report }, fakePorts().ports)
    expect(there.messages[0]?.headers['wallet-checkup-signature']).toBeUndefined()
  })

  test('gets what the schema says', async () => {
    const there = await receiver()
    await tell(to(there), { transitions, report }, fakePorts().ports)
    const message = notificationSchema.parse(JSON.parse(there.messages[0]?.text ?? ''))
    const none = { worse: 0, resolved: 0, accepted: 0, unknown: 0, known: 0 }
    expect(message.summary).toEqual({ new: transitions.length, ...none })
    expect(message.transitions).toEqual(JSON.parse(JSON.stringify(transitions)))
  })

  test('lists five hundred changes, and counts the others', async () => {
    const [first] = transitions
    if (first === undefined) throw new Error('nothing changed')
    const there = await receiver()
    await tell(to(there), { transitions: Array(501).fill(first), report }, fakePorts().ports)
    const message = notificationSchema.parse(JSON.parse(there.messages[0]?.text ?? ''))
    expect([message.transitions.length, message.leftOut, message.summary.new]).toEqual([500, 1, 501])
  })
})

describe('who wants to know what', () => {
  const place = { account: '0x1', label: null, chain: null }
  const lost = { change: 'unknown', target: place, checks: ['stale-head'] } as const

  test.each([
    ['everything when nothing is said', {}, transitions.length + 1],
    ['only what became unknown', { on: ['unknown'] as const }, 1],
    ['only what is new', { on: ['new'] as const }, transitions.length],
    ['only what is gone', { on: ['resolved'] as const }, null],
    ['critical findings, and what became unknown', { minimumSeverity: 'critical' as const }, 2],
  ])('%s', async (_, choice, expected) => {
    const there = await receiver()
    await tell({ ...to(there), ...choice }, { transitions: [...transitions, lost], report }, fakePorts().ports)
    const [message] = there.messages
    expect(message === undefined ? null : JSON.parse(message.text).transitions.length).toBe(expected)
  })

  test.each([
    ['resolved', ['resolved', 'accepted']],
    ['new', ['new']],
  ] as const)('on %s: what a baseline accepted is told with what is resolved', async (kind, expected) => {
    const there = await receiver()
    const finding = transitions.flatMap((one) => ('finding' in one ? [one.finding] : []))[0]
    if (finding === undefined) throw new Error('nothing changed')
    const all = (['new', 'resolved', 'accepted'] as const).map((change) => ({ change, target: place, finding }))
    await tell({ ...to(there), on: [kind] }, { transitions: all, report }, fakePorts().ports)
    const told = notificationSchema.parse(JSON.parse(there.messages[0]?.text ?? '')).transitions
    expect(told.map(({ change }) => change)).toEqual(expected)
  })

  test('is remembered apart, under a name that holds nothing of a URL', () => {
    const one: Notifier = { type: 'slack', url: 'https://hooks.example/SECRET' }
    expect(notifierKey(one)).toMatch(/^[0-9a-f]{32}$/)
    expect(notifierKey({ ...one })).toBe(notifierKey(one))
    expect(notifierKey({ ...one, type: 'discord' })).not.toBe(notifierKey(one))
    expect(notifierKey({ ...one, on: ['new'] })).not.toBe(notifierKey(one))
  })
})
