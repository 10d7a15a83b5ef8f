import { defineRule, type Evidence, inNonceOrder, type Outflow, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'swept-account',
  severity: 'critical',
  confidence: 'likely',
  needs: ['chain', 'account', 'sweeps'],
  text: { en, ja },
  options: z.object({
    leastSweeps: z.int().positive().default(3).describe('How often coins that came must have left at once.'),
    mostLeftPercent: z
      .number()
      .min(0)
      .max(100)
      .default(5)
      .describe('How much of the coins that came (percent) may stay in an emptied account.'),
  }),
  // A contract account sends no transactions of its own.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ chain, account, sweeps }, { leastSweeps, mostLeftPercent }) => {
    const isEmpty = (wei: bigint, arrived: bigint) => Number(wei) * 100 <= Number(arrived) * mostLeftPercent
    const newestFirst = inNonceOrder(sweeps.outflows).toReversed()
    const swept = newestFirst.filter(
      ({ before, after, arrived }) => arrived > 0n && isEmpty(before, arrived) && isEmpty(after, arrived),
    )
    const [newest] = swept
    const largest = highest(swept.map(({ arrived }) => arrived))
    if (newest === undefined || swept.length < leastSweeps || !isEmpty(account.balance, largest)) return []
    const total = swept.reduce((sum, { left }) => sum + left, 0n)
    return [
      {
        messageId: 'swept',
        subject: { kind: 'account' },
        data: {
          times: value.count(swept.length),
          // A block can hold the coming and the leaving; three blocks lie between them at most.
          blocks: value.count(3),
          total: value.native(total, chain.coin),
          largest: value.native(largest, chain.coin),
          balance: value.native(account.balance, chain.coin),
          taker: value.address(mostOften(swept)),
          takers: value.count(new Set(swept.map(({ to }) => to)).size),
        },
        evidence: [...evidenceOf(newest), ...swept.slice(1).flatMap(evidenceOf)],
      },
    ]
  },
})

function highest(amounts: readonly bigint[]): bigint {
  return amounts.toSorted((one, other) => (one > other ? -1 : one < other ? 1 : 0))[0] ?? 0n
}

/** Who got coins most often; of several the one who got them last. */
function mostOften(swept: readonly Outflow[]): Outflow['to'] {
  const times = (to: string) => swept.filter((each) => each.to === to).length
  return swept.map(({ to }) => to).reduce((most, to) => (times(to) > times(most) ? to : most))
}

function evidenceOf({ hash, block, blockBefore, before, after }: Outflow): readonly [Evidence, ...Evidence[]] {
  const balance = { kind: 'read', method: 'eth_getBalance' } as const
  return [
    { ...balance, block: String(blockBefore), value: String(before) },
    { kind: 'transaction', hash, block: String(block) },
    { ...balance, block: String(block), value: String(after) },
  ]
}
