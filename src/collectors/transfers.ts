/** Whom the account sent to and got from, as far as rules may ask: who imitates a recipient, and who is on a list. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import { type CollectContext, defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { AccountFacts, FactResult, Missing, ProvenParty, Transfer, TransferFacts } from '../core/facts.ts'
import { address, fields } from '../domain/rpc-reply.ts'
import type { Answers } from './answers.ts'
import { askTransactions } from './approvals/ask-state.ts'
import type { Attempt } from './attempt.ts'
import { listedTokens } from './listed-tokens.ts'
import { mergeMissing } from './missing.ts'
import { askTokens, decodeToken } from './token-words.ts'
import { type Candidate, type Candidates, findCandidates, listedBy } from './transfers/candidates.ts'

type Raw = {
  readonly candidates: Candidates
  readonly contracts: readonly { readonly address: Address; readonly isListed: boolean }[]
  readonly transactions: ReadonlyMap<Hex, Attempt>
  readonly isCut: boolean
  readonly answers: Answers
  readonly sanctions: TransferFacts['sanctions']
  readonly activity: readonly Missing[]
}

/** Contracts that make events up may name a great many: one request for each transaction, some for each contract. */
const mostTransactions = 1000
const mostContracts = 500

export default defineCollector({
  key: 'transfers',
  needs: ['chain', 'account', 'logs'],
  wants: ['activity'],
  fetch: async ({ rpc, options, store }: CollectContext, { chain, account, logs }, { activity }): Promise<Raw> => {
    const { chainId } = chain
    const own = activity.status === 'ok' ? activity.value : null
    const listed = listedBy(options.sanctionsLists, chainId)
    const candidates = findCandidates({ logs, activity: own, listed })
    const listedContracts = listedTokens(options.tokenLists, chainId)
    const named = contractsOf(candidates)
    const contracts = named.slice(0, mostContracts).map((contract) => ({
      address: contract,
      isListed: listedContracts.has(contract.toLowerCase()),
    }))
    const hashes = unproven(candidates, account)
    const isCut = named.length > mostContracts || hashes.length > mostTransactions
    const tokens = contracts.map((contract) => contract.address)
    const [transactions, answers] = await Promise.all([
      askTransactions(rpc, hashes.slice(0, mostTransactions)),
      askTokens({ rpc, store, options, chain }, { tokens, known: new Map() }),
    ])
    const sanctions = options.sanctionsLists.map(({ name, date, ...list }) => ({
      name,
      date,
      entries: listedBy([{ name, date, ...list }], chainId).size,
    }))
    return { candidates, contracts, transactions, isCut, answers, sanctions, activity: missingOf(activity) }
  },
  decode: ({ candidates, contracts, transactions, isCut, answers, sanctions, activity }, { logs }): TransferFacts => {
    const words = contracts.map(({ address, isListed }) => {
      const { token, missing } = decodeToken(answers, { address, otherwise: 'unknown' })
      return { token: { address, symbol: token.symbol, decimals: token.decimals, isListed }, missing }
    })
    const senders = [...transactions.values()].flatMap((each) =>
      each.status === 'answered' ? [] : [{ about: 'transaction-sender', error: each.error } as const],
    )
    return {
      parties: candidates.parties.map((party) => prove(party, transactions)),
      ...candidates.counts,
      tokens: words.map(({ token }) => token),
      sanctions,
      coverage: logs.coverage,
      missing: [
        ...logs.missing,
        ...activity,
        ...mergeMissing([...leftOut(candidates, isCut), ...senders, ...words.flatMap(({ missing }) => missing)]),
      ],
    }
  },
})

const places = ['sent', 'claimedSent', 'emptySent', 'received', 'claimedReceived'] as const

/** Those of the first of each kind before all others. */
function contractsOf({ parties }: Candidates): readonly Address[] {
  const first = parties.flatMap((party) => places.flatMap((place) => party[place]?.contract ?? []))
  const more = parties.flatMap((party) => (party.more ?? []).map(({ contract }) => contract))
  return [...new Set([...first, ...more])]
}

/** Transactions whose sender says what a claim is worth; those of the first of each kind before all others. */
function unproven({ parties }: Candidates, account: AccountFacts): readonly Hex[] {
  const wanted = parties.map((party) => {
    // What a contract account does is sent by somebody else always.
    const fromAccount = account.code.kind === 'contract' ? [] : (['claimedSent', 'emptySent'] as const)
    const toAccount = party.lists.length > 0 ? (['claimedReceived'] as const) : []
    return { party, kinds: [...fromAccount, ...toAccount] }
  })
  const first = wanted.flatMap(({ party, kinds }) => kinds.flatMap((kind) => party[kind]?.log.transaction ?? []))
  const more = wanted.flatMap(({ party, kinds }) =>
    (party.more ?? []).flatMap(({ place, log }) => (kinds.some((kind) => kind === place) ? log.transaction : [])),
  )
  return [...new Set([...first, ...more])]
}

function prove({ more, ...party }: Candidate, transactions: Raw['transactions']): ProvenParty {
  const withSender = <Moved extends Transfer>(transfer: Moved) => ({
    ...transfer,
    sender: senderOf(transactions.get(transfer.log.transaction)),
  })
  const proven = (transfer: Transfer | null) => transfer && withSender(transfer)
  return {
    ...party,
    sent: proven(party.sent),
    claimedSent: proven(party.claimedSent),
    emptySent: proven(party.emptySent),
    received: proven(party.received),
    claimedReceived: proven(party.claimedReceived),
    ...(more !== undefined && { more: more.map(withSender) }),
  }
}

function senderOf(transaction: Attempt | undefined): Address | null {
  if (transaction?.status !== 'answered') return null
  return getAddress(address(fields(transaction.reply, 'eth_getTransactionByHash').from, 'the sender of a transaction'))
}

function missingOf(activity: FactResult<'activity'>): readonly Missing[] {
  if (activity.status === 'failed') return [{ about: 'activity', error: activity.error }]
  return activity.value.missing.filter(({ about }) => about === 'activity')
}

function leftOut({ leftOut }: Candidates, isCut: boolean): readonly Missing[] {
  const left = new Set(leftOut.map((kind) => (kind === 'all' || kind === 'listed' ? 'transfers' : 'lookalikes')))
  if (isCut) left.add('lookalikes').add('transfers')
  return [...left].map((about) => ({ about, error: toFactError(new TooManyCounterpartiesError()) }))
}

/** Somebody filled the list, or the account is a busy one. */
export class TooManyCounterpartiesError extends CheckupError {
  constructor() {
    super('too-many-counterparties', {
      message: 'More addresses stand in the transfers of the account than are compared; the newest of them were.',
    })
  }
}
