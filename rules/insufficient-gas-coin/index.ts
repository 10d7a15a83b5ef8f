import {
  costAtMarket,
  defineRule,
  type Holding,
  isExpected,
  type Missing,
  roundUpToShown,
  type TokenFacts,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'insufficient-gas-coin',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'fees', 'tokens'],
  text: { en, ja },
  options: z.object({
    transferGas: z.int().positive().default(65_000).describe('Gas of one token transfer.'),
  }),
  reliesOn: (missing) => missing.about === 'fees' || mayHideToken(missing),
  // A contract pays no gas. Unread balances may hide a token, so they are no reason to say nothing.
  applies: ({ account, tokens }) =>
    account.code.kind !== 'contract' && (heldTokens(tokens).length > 0 || tokens.missing.some(mayHideToken)),
  judge: ({ chain, account, fees, tokens }, { transferGas }) => {
    const cost = costAtMarket(BigInt(transferGas), fees)
    const held = heldTokens(tokens)
    if (cost === null || account.balance >= cost || held.length === 0) return []
    const missing = cost - account.balance
    const { block, coin } = chain
    const head = String(chain.head.number)
    const delegate = account.code.kind === 'delegated' ? { delegate: value.address(account.code.delegate) } : null
    return [
      {
        messageId: delegate === null ? 'short' : 'short-with-delegate',
        subject: { kind: 'account' },
        data: {
          account: value.address(account.address),
          chain: value.text(chain.name),
          chainId: value.text(String(chain.chainId)),
          coin: value.text(coin.symbol),
          tokens: value.count(held.length),
          balance: value.native(account.balance, coin),
          cost: value.native(cost, coin),
          missing: value.native(missing, coin),
          topUp: value.native(roundUpToShown(missing, coin.decimals), coin),
          ...delegate,
        },
        evidence: [
          { kind: 'read', method: 'eth_getBalance', block: String(block.number), value: String(account.balance) },
          fees.nextBaseFee === null
            ? { kind: 'read', method: 'eth_gasPrice', block: head, value: String(fees.gasPrice) }
            : { kind: 'read', method: 'eth_feeHistory', block: head, value: String(fees.nextBaseFee) },
        ],
      },
    ]
  },
})

/** A token whose name was not read is among the holdings all the same. */
function mayHideToken({ about }: Missing): boolean {
  return about === 'token-balance' || about === 'logs'
}

/** A token that did not say which standard it follows counts: it may be one that can be sent. */
function heldTokens(tokens: TokenFacts): readonly Holding[] {
  return tokens.holdings.filter((holding) => {
    const { token, balance } = holding
    const isSendable = token.standard === 'erc20' || token.standard === 'unknown'
    return isSendable && balance > 0n && isExpected(holding, tokens)
  })
}
