/** Random logs: whatever a node may write is read as it was written, and what it may not is refused. */
import { Interface } from 'ethers'
import fc from 'fast-check'
import { type Hex, parseAbi, type RpcLog } from 'viem'
import { parseEventLogs } from 'viem/utils'
import { expect, test } from 'vitest'
import { type LogView, packLogs, readPacked } from '../../src/domain/packed-logs.ts'
import { MalformedReplyError } from '../../src/domain/rpc-reply.ts'
import { topics } from '../../src/domain/topics.ts'

type Written = {
  readonly address: string
  readonly topics: readonly string[]
  readonly data: string
  readonly blockNumber: string
  readonly blockHash: string
  readonly transactionHash: string
  readonly logIndex: string
}

const asked = { range: { fromBlock: 0n, toBlock: 2n ** 48n }, topics: [] }
const lowerDigit = fc.constantFrom(...'0123456789abcdef')
const anyDigit = fc.constantFrom(...'0123456789abcdefABCDEF')

function hexOf(digit: fc.Arbitrary<string>, bytes: number): fc.Arbitrary<string> {
  const digits = fc.array(digit, { minLength: 2 * bytes, maxLength: 2 * bytes })
  return digits.map((all) => `0x${all.join('')}`)
}

/** Often with zeros in front, as addresses and amounts have them. */
const word = fc
  .tuple(hexOf(anyDigit, 32), fc.constantFrom(0, 1, 22, 23, 24, 25, 63, 64))
  .map(([hex, zeros]) => `0x${'0'.repeat(zeros)}${hex.slice(2 + zeros)}`)

const data = fc.oneof(
  word,
  fc.constantFrom('0x', `0x${'00'.repeat(32)}`),
  fc.integer({ min: 0, max: 200 }).chain((bytes) => hexOf(anyDigit, bytes)),
  // Around the lengths at which texts are no longer joined.
  fc.integer({ min: 8_180, max: 8_200 }).map((bytes) => `0x${'0aF1'.repeat(bytes).slice(0, 2 * bytes)}`),
  fc.integer({ min: 16_370, max: 16_400 }).map((bytes) => `0x${'9b0C'.repeat(bytes).slice(0, 2 * bytes)}`),
)

const log = fc.record({
  address: hexOf(anyDigit, 20),
  topics: fc.array(word, { maxLength: 4 }),
  data,
  block: fc.oneof(
    fc.nat(3),
    fc.maxSafeNat().map((block) => block % 2 ** 48),
  ),
  transactionHash: hexOf(anyDigit, 32),
})

/** In order, each at a place of its own, in blocks of one hash. */
const reply = fc.array(log, { maxLength: 120 }).map((logs) =>
  logs
    .sort((one, other) => one.block - other.block)
    .map(
      ({ block, ...rest }, index): Written => ({
        ...rest,
        blockNumber: `0x${block.toString(16)}`,
        blockHash: `0x${block.toString(16).padStart(64, '0')}`,
        logIndex: `0x${index.toString(16)}`,
      }),
    ),
)

const lower = (text: string) => text.toLowerCase()

function asSent(log: Written): unknown {
  return {
    address: lower(log.address),
    topics: log.topics.map(lower),
    data: lower(log.data),
    blockNumber: BigInt(log.blockNumber),
    transactionHash: lower(log.transactionHash),
    logIndex: Number(log.logIndex),
  }
}

test('every log comes back as it was sent, in lower case', () => {
  const property = fc.property(reply, (logs) => {
    expect([...readPacked(packLogs(logs, asked))]).toEqual(logs.map(asSent))
  })
  fc.assert(property, { numRuns: 150 })
})

type Part = 'address' | 'data' | 'transactionHash' | 'topic'

/** The same logs with one character of one of them replaced. */
function spoiled(logs: readonly Written[], { at, part, wrong }: { at: number; part: Part; wrong: string }): unknown {
  return logs.map((log, index) => {
    if (index !== Math.floor(at * logs.length)) return log
    const spoil = (text: string) => {
      const place = 2 + Math.floor(at * (text.length - 2))
      return text.slice(0, place) + wrong + text.slice(place + 1)
    }
    return part === 'topic' ? { ...log, topics: [spoil(log.transactionHash)] } : { ...log, [part]: spoil(log[part]) }
  })
}

test('one character that is no hex digit, anywhere, is refused', () => {
  const isDigit = (text: string) => /^[0-9a-fA-F]$/.test(text)
  const wrong = fc.oneof(
    fc.constantFrom('g', 'G', 'x', ' ', '/', ':', '@', '`', '\0', '\u0131', '\u00e4', '\u3030', '\ud800'),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary-ascii' }).filter((text) => !isDigit(text)),
  )
  const one = fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    part: fc.constantFrom<Part>('address', 'data', 'transactionHash', 'topic'),
    wrong,
  })
  const property = fc.property(reply, one, (logs, fault) => {
    fc.pre(logs.length > 0)
    const isEmpty = fault.part === 'data' && logs[Math.floor(fault.at * logs.length)]?.data === '0x'
    fc.pre(!isEmpty)
    expect(() => packLogs(spoiled(logs, fault), asked)).toThrow(MalformedReplyError)
  })
  fc.assert(property, { numRuns: 300 })
})

const signature = 'event Transfer(address indexed from, address indexed to, uint256 value)'
const abi = parseAbi([signature])
const ethers = new Interface([signature])

test('what is read of a transfer is what viem and ethers read', () => {
  const party = hexOf(lowerDigit, 20).map((address) => `0x${'0'.repeat(24)}${address.slice(2)}`)
  const transfer = fc.record({ from: party, to: party, value: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }) })
  const property = fc.property(reply, transfer, ([sent], { from, to, value }) => {
    if (sent === undefined) return
    const written = { ...sent, topics: [topics.transfer, from, to], data: `0x${value.toString(16).padStart(64, '0')}` }
    const [read] = [...readPacked(packLogs([written], asked))]
    const [byViem] = parseEventLogs({ abi, logs: [asRpcLog(read)] as never }) // its type wants what formatLog leaves open
    const byEthers = ethers.parseLog(written)?.args.toArray()
    expect(byViem?.args).toEqual({ from: byEthers?.[0], to: byEthers?.[1], value })
    expect(byEthers?.[2]).toBe(value)
  })
  fc.assert(property, { numRuns: 100 })
})

function asRpcLog(log: LogView | undefined): Partial<RpcLog> {
  const [first = '0x', ...rest] = log?.topics ?? []
  const words: [Hex, ...Hex[]] = [first, ...rest]
  return { address: log?.address ?? '0x', topics: words, data: log?.data ?? '0x' }
}
