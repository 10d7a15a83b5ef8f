import {
  type AccountFacts,
  type BaselineFacts,
  type ChainFacts,
  knownPart,
  type NonceFacts,
  type OutgoingFacts,
  type SafeFacts,
  value,
} from '../../src/rule.ts'

export type Scene = {
  readonly chain: ChainFacts
  readonly account: AccountFacts
  readonly nonces: NonceFacts
  readonly safe: SafeFacts
  readonly baseline: BaselineFacts
  readonly outgoing: OutgoingFacts
}

/** One for each transaction since the baseline that nobody expects, and one for those that were not seen. */
export function sentByAccount({ chain, account, nonces, baseline, outgoing }: Scene, recipients: readonly string[]) {
  if (outgoing.kind === 'none' || outgoing.used === null) return []
  const { used, sent } = outgoing
  const expected = new Set(recipients.map((recipient) => recipient.toLowerCase()))
  const since = value.block(BigInt(knownPart({ baseline, chain }, 'nonce')?.block ?? 0))
  const strange = sent
    .filter(({ to }) => to === null || !expected.has(to.toLowerCase()))
    .map(({ hash, nonce, block, to, value: amount }) => ({
      messageId: 'sent' as const,
      subject: { kind: 'transaction' as const, hash },
      data: {
        hash: value.hash(hash),
        nonce: value.nonce(nonce),
        ...(to === null
          ? { target: value.keyword('none') }
          : { target: value.keyword('given'), recipient: value.address(to) }),
        coins: value.native(amount, chain.coin),
        since,
      },
      evidence: [{ kind: 'transaction' as const, hash, block: String(block) }] as const,
    }))
  const unseen = used.to - used.from - sent.length
  if (unseen <= 0) return strange
  const seen = new Set(sent.map(({ nonce }) => nonce))
  let first = used.from
  while (seen.has(first)) first++
  const unread = {
    messageId: 'unseen' as const,
    subject: { kind: 'nonce' as const, nonce: first },
    data: { count: value.count(unseen), first: value.nonce(first), since },
    evidence: [
      {
        kind: 'read' as const,
        method: 'eth_getTransactionCount',
        address: account.address,
        block: String(chain.block.number),
        value: String(nonces.latest),
      },
    ] as const,
  }
  return [...strange, unread]
}

/** What the owners of a Safe account sent since the baseline. */
export function sentBySafe({ chain, account, safe, baseline }: Scene) {
  const before = knownPart({ baseline, chain }, 'safe')
  if (safe.kind !== 'safe' || before?.kind !== 'safe') return []
  const [from, to] = [BigInt(before.nonce), safe.nonce]
  if (to <= from) return []
  return [
    {
      messageId: 'safe' as const,
      subject: { kind: 'nonce' as const, nonce: Number(from) },
      data: { count: value.count(Number(to - from)), since: value.block(BigInt(before.block)) },
      evidence: [
        {
          kind: 'call' as const,
          to: account.address,
          function: 'nonce()',
          arguments: [],
          block: String(chain.block.number),
          value: String(to),
        },
      ] as const,
    },
  ]
}
