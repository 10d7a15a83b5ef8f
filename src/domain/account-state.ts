/** The part of the facts that later checks are compared with. */
import type { FactResults, SafeAccount, SafePart } from '../core/facts.ts'
import type { AccountState } from '../core/state.ts'
import { isImplicit } from './implicit-grant.ts'
import { isExpected } from './token-lists.ts'

const nothing: AccountState = { balance: null, nonce: null, tokens: null, safe: null, spenders: null }

/** A part that was not read completely is null: nobody shall take half of it for all. */
export function stateOf(facts: FactResults): AccountState {
  if (facts.chain.status === 'failed') return nothing
  const block = String(facts.chain.value.block.number)
  const { account, nonces } = facts
  const isContract = account.status === 'failed' || account.value.code.kind === 'contract'
  return {
    balance: account.status === 'ok' ? { amount: String(account.value.balance), block } : null,
    nonce: nonces.status === 'ok' && !isContract ? { next: nonces.value.latest, block } : null,
    tokens: tokensOf(facts, block),
    safe: safeOf(facts, block),
    spenders: spendersOf(facts, block),
  }
}

function tokensOf({ tokens }: FactResults, block: string): AccountState['tokens'] {
  if (tokens.status === 'failed' || tokens.value.missing.some(({ about }) => about === 'token-balance')) return null
  const held = tokens.value.holdings.filter((holding) => isExpected(holding, tokens.value))
  return {
    // By address: a list that was read in another order is no change.
    held: held
      .map(({ token: { address, symbol, decimals }, balance }) => ({
        token: address,
        symbol,
        decimals,
        amount: String(balance),
      }))
      .sort((one, other) => (one.token.toLowerCase() < other.token.toLowerCase() ? -1 : 1)),
    block,
  }
}

/** Without these nobody knows all who have a grant. */
const grantParts: readonly string[] = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2']

function spendersOf({ approvals }: FactResults, block: string): AccountState['spenders'] {
  if (approvals.status === 'failed') return null
  const { grants, missing } = approvals.value
  if (missing.some(({ about }) => grantParts.includes(about))) return null
  const own = grants.filter((grant) => !isImplicit(grant)).map(({ spender }) => spender.address)
  const byKey = new Map(own.map((address) => [address.toLowerCase(), address]))
  return { known: [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []), block }
}

function safeOf({ safe }: FactResults, block: string): AccountState['safe'] {
  if (safe.status === 'failed' || safe.value.kind === 'unknown') return null
  if (safe.value.kind === 'none') return { kind: 'none', block }
  const { guard, moduleGuard, fallbackHandler, missing } = safe.value
  const isPartial = missing.some(({ about }) => about === 'safe' || about === 'safe-module')
  if (isPartial || [guard, moduleGuard, fallbackHandler].includes('unread')) return null
  return { kind: 'safe', ...partsIn(safe.value), block }
}

function partsIn({ owners, threshold, nonce, singleton, modules, ...places }: SafeAccount) {
  const named = (part: SafePart | 'none' | 'unread') => (typeof part === 'string' ? null : part.address)
  return {
    owners: owners.map(({ address }) => address),
    threshold,
    nonce: String(nonce),
    singleton: singleton.address,
    modules: modules.map(({ address }) => address),
    guard: named(places.guard),
    moduleGuard: named(places.moduleGuard),
    fallbackHandler: named(places.fallbackHandler),
  }
}
