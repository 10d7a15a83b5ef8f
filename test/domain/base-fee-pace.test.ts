import fc from 'fast-check'
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import feesCollector from '../../src/collectors/fees.ts'
import { fewestBlocksUntil, forecastBaseFee, paceOf } from '../../src/domain/base-fee-pace.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { chain, hashOf } from '../../src/testing.ts'
import { read } from '../support/fake-rpc.ts'

const gwei = 10n ** 9n
const tips = { p10: 0n, p50: 0n, p90: 0n }
const ethereum = { denominator: 8, elasticity: 2, fullness: 0.5 }

/** Blocks as full as said, on a chain with these constants: computed in whole numbers of wei and gas, as nodes do. */
function historyOf(ratios: readonly number[], { denominator, elasticity }: typeof ethereum, first = 20n * gwei) {
  const limit = 30_000_000n
  const target = limit / BigInt(elasticity)
  const baseFees = [first]
  const blocks = ratios.map((ratio) => {
    const used = BigInt(Math.round(ratio * Number(limit)))
    const fee = baseFees.at(-1) ?? first
    baseFees.push(fee + (fee * (used - target)) / target / BigInt(denominator))
    return { gasUsedRatio: Number(used) / Number(limit), tips }
  })
  return { oldestBlock: 1n, baseFees, blocks }
}

describe('which constants recent blocks follow', () => {
  test.each([
    ['Ethereum', 8, 2],
    ['an OP-stack chain', 250, 6],
    ['an OP-stack chain before Canyon', 50, 6],
    ['Polygon', 64, 2],
  ])('%s', (_, denominator, elasticity) => {
    const history = historyOf([0.1, 0.9, 0.4], { ...ethereum, denominator, elasticity })
    expect(paceOf(history)).toEqual({ denominator, elasticity, fullness: expect.closeTo(1.4 / 3, 6) })
  })

  test('a chain with others is unknown', () => {
    expect(paceOf(historyOf([0.1, 0.9, 0.4], { ...ethereum, denominator: 11 }))).toBeNull()
  })

  test('one block that does not follow them is enough', () => {
    const { baseFees, ...history } = historyOf([0.1, 0.9, 0.4], ethereum)
    expect(paceOf({ ...history, baseFees: [...baseFees.slice(0, -1), 21n * gwei] })).toBeNull()
  })

  test('blocks that are all at their target do not tell chains apart', () => {
    expect(paceOf(historyOf([0.5, 0.5, 0.5], ethereum))).toBeNull()
  })

  test('no base fees, and no blocks', () => {
    expect(paceOf({ ...historyOf([0.1], ethereum), baseFees: null })).toBeNull()
    expect(paceOf({ oldestBlock: 1n, baseFees: [gwei], blocks: [] })).toBeNull()
  })

  test('always found again where blocks differ', () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true })
    const constants = fc.constantFrom({ denominator: 8, elasticity: 2 }, { denominator: 250, elasticity: 6 })
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1, maxLength: 20 }), constants, (ratios, pair) => {
        const found = paceOf(historyOf([0, ...ratios], { ...ethereum, ...pair }))
        expect(found).toMatchObject(pair)
      }),
      { seed: 7, numRuns: 100 },
    )
  })
})

describe('the next blocks', () => {
  test('one empty block takes an eighth off, one full block adds it', () => {
    expect(forecastBaseFee(80n, ethereum, 1)).toEqual({ lowest: 70n, expected: 80n, highest: 90n })
  })

  test('no further block changes nothing', () => {
    expect(forecastBaseFee(80n, ethereum, 0)).toEqual({ lowest: 80n, expected: 80n, highest: 80n })
  })

  test('a full block on an OP-stack chain adds a fiftieth', () => {
    expect(forecastBaseFee(1000n, { denominator: 250, elasticity: 6, fullness: 0 }, 1)).toMatchObject({
      lowest: 996n,
      highest: 1020n,
    })
  })

  test.each([
    ['the fee is paid already', 80n, 0],
    ['what one empty block leaves', 70n, 1],
    ['a wei less', 69n, 2],
    ['less than whole numbers can fall to', 6n, null],
  ])('how many empty blocks it takes: %s', (_, maxFee, blocks) => {
    expect(fewestBlocksUntil(maxFee, 80n, ethereum)).toBe(blocks)
  })
})

describe('on a chain', () => {
  let node: DevelopmentNode
  beforeAll(async () => {
    node = await startAnvil()
    await node.send('anvil_mine', [numberToHex(25)])
  })
  afterAll(() => node?.stop())
  const feesNow = async () => {
    const { number } = (await node.send('eth_getBlockByNumber', ['latest', false])) as { number: string }
    const head = { number: BigInt(number), hash: hashOf(1), timestamp: 1 }
    return read(feesCollector, {
      rpc: createRpcClient({ url: node.url }),
      facts: { chain: chain({ block: head, head }) },
    })
  }

  test('the forecast of five empty blocks is what five empty blocks bring', async () => {
    const { nextBaseFee, pace } = await feesNow()
    expect(pace).toEqual({ denominator: 8, elasticity: 2, fullness: 0 })
    if (nextBaseFee === null || pace == null) throw new Error('no base fee')
    const forecast = forecastBaseFee(nextBaseFee, pace, 5)
    expect(forecast.expected).toBe(forecast.lowest)
    await node.send('anvil_mine', ['0x5'])
    expect((await feesNow()).nextBaseFee).toBe(forecast.lowest)
  })

  test('a spike that no rule explains: unknown', async () => {
    await node.send('anvil_setNextBlockBaseFeePerGas', [numberToHex(500n * gwei)])
    await node.send('evm_mine')
    expect((await feesNow()).pace).toBeNull()
  })
})
