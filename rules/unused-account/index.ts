import { defineRule, type Missing, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'unused-account',
  severity: 'info',
  confidence: 'certain',
  needs: ['chain', 'account', 'nonces', 'tokens'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: isAboutTokens,
  applies: ({ account }) => account.code.kind === 'none',
  judge: ({ chain, account, nonces, tokens }) => {
    if (tokens.missing.some(isAboutTokens)) return [] // There may be a token that nobody saw.
    if (account.balance > 0n || nonces.latest > 0 || tokens.holdings.length > 0) return []
    const block = String(chain.block.number)
    return [
      {
        messageId: 'empty',
        subject: { kind: 'account' },
        data: {
          account: value.address(account.address),
          chain: value.text(chain.name),
          chainId: value.text(String(chain.chainId)),
          coin: value.text(chain.coin.symbol),
        },
        evidence: [
          { kind: 'read', method: 'eth_getBalance', block, value: '0' },
          { kind: 'read', method: 'eth_getTransactionCount', block, value: '0' },
        ],
      },
    ]
  },
})

function isAboutTokens({ about }: Missing): boolean {
  return about === 'logs' || about === 'token-balance'
}
