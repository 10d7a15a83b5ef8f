import {
  defineRule,
  type Evidence,
  type FactMap,
  type Holding,
  isLure,
  listsOfChain,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'
import { certainties, isUnvouched, whyNotImportable, whyNotShown } from './visibility.ts'

export default defineRule({
  id: 'unlisted-token-with-balance',
  severity: 'high',
  // Without the owner's word, what the wallet shows is a conclusion from lists.
  confidence: 'likely',
  needs: ['chain', 'account', 'tokens'],
  text: { en, ja },
  options: z.object({
    longestSymbol: z.int().positive().default(11).describe('Characters of the longest symbol that MetaMask imports.'),
    mostDecimals: z.int().nonnegative().default(36).describe('The most decimals that MetaMask imports.'),
  }),
  reliesOn: ({ about }) => ['logs', 'token-balance', 'token-metadata'].includes(about),
  judge: (facts, limits) =>
    facts.tokens.holdings.flatMap((holding) => {
      const reason = whyNotShown(holding, facts.tokens)
      if (reason === null) return []
      const obstacle = whyNotImportable(holding, limits)
      const isBait = holding.lists.length === 0 && isLure(holding.token)
      return {
        messageId: isBait ? 'bait' : obstacle === null ? reason : 'unimportable',
        subject: { kind: 'token', token: holding.token.address },
        data: {
          ...tokenData(holding, facts),
          certainty: value.keyword(certainties[reason]),
          obstacle: value.keyword(obstacle ?? 'none'),
          longestSymbol: value.count(limits.longestSymbol),
          mostDecimals: value.count(limits.mostDecimals),
        },
        evidence: evidenceOf(holding, facts),
        ...(isUnvouched(reason, facts.tokens) && { severity: 'medium' }),
        ...(isBait && { severity: 'info' }),
        confidence: certainties[reason],
      } as const
    }),
})

type Facts = Pick<FactMap, 'chain' | 'account' | 'tokens'>

function tokenData({ token, balance }: Holding, { chain, tokens }: Facts) {
  return {
    token: value.address(token.address),
    symbol: value.untrustedText(token.symbol ?? ''),
    decimals: token.decimals === null ? value.keyword('unknown') : value.count(token.decimals),
    amount: value.tokenAmount(balance, token),
    chain: value.text(chain.name),
    chainId: value.text(String(chain.chainId)),
    lists: value.count(listsOfChain(tokens).length),
  }
}

function evidenceOf(
  { token, balance, received }: Holding,
  { chain, account }: Facts,
): readonly [Evidence, ...Evidence[]] {
  const balanceOf: Evidence = {
    kind: 'call',
    to: token.address,
    function: 'balanceOf(address)',
    arguments: [account.address],
    block: String(chain.block.number),
    value: String(balance),
  }
  if (received === null) return [balanceOf]
  return [balanceOf, { kind: 'log', ...received, block: String(received.block) }]
}
