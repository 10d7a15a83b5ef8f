import { allWaiting, cancelCall, defineRule, marketFees, nonceGaps, value, waitingEvidence, z } from '../../src/rule.ts'
import en from './en.ts'
import { fundsData } from './funds.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'nonce-gap',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'nonces', 'mempool', 'fees'],
  text: { en, ja },
  options: z.object({
    mostCalls: z
      .int()
      .positive()
      .default(16)
      .describe('For how many missing nonces of a gap unsigned calls are given.'),
  }),
  reliesOn: ({ about }) => about === 'mempool',
  // A contract account sends no transactions of its own.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ nonces, ...facts }, { mostCalls }) => {
    const { chain, account, mempool } = facts
    const market = marketFees(facts.fees)
    const queue = allWaiting(mempool)
    const gaps = nonceGaps(queue, nonces)
    return gaps.map(({ first, last, waiting }, place) => {
      const behind = queue.filter(({ nonce }) => nonce > last)
      const count = last - first + 1
      return {
        messageId: count === 1 ? 'one' : 'several',
        subject: { kind: 'nonce', nonce: first },
        data: {
          first: value.nonce(first),
          last: value.nonce(last),
          count: value.count(count),
          waiting: value.count(waiting),
          nothing: value.native(0n, chain.coin),
          feeKind: value.keyword(market === null ? 'unknown' : market.isLegacy ? 'legacy' : 'eip1559'),
          maxFee: value.gasPrice(market?.maxFeePerGas ?? 0n),
          priorityFee: value.gasPrice(market?.maxPriorityFeePerGas ?? 0n),
          ...fundsData(gaps.slice(0, place + 1), facts),
        },
        evidence: [
          {
            kind: 'read',
            method: 'eth_getTransactionCount',
            block: String(chain.block.number),
            value: String(nonces.latest),
          },
          ...behind.map(waitingEvidence),
        ],
        remedy: Array.from({ length: Math.min(count, mostCalls) }, (_, index) =>
          cancelCall({ chain, account, nonce: first + index, fees: market, purpose: 'fill-nonce' }),
        ),
      } as const
    })
  },
})
