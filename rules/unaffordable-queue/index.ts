import {
  allWaiting,
  cancelCall,
  defineRule,
  isMarketKnown,
  queueOf,
  replacementFees,
  roundUpToShown,
  shortageOf,
  value,
  waitingEvidence,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import { fillingOf, unreadFillings } from './filling.ts'
import { givingUpData } from './giving-up.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'unaffordable-queue',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'nonces', 'mempool', 'fees'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'mempool' || about === 'pending-details',
  unread: unreadFillings,
  // A contract account sends no transactions of its own.
  applies: ({ account }) => account.code.kind !== 'contract',
  judge: ({ chain, account, nonces, mempool, fees: market }) => {
    const queue = queueOf(allWaiting(mempool))
    const fill = fillingOf(queue, { chain, nonces, fees: market })
    const shortage = shortageOf(queue, account.balance, fill.filling)
    if (shortage === null) return []
    const { transaction, cost, missing } = shortage
    const isWhole = 'hash' in transaction
    const fees = replacementFees(isWhole ? transaction : { ...transaction, ...unknownFees }, market)
    const [{ balance }, { coin, block }] = [account, chain]
    const load = isWhole ? (transaction.maxFeePerBlobGas === null ? 'other' : 'blobs') : 'summary'
    return [
      {
        messageId: account.code.kind === 'delegated' ? 'short-with-delegate' : 'short',
        subject: { kind: 'nonce', nonce: transaction.nonce },
        data: {
          account: value.address(account.address),
          chain: value.text(chain.name),
          ...(isWhole && { hash: value.hash(transaction.hash) }),
          nonce: value.nonce(transaction.nonce),
          transactions: value.count(queue.length),
          balance: value.native(balance, coin),
          cost: value.native(cost, coin),
          ...fill.data,
          missing: value.native(missing, coin),
          topUp: value.native(roundUpToShown(missing, coin.decimals), coin),
          load: value.keyword(load),
          // What blobs in its place cost depends on how many they are.
          ...givingUpData(shortage, {
            ...{ queue, balance, coin, isMarketRead: isMarketKnown(market) },
            price: load === 'blobs' ? null : fees.maxFeePerGas,
            fillings: fill.costBelow(transaction.nonce),
          }),
          feeKind: value.keyword(fees.isLegacy ? 'legacy' : 'eip1559'),
          newMaxFee: value.gasPrice(fees.maxFeePerGas),
          newPriorityFee: value.gasPrice(fees.maxPriorityFeePerGas),
          ...(account.code.kind === 'delegated' && { delegate: value.address(account.code.delegate) }),
        },
        evidence: [
          { kind: 'read', method: 'eth_getBalance', block: String(block.number), value: String(account.balance) },
          ...queue.map(waitingEvidence),
        ],
        // What a summary is of may carry blobs, and its tip is not known.
        remedy:
          load !== 'other' ? [] : [cancelCall({ chain, account, nonce: transaction.nonce, fees, purpose: 'cancel' })],
      },
    ]
  },
})

/** Of a summary only the most that it pays is known. */
const unknownFees = { isLegacy: false, maxPriorityFeePerGas: 0n, maxFeePerBlobGas: null } as const
