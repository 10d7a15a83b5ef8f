/** An account with code of its own: blocks take no transaction of it, whatever it pays (EIP-3607). */
import { allWaiting, codeWords, type Draft, type FactMap, queueOf, value, waitingEvidence } from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'account' | 'mempool'>

/** null for an account without code, or with a delegation, which may send (EIP-7702); and where nothing waits. */
export function codeDraft({ chain, account, mempool }: Facts): Draft<'account-with-code'> | null {
  const queue = queueOf(allWaiting(mempool))
  const [first] = queue
  if (account.code.kind !== 'contract' || first === undefined) return null
  return {
    messageId: 'account-with-code',
    subject: { kind: 'account' },
    data: {
      codeHash: value.hash(account.code.codeHash),
      count: value.count(queue.length),
      nonce: value.nonce(first.nonce),
    },
    evidence: [
      {
        kind: 'read',
        method: 'eth_getCode',
        address: account.address,
        block: String(chain.block.number),
        value: codeWords(account.code),
      },
      ...queue.map(waitingEvidence),
    ],
  }
}
