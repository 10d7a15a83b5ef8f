/** Whether coins that came were sent on at once: the balances before and after the transactions that emptied the account. */
import { numberToHex } from 'viem/utils'
import { defineCollector } from '../core/collector.ts'
import type { AccountFacts, ActivityFacts, Missing, OwnTransaction, SweepFacts } from '../core/facts.ts'
import { paidFee } from '../domain/gas-cost.ts'
import { quantity } from '../domain/rpc-reply.ts'
import { type Attempt, attemptEach } from './attempt.ts'
import { mergeMissing } from './missing.ts'

/** Each costs two reads of past state. A sweep that goes on shows in the newest ones. */
const mostOutflows = 10
/** Coins that left within so many blocks after they came left at once. */
const blocksApart = 3n
/** An account that holds more than this part of what a transaction took from it was not emptied. */
const emptiedPart = 20n

type Sending = OwnTransaction & { readonly to: NonNullable<OwnTransaction['to']> }
type Raw = { readonly sendings: readonly Sending[]; readonly balances: ReadonlyMap<bigint, Attempt> }

export default defineCollector({
  key: 'sweeps',
  needs: ['account', 'activity'],
  fetch: async ({ rpc, options }, { account, activity }): Promise<Raw> => {
    const sendings = sendingsOf(account, activity)
    const blocks = sendings.flatMap(({ block }) => [blockBefore(block), block])
    const balances = await attemptEach(blocks, (block) =>
      rpc.request('eth_getBalance', [options.account, numberToHex(block)]),
    )
    return { sendings, balances }
  },
  decode: ({ sendings, balances }, { activity }): SweepFacts => {
    const read = sendings.map((sending) => outflowOf(sending, { balances, activity }))
    return {
      outflows: read.flatMap(({ outflow }) => (outflow === null ? [] : [outflow])),
      missing: [
        ...activity.missing.filter(({ about }) => about === 'activity'),
        ...mergeMissing(read.flatMap(({ missing }) => missing)),
      ],
    }
  },
})

/** The newest that sent coins to somebody, and took far more from the account than it still holds. */
function sendingsOf({ address, balance }: AccountFacts, { transactions }: ActivityFacts): readonly Sending[] {
  return transactions
    .flatMap((each) => (each.to === null || each.to === address ? [] : [{ ...each, to: each.to }]))
    .filter((each) => each.succeeded && each.value > 0n && balance * emptiedPart <= leftBy(each))
    .slice(0, mostOutflows)
}

function leftBy(transaction: OwnTransaction): bigint {
  return paidFee(transaction) + (transaction.succeeded ? transaction.value : 0n)
}

function blockBefore(block: bigint): bigint {
  return block > blocksApart ? block - blocksApart - 1n : 0n
}

type Sources = { readonly balances: Raw['balances']; readonly activity: ActivityFacts }
type Read = { readonly outflow: SweepFacts['outflows'][number] | null; readonly missing: readonly Missing[] }

function outflowOf({ hash, nonce, block, to, ...sending }: Sending, { balances, activity }: Sources): Read {
  const start = blockBefore(block)
  const attempts = [balances.get(start), balances.get(block)]
  const [before, after] = attempts.map((attempt) =>
    attempt?.status === 'answered' ? quantity(attempt.reply, 'eth_getBalance') : null,
  )
  if (before == null || after == null) {
    const missing = attempts.flatMap((each): readonly Missing[] =>
      each === undefined || each.status === 'answered' ? [] : [{ about: 'past-balance', error: each.error }],
    )
    return { outflow: null, missing }
  }
  const near = activity.transactions.filter((other) => other.block > start && other.block <= block)
  const change = after + near.reduce((sum, other) => sum + leftBy(other), 0n) - before
  const left = leftBy({ ...sending, hash, nonce, block, to })
  const arrived = change > 0n ? change : 0n
  return { outflow: { hash, nonce, block, to, left, blockBefore: start, before, after, arrived }, missing: [] }
}
