import { coinUnits, defineRule, knownPart, unreadParts, unreadTokens, value, z } from '../../src/rule.ts'
import en from './en.ts'
import { fellBy } from './fell-by.ts'
import ja from './ja.ts'
import { tokenDrops } from './token-drops.ts'

export default defineRule({
  id: 'balance-drop',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'tokens', 'baseline'],
  text: { en, ja },
  options: z.object({
    percent: z
      .number()
      .positive()
      .max(100)
      .default(25)
      .describe('A balance that fell by more than this, in percent of the baseline, is reported.'),
    leastCoins: z
      .number()
      .nonnegative()
      .default(0.01)
      .describe('A fall of the coin of the chain by no more than this, in whole coins, is left out.'),
  }),
  reliesOn: ({ about }) => about === 'token-balance',
  unread: (facts) => [...unreadParts(facts, ['balance', 'tokens']), ...unreadTokens(facts)],
  applies: ({ baseline }) => baseline.kind === 'known',
  judge: (facts, { percent, leastCoins }) => {
    const { chain, account } = facts
    const known = knownPart(facts, 'balance')
    const drops = tokenDrops(facts, percent)
    if (known === null) return drops
    const [before, now] = [BigInt(known.amount), account.balance]
    if (before - now <= coinUnits(leastCoins, chain.coin) || !fellBy({ before, now }, percent)) return drops
    const coins = {
      messageId: 'coins' as const,
      subject: { kind: 'account' as const },
      data: {
        lost: value.native(before - now, chain.coin),
        before: value.native(before, chain.coin),
        now: value.native(now, chain.coin),
        since: value.block(BigInt(known.block)),
      },
      evidence: [
        {
          kind: 'read' as const,
          method: 'eth_getBalance',
          address: account.address,
          block: String(chain.block.number),
          value: String(now),
        },
      ] as const,
    }
    return [coins, ...drops]
  },
})
