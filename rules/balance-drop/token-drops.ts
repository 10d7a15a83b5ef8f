import {
  type AccountFacts,
  type BaselineFacts,
  type ChainFacts,
  knownPart,
  type TokenFacts,
  tokensBefore,
  value,
} from '../../src/rule.ts'
import { fellBy } from './fell-by.ts'

type Scene = {
  readonly chain: ChainFacts
  readonly account: AccountFacts
  readonly tokens: TokenFacts
  readonly baseline: BaselineFacts
}

/** One for each token of the baseline of which much less is there. */
export function tokenDrops(facts: Scene, percent: number) {
  const { chain, account } = facts
  const since = value.block(BigInt(knownPart(facts, 'tokens')?.block ?? 0))
  return tokensBefore(facts).flatMap(({ token, amount, now, ...words }) => {
    const before = BigInt(amount)
    if (now === null || !fellBy({ before, now }, percent)) return []
    return {
      messageId: 'tokens' as const,
      subject: { kind: 'token' as const, token },
      data: {
        lost: value.tokenAmount(before - now, words),
        before: value.tokenAmount(before, words),
        now: value.tokenAmount(now, words),
        contract: value.address(token),
        since,
      },
      evidence: [
        {
          kind: 'call' as const,
          to: token,
          function: 'balanceOf(address)',
          arguments: [account.address],
          block: String(chain.block.number),
          value: String(now),
        },
      ] as const,
    }
  })
}
