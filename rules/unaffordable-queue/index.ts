import {
  cancelCall,
  defineRule,
  type Evidence,
  highestCost,
  isMarketKnown,
  type PendingTransaction,
  queueOf,
  replacementFees,
  roundUpToShown,
  shortageOf,
  transferGas,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'unaffordable-queue',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'mempool', 'fees'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'mempool',
  // A contract account sends no transactions of its own.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ chain, account, mempool, fees: market }) => {
    const shortage = shortageOf(mempool.transactions, account.balance)
    if (shortage === null) return []
    const { transaction, cost, missing } = shortage
    const fees = replacementFees(transaction, market)
    const before = queueOf(mempool.transactions).filter(({ nonce }) => nonce < transaction.nonce)
    const cancelCost = before.reduce((sum, other) => sum + highestCost(other), transferGas * fees.maxFeePerGas)
    const { coin, block } = chain
    const hasBlobs = transaction.maxFeePerBlobGas !== null
    return [
      {
        messageId: account.code.kind === 'delegated' ? 'short-with-delegate' : 'short',
        subject: { kind: 'nonce', nonce: transaction.nonce },
        data: {
          account: value.address(account.address),
          chain: value.text(chain.name),
          hash: value.hash(transaction.hash),
          nonce: value.nonce(transaction.nonce),
          transactions: value.count(queueOf(mempool.transactions).length),
          balance: value.native(account.balance, coin),
          cost: value.native(cost, coin),
          missing: value.native(missing, coin),
          topUp: value.native(roundUpToShown(missing, coin.decimals), coin),
          load: value.keyword(hasBlobs ? 'blobs' : 'other'),
          // What blobs in its place cost depends on how many they are.
          cancellation: value.keyword(!hasBlobs && cancelCost > account.balance ? 'short' : 'covered'),
          market: value.keyword(isMarketKnown(market) ? 'known' : 'unread'),
          feeKind: value.keyword(fees.isLegacy ? 'legacy' : 'eip1559'),
          newMaxFee: value.gasPrice(fees.maxFeePerGas),
          newPriorityFee: value.gasPrice(fees.maxPriorityFeePerGas),
          ...(account.code.kind === 'delegated' && { delegate: value.address(account.code.delegate) }),
        },
        evidence: [
          { kind: 'read', method: 'eth_getBalance', block: String(block.number), value: String(account.balance) },
          ...queueOf(mempool.transactions).map(seenIn),
        ],
        remedy: hasBlobs ? [] : [cancelCall({ chain, account, nonce: transaction.nonce, fees, purpose: 'cancel' })],
      },
    ]
  },
})

function seenIn({ source, hash }: PendingTransaction): Evidence {
  return { kind: 'read', method: source, block: 'pending', value: hash }
}
