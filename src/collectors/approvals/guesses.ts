/**
 * Who may take what the account holds although no event says so: contracts that tokens trust by themselves, and, where logs are
 * missing, everybody whom a list names. Each guess is decided by state, like an event.
 */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import type { CollectOptions } from '../../core/collector.ts'
import type { FactMap } from '../../core/facts.ts'
import { permit2Deployments } from '../../domain/permit2.ts'
import { type ReadCall, readAddress, readAddresses, readCall } from '../../domain/token-calls.ts'
import { type Answers, answerTo } from '../answers.ts'
import type { Candidate } from './calls.ts'
import type { LiveGrant } from './verify.ts'

export type Known = Pick<FactMap, 'chain' | 'logs' | 'tokens' | 'threats'>
type Guess = Candidate & { readonly log: null }

/** Whether the search for logs left nothing out: then an approval without an event has none. */
export function areLogsComplete({ coverage, missing }: FactMap['logs']): boolean {
  return (
    coverage.gaps.length === 0 && !missing.some(({ about, contract }) => about === 'logs' && contract === undefined)
  )
}

/** Chains of the OP Stack, and the places of its bridges on each: tokens made for them may let these take without an approval. */
const bridgedChains: ReadonlySet<number> = new Set([
  10, 130, 204, 252, 480, 690, 1135, 1750, 1868, 8453, 34443, 42220, 57073, 60808, 7777777,
])
const bridges: readonly Address[] = [
  '0x4200000000000000000000000000000000000010',
  '0x4200000000000000000000000000000000000028',
]

/**
 * Guesses that need no answer first. None repeats what an event names. Where logs are missing, the tokens that the user named
 * are asked about attackers although the account holds none of them: more may come.
 */
export function guessSpenders(known: Known, named: readonly Address[]): readonly Guess[] {
  const { chain, logs, threats } = known
  const isComplete = areLogsComplete(logs)
  const listed = isComplete ? [] : listedSpenders(threats)
  const absent = isComplete ? [] : named.slice(0, mostNamedTokens)
  const permit2s = permit2Deployments(chain.chainId)
  const markets = threats.wellKnownContracts.filter(({ role }) => role === 'spender').map(({ address }) => address)
  const { fungible, collections } = holdingsOf(known)
  return withoutKnown(logs, [
    ...pairs('erc20', fungible, [...permit2s, ...(bridgedChains.has(chain.chainId) ? bridges : []), ...listed]),
    ...pairs('operator', collections, [...markets, ...listed]),
    ...pairs('erc20', without(absent, fungible), attackers(threats)),
    ...pairs('operator', without(absent, collections), attackers(threats)),
  ])
}

/** More are a list of what exists, not of what somebody uses. */
const mostNamedTokens = 100

/** The tokens of the chain that the user named: as shown by the wallet, then by lists. EIP-55 spelling. */
export function namedTokens({ shownByWallet, tokenLists }: CollectOptions, chainId: number): readonly Address[] {
  const listed = tokenLists.flatMap(({ tokens }) => tokens.filter((each) => (each.chainId ?? chainId) === chainId))
  const named = [...(shownByWallet ?? []), ...listed.map(({ address }) => address)]
  return [...new Set(named.map((address) => getAddress(address)))]
}

/** Reads whose answers name more spenders. */
export function namingCalls(known: Known, owner: Address): readonly ReadCall[] {
  const { fungible, collections } = holdingsOf(known)
  const registry = proxyRegistries[known.chain.chainId]
  return [
    ...fungible.map(granularityOf),
    ...(registry === undefined || collections.length === 0 ? [] : [proxyOf(registry, owner)]),
  ]
}

/** ERC-777 alone has a granularity, and its tokens may have operators for everybody. */
export function defaultOperatorCalls(known: Known, answers: Answers): readonly ReadCall[] {
  return holdingsOf(known)
    .fungible.filter((token) => answerTo(answers, granularityOf(token)).status === 'ok')
    .map(defaultOperatorsOf)
}

