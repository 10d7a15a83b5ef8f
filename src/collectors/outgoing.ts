/**
 * What left the account since the baseline, from what else was read. Only where own transactions were not seen is it asked who
 * sent those that moved a token.
 */
import type { Hex } from 'viem'
import { getAddress } from 'viem/utils'
import { defineCollector } from '../core/collector.ts'
import { outgoingSince, type Senders, unclearTransactions } from '../domain/outgoing.ts'
import { address, fields } from '../domain/rpc-reply.ts'
import { askTransactions } from './approvals/ask-state.ts'
import type { Attempt } from './attempt.ts'

/** One request each: an account of which so many were not seen is read with more of its history. */
const mostAsked = 200

export default defineCollector({
  key: 'outgoing',
  needs: ['chain', 'account', 'nonces', 'baseline'],
  wants: ['activity', 'logs'],
  fetch: async ({ rpc }, facts, results) => {
    const transactions = await askTransactions(rpc, unclearTransactions(facts, results).slice(0, mostAsked))
    return outgoingSince(facts, results, sendersOf(transactions))
  },
  decode: (outgoing) => outgoing,
})

function sendersOf(transactions: ReadonlyMap<Hex, Attempt>): Senders {
  return new Map(
    [...transactions].map(([hash, answer]) => [
      hash,
      answer.status === 'answered'
        ? getAddress(address(fields(answer.reply, 'eth_getTransactionByHash').from, 'the sender of a transaction'))
        : answer.error,
    ]),
  )
}
