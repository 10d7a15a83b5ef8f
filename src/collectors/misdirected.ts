/** What the account sent to the contract of a token or to an address of nobody, as far as it did so itself. */
import type { Address, Hex } from 'viem'
import { defineCollector } from '../core/collector.ts'
import { toFactError } from '../core/errors.ts'
import type { FactResult, LogFacts, MisdirectedFacts, Missing } from '../core/facts.ts'
import { newestFirst } from '../domain/newest-logs.ts'
import { isNobody } from '../domain/nobody.ts'
import { bytes, fields } from '../domain/rpc-reply.ts'
import { addressTopic, wordAt } from '../domain/topics.ts'
import type { Answers } from './answers.ts'
import { askTransactions } from './approvals/ask-state.ts'
import type { Attempt } from './attempt.ts'
import { mergeMissing } from './missing.ts'
import { askTokens, decodeToken } from './token-words.ts'
import { TooManyCounterpartiesError } from './transfers.ts'

type Strayed = NonNullable<LogFacts['strayed']>[number]
type Raw = {
  readonly strayed: readonly Strayed[]
  readonly transactions: ReadonlyMap<Hex, Attempt>
  readonly answers: Answers
  readonly activity: FactResult<'activity'>
}

/** Contracts that make events up may fill a list with them. */
const mostRead = 200

export default defineCollector({
  key: 'misdirected',
  needs: ['chain', 'account', 'logs'],
  wants: ['activity'],
  fetch: async ({ rpc }, { chain, account, logs }, { activity }): Promise<Raw> => {
    // What a contract does is sent by somebody else always, and by its own rules.
    const all = account.code.kind === 'contract' ? [] : newestFirst(logs.strayed ?? [])
    const strayed = all.slice(0, mostRead)
    const transactions = await askTransactions(rpc, [...new Set(strayed.map(({ log }) => log.transaction))])
    const own = strayed.filter((each) => isOwnCall(each, transactions, account.address) === true)
    const tokens = [...new Set(own.map(({ contract }) => contract))]
    const answers = await askTokens(rpc, { tokens, block: chain.block.number, known: new Map() })
    return { strayed, transactions, answers, activity }
  },
  decode: ({ strayed, transactions, answers, activity }, { account, logs }): MisdirectedFacts => {
    const own = strayed.filter((each) => isOwnCall(each, transactions, account.address) === true)
    const unread = [...transactions.values()].flatMap((each) =>
      each.status === 'answered' ? [] : [{ about: 'transaction-sender', error: each.error } as const],
    )
    const words = own.map((each) => ({
      each,
      ...decodeToken(answers, { address: each.contract, otherwise: 'unknown' }),
    }))
    return {
      tokens: words.map(({ each, token: { symbol, decimals } }) => ({
        place: each.to === each.contract ? 'own-contract' : 'nobody',
        ...each,
        ...{ symbol, decimals },
      })),
      coins: coinsOf(activity),
      missing: [
        ...logs.missing,
        ...leftOut(logs, account.code.kind === 'contract'),
        ...(activity.status === 'failed'
          ? [{ about: 'activity' as const, error: activity.error }]
          : activity.value.missing.filter(({ about }) => about === 'activity')),
        ...mergeMissing([...unread, ...words.flatMap(({ missing }) => missing)]),
      ],
    }
  },
})

function leftOut({ strayed = [] }: LogFacts, isContract: boolean): readonly Missing[] {
  return isContract || strayed.length <= mostRead
    ? []
    : [{ about: 'transfers', error: toFactError(new TooManyCounterpartiesError()) }]
}

/** The functions of ERC-20 and ERC-721 that move something, and the place of the recipient among their arguments. */
const recipientAt: Readonly<Record<string, number>> = {
  '0xa9059cbb': 0, // transfer(address,uint256)
  '0x23b872dd': 1, // transferFrom(address,address,uint256)
  '0x42842e0e': 1, // safeTransferFrom(address,address,uint256)
  '0xb88d4fde': 1, // safeTransferFrom(address,address,uint256,bytes)
}

/** Tokens take fees into their own contract, and burn what is paid back: only a call that names the recipient is a transfer. null: not read. */
function isOwnCall(
  { contract, to, log }: Strayed,
  transactions: Raw['transactions'],
  account: Address,
): boolean | null {
  const answer = transactions.get(log.transaction)
  if (answer?.status !== 'answered') return null
  const transaction = fields(answer.reply, 'eth_getTransactionByHash')
  const input = bytes(transaction.input, 'the input of a transaction')
  const place = recipientAt[input.slice(0, 10)]
  const named = place === undefined ? null : wordAt(`0x${input.slice(10)}`, place)
  return isSame(transaction.from, account) && isSame(transaction.to, contract) && named === addressTopic(to)
}

function isSame(one: unknown, other: Address): boolean {
  return typeof one === 'string' && one.toLowerCase() === other.toLowerCase()
}

function coinsOf(activity: FactResult<'activity'>): MisdirectedFacts['coins'] {
  if (activity.status === 'failed') return []
  return activity.value.transactions.flatMap(({ to, value, succeeded, hash, block }) =>
    to !== null && isNobody(to) && succeeded && value > 0n ? [{ to, value, transaction: hash, block }] : [],
  )
}
