import {
  allWaiting,
  defineRule,
  queueOf,
  roundUpToShown,
  shortageOf,
  value,
  waitingEvidence,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import { fillingOf, unreadFillings } from './filling.ts'
import { givingUp } from './giving-up.ts'
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
  judge: ({ chain, account, nonces, mempool, fees }) => {
    const queue = queueOf(allWaiting(mempool))
    const fill = fillingOf(queue, { chain, nonces, fees })
    const shortage = shortageOf(queue, account.balance, fill.filling)
    if (shortage === null) return []
    const { transaction, cost, missing } = shortage
    const { coin } = chain
    const fillings = fill.costBelow(transaction.nonce)
    const { data, remedy } = givingUp(shortage, { chain, account, fees, queue, fillings })
    return [
      {
        messageId: account.code.kind === 'delegated' ? 'short-with-delegate' : 'short',
        subject: { kind: 'nonce', nonce: transaction.nonce },
        data: {
          account: value.address(account.address),
          chain: value.text(chain.name),
          ...('hash' in transaction && { hash: value.hash(transaction.hash) }),
          nonce: value.nonce(transaction.nonce),
          transactions: value.count(queue.length),
          balance: value.native(account.balance, coin),
          cost: value.native(cost, coin),
          ...fill.data,
          missing: value.native(missing, coin),
          topUp: value.native(roundUpToShown(missing, coin.decimals), coin),
          ...data,
          ...(account.code.kind === 'delegated' && { delegate: value.address(account.code.delegate) }),
        },
        evidence: [
          { kind: 'read', method: 'eth_getBalance', block: String(chain.block.number), value: String(account.balance) },
          ...queue.map(waitingEvidence),
        ],
        remedy,
      },
    ]
  },
})
