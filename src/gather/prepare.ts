/** What can be known, or refused, of a target before anybody is asked about it. */
import type { Address } from 'viem'
import builtInRules from '../../rules/index.ts'
import { type AddressInput, parseAddress } from '../config/address.ts'
import { parseTransactionHash } from '../config/transaction-hash.ts'
import type { CollectOptions } from '../core/collector.ts'
import { mostHistoryTransactions } from '../core/history.ts'
import type { Rule } from '../core/rule.ts'
import { knownTargets } from '../domain/baseline.ts'
import { checkGatherOptions } from '../engine/check-options.ts'
import { InvalidOptionError } from '../engine/option-errors.ts'
import type { GatherOptions } from '../engine/options.ts'
import { checkRuleOptions, selectRules } from '../engine/select-rules.ts'
import { ownSignal } from './own-signal.ts'

export type Prepared = {
  readonly options: GatherOptions
  readonly input: AddressInput
  readonly rules: readonly Rule[]
  /** What collectors are asked, but for the account, which may have to be looked up. */
  readonly asked: Omit<CollectOptions, 'account'>
  readonly signal: AbortSignal
}

/** @throws CheckupError for input that nobody could check: see `gather` */
export function prepare(options: GatherOptions): Prepared {
  checkGatherOptions(options)
  const known = options.rules ?? builtInRules
  const rules = selectRules(known, options)
  checkRuleOptions(known, options.ruleOptions ?? {})
  const input = parseAddress(options.address)
  return { options, input, rules, asked: askedOf(options, input), signal: ownSignal(options.signal) }
}

function askedOf(options: GatherOptions, input: AddressInput): Prepared['asked'] {
  return {
    ensName: input.kind === 'ens' ? input.name : null,
    expectedChainId: options.chainId ?? null,
    block: options.block ?? null,
    fromBlock: options.fromBlock ?? 0n,
    includesErc1155: options.erc1155 === true,
    longestScanSeconds: options.longestScanSeconds ?? null,
    ...(options.transactionHashes !== undefined && {
      transactionHashes: options.transactionHashes.map(transactionHash),
    }),
    history: historyOf(options.history),
    shownByWallet: options.shownTokens?.map(tokenAddress) ?? null,
    ...(options.baseline !== undefined && { baseline: knownTargets(options.baseline) }),
    ...(options.label !== undefined && { label: options.label }),
    tokenLists: options.tokenLists ?? [],
    threatLists: options.threatLists ?? [],
    sanctionsLists: options.sanctionsLists ?? [],
  }
}

/** Whoever names a time knows what they ask for. Else a busy account would be read for longer than anybody waits. */
function historyOf(asked: GatherOptions['history']): CollectOptions['history'] {
  if (asked === undefined) return { days: 90, mostTransactions: 300 }
  return { days: asked === 'all' ? null : asked, mostTransactions: mostHistoryTransactions }
}

function transactionHash(text: string) {
  return parseTransactionHash(text, 'transactionHashes')
}

function tokenAddress(text: string): Address {
  const input = parseAddress(text)
  if (input.kind === 'ens')
    throw new InvalidOptionError('shownTokens', 'it has a name in it', 'Name tokens by their addresses.')
  return input.address
}