/** Guesses that earlier answers made possible: operators that ERC-777 tokens name, and the account's own proxy on OpenSea. */
export function guessNamed(known: Known, owner: Address, answers: Answers): readonly Guess[] {
  const { collections } = holdingsOf(known)
  const operators = defaultOperatorCalls(known, answers).flatMap((call) => {
    const answer = answerTo(answers, call)
    const named = answer.status === 'ok' ? (readAddresses(answer.data) ?? []) : []
    return pairs('erc777-operator', [call.to], named.slice(0, mostDefaultOperators))
  })
  const registry = proxyRegistries[known.chain.chainId]
  if (registry === undefined || collections.length === 0) return withoutKnown(known.logs, operators)
  const answer = answerTo(answers, proxyOf(registry, owner))
  const proxy = answer.status === 'ok' ? readAddress(answer.data) : null
  const isThere = proxy !== null && BigInt(proxy) !== 0n
  return withoutKnown(known.logs, [...operators, ...(isThere ? pairs('operator', collections, [proxy]) : [])])
}

/** Where logs are missing: grants inside of Permit2 move only what Permit2 itself may take. */
export function guessInside(known: Known, live: readonly LiveGrant[]): readonly Guess[] {
  if (areLogsComplete(known.logs)) return []
  const deployments = new Set(permit2Deployments(known.chain.chainId))
  const outer = live.filter(({ kind, spender }) => kind === 'allowance' && deployments.has(spender))
  const spenders = [...new Set(listedSpenders(known.threats))]
  const inside = outer.flatMap(({ token, spender: permit2 }) =>
    spenders.map((spender) => ({ ...guess('permit2', token, spender), permit2 })),
  )
  return withoutKnown(known.logs, inside)
}

/** Contracts list a few; who lists more is not believed to mean it. */
const mostDefaultOperators = 32

/** OpenSea's registry of a proxy for each account, by chain: many older collections let that proxy move everything. */
const proxyRegistries: Readonly<Record<number, Address>> = { 1: '0xa5409ec958C83C3f309868babACA7c86DCB077c1' }

const granularityOf = (token: Address) => readCall(token, 'granularity()')
const defaultOperatorsOf = (token: Address) => readCall(token, 'defaultOperators()')
const proxyOf = (registry: Address, owner: Address) => readCall(registry, 'proxies(address)', owner)

/** A token that does not say its standard is both. ERC-1155 items came by events of their own, and tell no balance. */
function holdingsOf({ tokens, logs }: Known): {
  readonly fungible: readonly Address[]
  readonly collections: readonly Address[]
} {
  const held = tokens.holdings.map(({ token }) => token)
  const multi = logs.received.filter(({ kind }) => kind === 'multi').map(({ contract }) => contract)
  const isFungible = new Set(['erc20', 'unknown'])
  return {
    fungible: held.filter(({ standard }) => isFungible.has(standard)).map(({ address }) => address),
    collections: [
      ...new Set([...held.filter(({ standard }) => standard !== 'erc20').map(({ address }) => address), ...multi]),
    ],
  }
}

/** Everything of which the account holds something. */
export function heldContracts(known: Known): readonly Address[] {
  const { fungible, collections } = holdingsOf(known)
  return [...fungible, ...collections]
}

function listedSpenders(threats: FactMap['threats']): readonly Address[] {
  return [...attackers(threats), ...threats.wellKnownContracts.map(({ address }) => getAddress(address))]
}

/** Drainers, and contracts that were robbed. A list that a program hands over spells addresses as it likes. */
function attackers({ entries }: FactMap['threats']): readonly Address[] {
  return entries.filter(({ kind }) => kind !== 'delegate').map(({ address }) => getAddress(address))
}

function without(addresses: readonly Address[], others: readonly Address[]): readonly Address[] {
  const known = new Set(others)
  return addresses.filter((address) => !known.has(address))
}

function pairs(kind: Guess['kind'], contracts: readonly Address[], spenders: readonly Address[]): readonly Guess[] {
  const once = [...new Set(spenders)]
  return contracts.flatMap((contract) => once.map((spender) => guess(kind, contract, spender)))
}

function guess(kind: Guess['kind'], contract: Address, spender: Address): Guess {
  return { kind, contract, spender, tokenId: null, permit2: null, log: null }
}

function withoutKnown({ approvals }: FactMap['logs'], guesses: readonly Guess[]): readonly Guess[] {
  const key = ({ kind, contract, spender, permit2 }: Candidate) => [kind, contract, spender, permit2].join()
  const known = new Set(approvals.map(key))
  return guesses.filter((each) => !known.has(key(each)))
}
