/** What the account sent to the contract of a token or to an address of nobody, as far as it did so itself. */
import type { Address, Hex } from 'viem'
import { defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { FactResult, LogFacts, MisdirectedFacts, Missing } from '../core/facts.ts'
import type { RpcClient } from '../core/rpc.ts'
import { newestFirst } from '../domain/newest-logs.ts'
import { isNobody } from '../domain/nobody.ts'
import { bytes, fields } from '../domain/rpc-reply.ts'
import { addressTopic, wordAt } from '../domain/topics.ts'
import type { Answers } from './answers.ts'
import { askTransactions } from './approvals/ask-state.ts'
import type { Attempt } from './attempt.ts'
import { mergeMissing } from './missing.ts'
import { askTokens, decodeToken } from './token-words.ts'

type Strayed = NonNullable<LogFacts['strayed']>[number]
type Transactions = ReadonlyMap<Hex, Attempt>
/** The transactions that moved something of one contract to one recipient, the newest first. */
type Group = readonly [Strayed, ...Strayed[]]
type Raw = {
  readonly groups: readonly Group[]
  readonly transactions: Transactions
  readonly answers: Answers
  readonly activity: FactResult<'activity'>
}

/** Contracts that make events up may fill a list with them. */
const mostRead = 400
/** Most of what stands first is the account's own; where it is not, more of the same are looked at, then all that were kept. */
const upToOfGroup = [1, 10, Number.POSITIVE_INFINITY]

export default defineCollector({
  key: 'misdirected',
  needs: ['chain', 'account', 'logs'],
  wants: ['activity'],
  fetch: async ({ rpc, store, options }, { chain, account, logs }, { activity }): Promise<Raw> => {
    // What a contract does is sent by somebody else always, and by its own rules.
    const groups = account.code.kind === 'contract' ? [] : groupsOf(logs.strayed ?? [])
    const transactions = await askUntilOwn(rpc, groups, account.address)
    const own = groups.flatMap((group) => newestOwn(group, transactions, account.address) ?? [])
    const tokens = [...new Set(own.map(({ contract }) => contract))]
    const answers = await askTokens({ rpc, store, options, chain }, { tokens, known: new Map() })
    return { groups, transactions, answers, activity }
  },
  decode: ({ groups, transactions, answers, activity }, { account, logs }): MisdirectedFacts => {
    const own = groups.flatMap((group) => newestOwn(group, transactions, account.address) ?? [])
    const unread = [...transactions.values()].flatMap((each) =>
      each.status === 'answered' ? [] : [{ about: 'transaction-sender', error: each.error } as const],
    )
    const words = own.map(({ hasOlder, ...each }) => ({
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
        ...leftOut(groups, transactions, account.address),
        ...(activity.status === 'failed'
          ? [{ about: 'activity' as const, error: activity.error }]
          : activity.value.missing.filter(({ about }) => about === 'activity')),
        ...mergeMissing([...unread, ...words.flatMap(({ missing }) => missing)]),
      ],
    }
  },
})

function groupsOf(strayed: readonly Strayed[]): readonly Group[] {
  const groups = new Map<string, [Strayed, ...Strayed[]]>()
  for (const each of newestFirst(strayed)) {
    const key = `${each.contract} ${each.to}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [each])
    else group.push(each)
  }
  return [...groups.values()]
}

/** Asks for the newest of each group, then for older ones where it is not the account's own. */
async function askUntilOwn(rpc: RpcClient, groups: readonly Group[], account: Address): Promise<Transactions> {
  let transactions: Transactions = new Map()
  for (const upTo of upToOfGroup) {
    const open = groups.filter((group) => newestOwn(group, transactions, account) === null)
    const hashes = newestFirst(open.flatMap((group) => group.slice(0, upTo))).map(({ log }) => log.transaction)
    const unknown = [...new Set(hashes)].filter((hash) => !transactions.has(hash))
    const asked = await askTransactions(rpc, unknown.slice(0, mostRead - transactions.size))
    transactions = new Map([...transactions, ...asked])
  }
  return transactions
}

function newestOwn(group: Group, transactions: Transactions, account: Address): Strayed | null {
  return group.find((each) => isOwnCall(each, transactions, account) === true) ?? null
}

/** Where none is the account's own, one that was not looked at may be. */
function leftOut(groups: readonly Group[], transactions: Transactions, account: Address): readonly Missing[] {
  const isOpen = groups.some(
    (group) =>
      newestOwn(group, transactions, account) === null &&
      group.some(({ log, hasOlder }) => hasOlder || !transactions.has(log.transaction)),
  )
  return isOpen ? [{ about: 'transfers', error: toFactError(new TooManyStrayedError()) }] : []
}

class TooManyStrayedError extends CheckupError {
  constructor() {
    super('too-many-strayed', {
      message:
        'More transactions moved something to the contract of a token, or to an address that nobody has, than are looked at; the newest of them were.',
    })
  }
}

/** The functions of ERC-20 and ERC-721 that move something, and the place of the recipient among their arguments. */
const recipientAt: Readonly<Record<string, number>> = {
  '0xa9059cbb': 0, // transfer(address,uint256)
  '0x23b872dd': 1, // transferFrom(address,address,uint256)
  '0x42842e0e': 1, // safeTransferFrom(address,address,uint256)
  '0xb88d4fde': 1, // safeTransferFrom(address,address,uint256,bytes)
}

/** Tokens take fees into their own contract, and burn what is paid back: only a call that names the recipient is a transfer. null: not read. */
function isOwnCall({ contract, to, log }: Strayed, transactions: Transactions, account: Address): boolean | null {
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
