import { defineRule, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'unexpected-account-kind',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'safe'],
  text: { en, ja },
  options: z.object({
    kind: z
      .enum(['any', 'eoa', 'contract', 'safe'])
      .default('any')
      .describe('What the account is meant to be (in a config file: kind). With any, nothing is compared.'),
  }),
  reliesOn: ({ about }) => about === 'safe',
  applies: (_, { kind }) => kind !== 'any',
  judge: ({ chain, account, safe }, { kind }) => {
    // A delegated account still has a key: whose code it runs is for the rules about delegates.
    const isContract = account.code.kind === 'contract'
    // Whether it is a Safe account was not read: that is among what is missing.
    if (isContract && kind === 'safe' && safe.kind === 'unknown') return []
    const isAsMeant = kind === 'eoa' ? !isContract : isContract && (kind === 'contract' || safe.kind === 'safe')
    if (isAsMeant) return []
    const block = String(chain.block.number)
    const messageId = kind === 'eoa' ? 'contract' : isContract ? 'another-contract' : 'no-contract'
    return [
      {
        messageId,
        subject: { kind: 'account' },
        data: {
          account: value.address(account.address),
          chain: value.text(chain.name),
          meant: value.keyword(kind === 'safe' ? 'multisig' : kind),
        },
        evidence: [{ kind: 'read', method: 'eth_getCode', address: account.address, block, value: account.code.kind }],
      },
    ]
  },
})
