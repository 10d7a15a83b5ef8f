/** What the block after the head costs: its base fee, the node's gas price, and the tips that the blocks up to the head took. */
import { numberToHex } from 'viem/utils'
import { defineCollector } from '../core/collector.ts'
import { toFactError } from '../core/errors.ts'
import type { FeeFacts, Missing } from '../core/facts.ts'
import { paceOf } from '../domain/base-fee-pace.ts'
import { decodeFeeHistory, medianTips, tipPercentiles } from '../domain/fees.ts'
import { fields, quantity } from '../domain/rpc-reply.ts'
import { type Attempt, attempt } from './attempt.ts'
import { HistoricalBlockError, isHistorical } from './nonces.ts'

/** Long enough to smooth single blocks (4 minutes on Ethereum), short enough to follow the market. */
const historyBlocks = 20

type Raw = { readonly history: Attempt; readonly gasPrice: Attempt; readonly head: Attempt | null }

export default defineCollector({
  key: 'fees',
  needs: ['chain'],
  fetch: async ({ rpc }, { chain }): Promise<Raw | null> => {
    // What gas costs today says nothing about a past state.
    if (isHistorical(chain)) return null
    const newest = numberToHex(chain.head.number)
    const [history, gasPrice] = await Promise.all([
      attempt(rpc.request('eth_feeHistory', [numberToHex(historyBlocks), newest, tipPercentiles])),
      attempt(rpc.request('eth_gasPrice', [])),
    ])
    // Without a fee history the head still tells whether this chain has base fees at all.
    const head =
      history.status === 'answered' ? null : await attempt(rpc.request('eth_getBlockByNumber', [newest, false]))
    return { history, gasPrice, head }
  },
  decode: (raw, { chain }): FeeFacts => {
    if (raw === null) {
      const error = toFactError(new HistoricalBlockError(chain))
      return { ...noMarket, gasPrice: null, missing: [{ about: 'fees', error }] }
    }
    const { history, gasPrice } = raw
    const market = history.status === 'answered' ? decodeMarket(history.reply) : noMarket
    const price = gasPrice.status === 'answered' ? quantity(gasPrice.reply, 'eth_gasPrice') : null
    return { ...market, gasPrice: price, missing: findMissing(raw, market.nextBaseFee) }
  },
})

const noMarket = { nextBaseFee: null, blobBaseFee: null, tips: null, blocks: 0, pace: null } as const

function decodeMarket(reply: unknown): Pick<FeeFacts, 'nextBaseFee' | 'blobBaseFee' | 'tips' | 'blocks' | 'pace'> {
  const history = decodeFeeHistory(reply)
  // A block without transactions has no tips: nodes fill in zeros.
  const filled = history.blocks.filter(({ gasUsedRatio }) => gasUsedRatio > 0)
  // Chains without EIP-1559 leave the base fees out or give zeros.
  const hasBaseFee = history.baseFees?.some((fee) => fee > 0n) ?? false
  return {
    nextBaseFee: hasBaseFee ? (history.baseFees?.at(-1) ?? null) : null,
    blobBaseFee: history.blobBaseFee,
    tips: medianTips(filled.map(({ tips }) => tips)),
    blocks: filled.length,
    pace: hasBaseFee ? paceOf(history) : null,
  }
}

function findMissing({ history, gasPrice, head }: Raw, nextBaseFee: bigint | null): readonly Missing[] {
  if (history.status !== 'answered' && !isWithoutBaseFee(head)) return [{ about: 'fees', error: history.error }]
  if (nextBaseFee === null && gasPrice.status !== 'answered') return [{ about: 'fees', error: gasPrice.error }]
  return []
}

function isWithoutBaseFee(head: Attempt | null): boolean {
  if (head?.status !== 'answered') return false
  const { baseFeePerGas } = fields(head.reply, 'eth_getBlockByNumber')
  if (baseFeePerGas === undefined || baseFeePerGas === null) return true
  return quantity(baseFeePerGas, 'the base fee of a block') === 0n
}
