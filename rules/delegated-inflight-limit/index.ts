import {
  allWaiting,
  codeWords,
  defineRule,
  type Evidence,
  type FactMap,
  queueOf,
  value,
  waitingEvidence,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'delegated-inflight-limit',
  severity: 'medium',
  confidence: 'likely',
  needs: ['chain', 'account', 'nonces', 'mempool'],
  text: { en, ja },
  options: z.object({
    mostInFlight: z
      .int()
      .positive()
      .default(1)
      .describe(
        'How many transactions of a delegated account nodes keep waiting: one, where nobody set another number.',
      ),
  }),
  reliesOn: ({ about }) => about === 'mempool',
  applies: ({ account }) => account.code.kind === 'delegated',
  judge: (facts, { mostInFlight }) => {
    const { account, nonces, mempool } = facts
    const queue = queueOf(allWaiting(mempool))
    // A node that shows none of them may still count those that can be mined.
    const inFlight = Math.max(queue.length, (nonces.pending ?? nonces.latest) - nonces.latest)
    if (account.code.kind !== 'delegated' || inFlight <= mostInFlight) return []
    return [
      {
        messageId: 'several',
        subject: { kind: 'account' },
        data: {
          delegate: value.address(account.code.delegate),
          inFlight: value.count(inFlight),
          limit: value.count(mostInFlight),
          first: value.nonce(queue[0]?.nonce ?? nonces.latest),
        },
        evidence: evidenceOf(facts),
      },
    ]
  },
})

function evidenceOf({ chain, account, nonces, mempool }: Pick<FactMap, 'chain' | 'account' | 'nonces' | 'mempool'>) {
  const block = String(chain.block.number)
  const code: Evidence = {
    kind: 'read',
    method: 'eth_getCode',
    address: account.address,
    block,
    value: codeWords(account.code),
  }
  const count = { kind: 'read', method: 'eth_getTransactionCount' } as const
  const counted: readonly Evidence[] = [
    { ...count, block, value: String(nonces.latest) },
    ...(nonces.pending === null ? [] : [{ ...count, block: 'pending', value: String(nonces.pending) }]),
  ]
  const seen = queueOf(allWaiting(mempool)).map(waitingEvidence)
  return [code, ...counted, ...seen] as const
}
