/** What a baseline knows of one account, and what of it cannot be compared with. */
import type { Address } from 'viem'
import { CheckupError, toFactError } from '../core/errors.ts'
import type { BaselineFacts, ChainFacts, TokenFacts } from '../core/facts.ts'
import type { Report } from '../core/report.ts'
import type { Unread } from '../core/rule.ts'
import type { AccountState, KnownTarget } from '../core/state.ts'
import { value } from '../core/value.ts'

export function knownTargets({ result }: Report): readonly KnownTarget[] {
  return result.targets.flatMap(({ account, label, chain, state = null, compared }) =>
    chain === null ? [] : [{ account, label, chainId: chain.id, state, ...(compared !== undefined && { compared }) }],
  )
}

type Place = { readonly account: Address; readonly chainId: number; readonly label: string | null }

export function baselineFacts(targets: readonly KnownTarget[], { account, chainId, label }: Place): BaselineFacts {
  const at = targets.filter((target) => chainId === target.chainId && isSameAccount(target, account))
  const [known] = labelled(at, label)
  if (known === undefined) return { kind: 'none', missing: [] }
  const { state, compared } = known
  return { kind: 'known', state, ...(compared !== undefined && { compared }), missing: [] }
}

/** What one rule compares with: a rule that could not look, or was not asked, holds back no other. */
export function stateFor(ruleId: string, { state, compared = {} }: Pick<KnownTarget, 'state' | 'compared'>) {
  const own = Object.hasOwn(compared, ruleId) ? compared[ruleId] : undefined
  if (state === null || own === undefined) return state
  return {
    balance: own.balance ?? state.balance,
    nonce: own.nonce ?? state.nonce,
    tokens: own.tokens ?? state.tokens,
    safe: own.safe ?? state.safe,
    spenders: own.spenders ?? state.spenders ?? null,
  } satisfies AccountState
}

export function baselineFor(ruleId: string, baseline: BaselineFacts): BaselineFacts {
  return baseline.kind === 'none' ? baseline : { kind: 'known', state: stateFor(ruleId, baseline), missing: [] }
}

/** The tokens that any rule compares. */
export function heldBefore(baseline: BaselineFacts): readonly Address[] {
  if (baseline.kind === 'none') return []
  const states = [baseline.state, ...Object.values(baseline.compared ?? {})]
  return [...new Set(states.flatMap((state) => state?.tokens?.held.map(({ token }) => token) ?? []))]
}

function isSameAccount({ account }: KnownTarget, other: Address): boolean {
  return account.toLowerCase() === other.toLowerCase()
}

/** Of the targets of one account and chain those with the label, where there are some: it may change, and one account may have two. */
export function labelled<Target extends { readonly label: string | null }>(
  targets: readonly Target[],
  label: string | null,
): readonly Target[] {
  const named = targets.filter((target) => target.label === label)
  return named.length > 0 ? named : targets
}

type Part = keyof AccountState
type Scene = { readonly baseline: BaselineFacts; readonly chain: Pick<ChainFacts, 'block'> }

/** null where the baseline does not have it, or has it of a later block than the one under check. */
export function knownPart<const Name extends Part>(
  { baseline, chain }: Scene,
  name: Name,
): NonNullable<AccountState[Name]> | null {
  const part = baseline.kind === 'known' ? (baseline.state?.[name] ?? null) : null
  return part !== null && BigInt(part.block) <= chain.block.number ? part : null
}

/** For the rules that compare: what keeps them from ending in `passed`. */
export function unreadParts(scene: Scene, names: readonly Part[]): readonly Unread<'baseline'>[] {
  const { baseline } = scene
  if (baseline.kind === 'none') return []
  return names
    .filter((name) => knownPart(scene, name) === null)
    .map((name) => {
      const block = baseline.state?.[name]?.block
      const error = block === undefined ? new NotInBaselineError(name) : new NewerBaselineError(BigInt(block))
      return { fact: 'baseline', about: 'baseline', error: toFactError(error) }
    })
}

/** For the rules that explain one part by another: since its block nobody knows what the explanation covers. */
export function unreadBetween(
  scene: Scene,
  { part, by }: { readonly part: Part; readonly by: Part },
): Unread<'baseline'> {
  const blocks = [knownPart(scene, part), knownPart(scene, by)].map((known) => BigInt(known?.block ?? 0))
  const [since = 0n, until = 0n] = blocks
  return { fact: 'baseline', about: 'baseline', error: toFactError(new BaselineApartError(part, by, { since, until })) }
}

export const apartCode = 'baseline-apart'

type KnownToken = NonNullable<AccountState['tokens']>['held'][number] & {
  /** null: nobody asked about it. */
  readonly now: bigint | null
}

/** The tokens of the baseline, with what is there of each now. */
export function tokensBefore(scene: Scene & { readonly tokens: TokenFacts }): readonly KnownToken[] {
  const { holdings, gone = [] } = scene.tokens
  const balances = new Map(holdings.map(({ token, balance }) => [token.address.toLowerCase(), balance]))
  for (const token of gone) balances.set(token.toLowerCase(), 0n)
  return (knownPart(scene, 'tokens')?.held ?? []).map((held) => ({
    ...held,
    now: balances.get(held.token.toLowerCase()) ?? null,
  }))
}

/** Those that nobody asked about: facts that were saved without this baseline. */
export function unreadTokens(scene: Scene & { readonly tokens: TokenFacts }): readonly Unread<'tokens'>[] {
  return tokensBefore(scene)
    .filter(({ now }) => now === null)
    .map(({ token }) => ({
      fact: 'tokens',
      about: 'token-balance',
      contract: token,
      error: toFactError(new NotAskedError()),
    }))
}

class NotAskedError extends CheckupError {
  constructor() {
    super('token-not-asked', {
      message: 'The baseline has the token, and the check did not ask about it.',
      hints: ['Give the baseline to the check that reads the account, not only to the one that judges it.'],
    })
  }
}

class NotInBaselineError extends CheckupError {
  constructor(part: Part) {
    super('baseline-unread', {
      message: `The baseline does not have the ${part} of the account: it could not be read then.`,
      data: { part: value.keyword(part) },
      hints: ['Update the baseline with a check that reads it.'],
    })
  }
}

class BaselineApartError extends CheckupError {
  constructor(part: Part, by: Part, { since, until }: { readonly since: bigint; readonly until: bigint }) {
    super(apartCode, {
      message: `The baseline has the ${part} of block ${since}, and the nonce (${by}) of block ${until}: whether the account itself sent what left in between is not known.`,
      data: { part: value.keyword(part), by: value.keyword(by), since: value.block(since), until: value.block(until) },
      hints: ['Look at what left between these blocks, then update the baseline: both are of one block then.'],
    })
  }
}

class NewerBaselineError extends CheckupError {
  constructor(block: bigint) {
    super('baseline-newer', {
      message: `The baseline is of block ${block}, which is after the one under check.`,
      data: { block: value.block(block) },
      hints: ['Check a later block, or compare with an earlier report.'],
    })
  }
}
