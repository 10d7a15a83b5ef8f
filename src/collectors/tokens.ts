/** Which tokens the account holds: listed ones and ones that reached it, each by its own balance at the pinned block. */
import type { Address } from 'viem'
import type { CollectOptions } from '../core/collector.ts'
import { defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { Holding, ListInfo, LogFacts, Missing } from '../core/facts.ts'
import { baselineFacts, heldBefore } from '../domain/baseline.ts'
import { walletDetectsTokens } from '../domain/chains.ts'
import { readCall, readNumber } from '../domain/token-calls.ts'
import { bundledTokens } from '../tokens/bundled.ts'
import { type Answers, answerTo, ask } from './answers.ts'
import { mergeMissing } from './missing.ts'
import { askTokens, decodeToken } from './token-words.ts'
import { leavesTokensToFind, tokensInEndpointIndex } from './tokens/endpoint-index.ts'

/** Addresses in EIP-55 spelling with the names of the lists that have them. */
type Candidates = ReadonlyMap<Address, readonly string[]>

export default defineCollector({
  key: 'tokens',
  needs: ['chain', 'logs'],
  fetch: async ({ rpc, options, store }, { chain, logs }) => {
    const { account: owner, shownByWallet } = options
    const indexed = leavesTokensToFind(logs) ? await tokensInEndpointIndex(rpc, owner) : []
    const { candidates, lists, named, before } = findCandidates(options, { chainId: chain.chainId, logs, indexed })
    const block = chain.block.number
    const calls = [...candidates.keys()].map((token) => balanceOf(token, owner))
    const balances = await ask(rpc, { calls, block })
    const held = [...candidates.keys()].filter((token) => (readBalance(balances, token, owner) ?? 0n) > 0n)
    const answers = await askTokens({ rpc, store, options, chain }, { tokens: held, known: balances })
    return { owner, candidates, lists, named, before, shownByWallet, answers }
  },
  decode: ({ owner, candidates, lists, named, before, shownByWallet, answers }, { chain, logs }) => {
    const newest = new Map(logs.received.map(({ contract, log }) => [contract, log]))
    const holdings: Holding[] = []
    const missing: Missing[] = []
    for (const [address, names] of candidates) {
      const answer = answerTo(answers, balanceOf(address, owner))
      if (answer.status === 'failed') missing.push({ about: 'token-balance', contract: address, error: answer.error })
      const balance = readBalance(answers, address, owner)
      // Who names a token means one with a balance: that it refuses to tell it is worth knowing.
      if (answer.status === 'reverted' && named.has(address)) missing.push(noBalance(address))
      // No answer to balanceOf(address) is no fungible token and no collection: an ERC-1155, or no contract at all.
      if (balance === null || balance === 0n) continue
      const decoded = decodeToken(answers, { address, otherwise: 'erc20' })
      missing.push(...decoded.missing)
      holdings.push({ token: decoded.token, balance, lists: [...names], received: newest.get(address) ?? null })
    }
    return {
      holdings: holdings.sort(byAddress),
      lists,
      shownByWallet,
      walletDetectsTokens: walletDetectsTokens(chain.chainId),
      ...(before !== null && { gone: before.filter((token) => readBalance(answers, token, owner) === 0n) }),
      asked: candidates.size,
      coverage: logs.coverage,
      // A token on no list is seen by its transfer only: what the log scan lacks, the holdings lack.
      missing: [...logs.missing, ...mergeMissing(missing)],
    }
  },
})

function findCandidates(
  { tokenLists, shownByWallet, account, label, baseline }: CollectOptions,
  { chainId, logs, indexed }: { chainId: number; logs: LogFacts; indexed: readonly Address[] },
): {
  readonly candidates: Candidates
  readonly lists: readonly ListInfo[]
  /** Those that the user named, by a list or as shown by the wallet. */
  readonly named: ReadonlySet<Address>
  /** Those of the baseline; null without one. */
  readonly before: readonly Address[] | null
} {
  const bundled = bundledTokens(chainId)
  const candidates = new Map<Address, readonly string[]>(bundled.tokens)
  const lists = [...bundled.lists]
  const named = new Set(shownByWallet ?? [])
  for (const { name, date, tokens } of tokenLists) {
    const here = tokens.filter((token) => token.chainId === null || token.chainId === chainId)
    const addresses = new Set(here.map(({ address }) => address))
    for (const address of addresses) {
      candidates.set(address, [...(candidates.get(address) ?? []), name])
      named.add(address)
    }
    lists.push({ name, date, entries: addresses.size })
  }
  const received = logs.received.filter(({ kind }) => kind !== 'multi').map(({ contract }) => contract)
  const before = baseline === undefined ? null : tokensBefore(baseline, { account, label: label ?? null, chainId })
  for (const address of [...received, ...indexed, ...(shownByWallet ?? []), ...(before ?? [])]) {
    if (!candidates.has(address)) candidates.set(address, [])
  }
  return { candidates, lists, named, before }
}

function tokensBefore(
  baseline: NonNullable<CollectOptions['baseline']>,
  place: Parameters<typeof baselineFacts>[1],
): readonly Address[] {
  return heldBefore(baselineFacts(baseline, place))
}

function balanceOf(token: Address, owner: Address) {
  return readCall(token, 'balanceOf(address)', owner)
}

/** null when the contract gave no balance, or none could be read. */
function readBalance(answers: Answers, token: Address, owner: Address): bigint | null {
  const answer = answerTo(answers, balanceOf(token, owner))
  return answer.status === 'ok' ? readNumber(answer.data) : null
}

function noBalance(contract: Address): Missing {
  return { about: 'token-balance', contract, error: toFactError(new BalanceRefusedError()) }
}

class BalanceRefusedError extends CheckupError {
  constructor() {
    super('balance-refused', { message: 'The contract does not tell a balance for this account.' })
  }
}

function byAddress(one: Holding, other: Holding): number {
  return one.token.address.toLowerCase() < other.token.address.toLowerCase() ? -1 : 1
}
