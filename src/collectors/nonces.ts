/** How many transactions the account has sent: mined ones, and those this node holds as pending. */
import { numberToHex } from 'viem/utils'
import { defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { ChainFacts, NonceFacts } from '../core/facts.ts'
import { value } from '../core/value.ts'
import { count } from '../domain/rpc-reply.ts'
import { attempt } from './attempt.ts'

/** A past block has no pending transactions and no next fees: what waits and what gas costs now says nothing about the state then. */
export class HistoricalBlockError extends CheckupError {
  constructor({ block }: ChainFacts) {
    super('historical-block', {
      message: `Pending transactions and fees of now were not read, because the check looks at the past block ${block.number}.`,
      data: { block: value.block(block.number) },
      hints: ['Run the check without --block to see pending transactions and fees.'],
    })
  }
}

export function isHistorical({ block, head }: ChainFacts): boolean {
  return block.number !== head.number
}

export default defineCollector({
  key: 'nonces',
  needs: ['chain'],
  fetch: async ({ rpc, options }, { chain }) => {
    const ask = (tag: string) => rpc.request('eth_getTransactionCount', [options.account, tag])
    const [latest, pending] = await Promise.all([
      ask(numberToHex(chain.block.number)),
      isHistorical(chain) ? null : attempt(ask('pending')),
    ])
    return { latest, pending }
  },
  decode: (raw, { chain }): NonceFacts => {
    const latest = count(raw.latest, 'eth_getTransactionCount')
    if (raw.pending === null) {
      return {
        latest,
        pending: null,
        missing: [{ about: 'mempool', error: toFactError(new HistoricalBlockError(chain)) }],
      }
    }
    if (raw.pending.status !== 'answered') {
      return { latest, pending: null, missing: [{ about: 'mempool', error: raw.pending.error }] }
    }
    const pending = count(raw.pending.reply, 'eth_getTransactionCount of the pending block')
    // A lower answer comes from another machine behind the same endpoint: it holds nothing beyond the mined ones.
    return { latest, pending: Math.max(pending, latest), missing: [] }
  },
})
