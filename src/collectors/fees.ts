/** What the next block costs: its base fee, the node's gas price, and the tips that recent blocks took. */
import { numberToHex } from 'viem/utils'
import { defineCollector } from '../core/collector.ts'
import type { FeeFacts, Missing } from '../core/facts.ts'
import { decodeFeeHistory, medianTips, tipPercentiles } from '../domain/fees.ts'
import { fields, quantity } from '../domain/rpc-reply.ts'
import { type Attempt, attempt } from './attempt.ts'

/** Long enough to smooth single blocks (4 minutes on Ethereum), short enough to follow the market. */
const historyBlocks = 20

type Raw = { readonly history: Attempt; readonly gasPrice: Attempt; readonly head: Attempt | null }

export default defineCollector({
  key: 'fees',
  needs: ['chain'],
  fetch: async ({ rpc }): Promise<Raw> => {
    const [history, gasPrice] = await Promise.all([
      attempt(rpc.request('eth_feeHistory', [numberToHex(historyBlocks), 'latest', tipPercentiles])),
      attempt(rpc.request('eth_gasPrice', [])),
    ])
    // Without a fee history the head still tells whether this chain has base fees at all.
    const head =
      history.status === 'answered' ? null : await attempt(rpc.request('eth_getBlockByNumber', ['latest', false]))
    return { history, gasPrice, head }
  },
  decode: ({ history, gasPrice, head }): FeeFacts => {
    const market = history.status === 'answered' ? decodeMarket(history.reply) : noMarket
    const price = gasPrice.status === 'answered' ? quantity(gasPrice.reply, 'eth_gasPrice') : null
    return { ...market, gasPrice: price, missing: findMissing({ history, gasPrice, head }, market.nextBaseFee) }
  },
})

const noMarket = { nextBaseFee: null, tips: null, blocks: 0 } as const

function decodeMarket(reply: unknown): Pick<FeeFacts, 'nextBaseFee' | 'tips' | 'blocks'> {
  const history = decodeFeeHistory(reply)
  // A block without transactions has no tips: nodes fill in zeros.
  const filled = history.blocks.filter(({ gasUsedRatio }) => gasUsedRatio > 0)
  // Chains without EIP-1559 leave the base fees out or give zeros.
  const hasBaseFee = history.baseFees?.some((fee) => fee > 0n) ?? false
  return {
    nextBaseFee: hasBaseFee ? (history.baseFees?.at(-1) ?? null) : null,
    tips: medianTips(filled.map(({ tips }) => tips)),
    blocks: filled.length,
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
