/** What is said about a transaction that the endpoint knows. */
import { type Draft, type FactMap, type NamedTransaction, value } from '../../src/rule.ts'

type Known = Exclude<NamedTransaction, { readonly status: 'unknown' | 'unread' }>
type Facts = Pick<FactMap, 'chain' | 'account' | 'nonces'>
type MessageId = 'replaced' | 'mined' | 'waiting' | 'foreign'

/** null for one that the endpoint does not know, or could not be asked about. */
export function knownDraft(named: NamedTransaction, facts: Facts): Draft<MessageId> | null {
  if (named.status === 'unknown' || named.status === 'unread') return null
  const messageId = named.from === facts.account.address ? named.status : 'foreign'
  return {
    messageId,
    subject: { kind: 'transaction', hash: named.hash },
    data: {
      hash: value.hash(named.hash),
      from: value.address(named.from),
      nonce: value.nonce(named.nonce),
      chain: value.text(facts.chain.name),
      next: value.nonce(facts.nonces.latest),
      ...whereabouts(named),
    },
    evidence: [
      named.status === 'mined'
        ? { kind: 'transaction', hash: named.hash, block: String(named.block) }
        : { kind: 'read', method: 'eth_getTransactionByHash', block: 'pending', value: named.hash },
    ],
    ...(messageId === 'replaced' ? { severity: 'low', confidence: confidenceOf(named) } : { severity: 'info' }),
  }
}

function whereabouts(named: Known) {
  switch (named.status) {
    case 'mined':
      return { ending: value.keyword(endingOf(named)), block: value.block(named.block) }
    case 'waiting':
      return { ending: value.keyword('waiting'), place: value.keyword(named.place) }
    case 'replaced':
      return {
        ending: value.keyword('waiting'),
        by: value.keyword(named.by === null ? 'unknown' : 'known'),
        ...(named.by !== null && { successor: value.hash(named.by) }),
      }
    default:
      return named satisfies never
  }
}

function endingOf({ succeeded }: Extract<Known, { readonly status: 'mined' }>) {
  if (succeeded === null) return 'unread'
  return succeeded ? 'succeeded' : 'failed'
}

/** A machine that lacks the newest block may know a transaction as waiting that stands in it. */
function confidenceOf(named: Known) {
  return named.status === 'replaced' && named.by !== null ? 'certain' : 'likely'
}
