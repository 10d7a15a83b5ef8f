import { coinUnits, defineRule, roundUpToShown, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'low-balance',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account'],
  text: { en, ja },
  options: z.object({
    minimum: z
      .number()
      .nonnegative()
      .default(0)
      .describe('How much of the coin of the chain the account should hold, in whole coins. 0: nothing is compared.'),
  }),
  applies: (_, { minimum }) => minimum > 0,
  judge: ({ chain, account }, { minimum }) => {
    const wanted = coinUnits(minimum, chain.coin)
    if (account.balance >= wanted) return []
    const block = chain.block.number
    return [
      {
        messageId: 'low',
        subject: { kind: 'account' },
        data: {
          balance: value.native(account.balance, chain.coin),
          wanted: value.native(wanted, chain.coin),
          shortage: value.native(roundUpToShown(wanted - account.balance, chain.coin.decimals), chain.coin),
        },
        evidence: [
          {
            kind: 'read',
            method: 'eth_getBalance',
            address: account.address,
            block: String(block),
            value: String(account.balance),
          },
        ],
      },
    ]
  },
})
