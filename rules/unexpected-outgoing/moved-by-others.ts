import { knownPart, logEvidence, value } from '../../src/rule.ts'
import type { Scene } from './sent.ts'

/** What left without a transaction of the account: tokens that a spender took, coins that code of the account gave away. */
export function movedByOthers({ chain, account, nonces, baseline, outgoing }: Scene) {
  if (outgoing.kind === 'none') return []
  const scene = { baseline, chain }
  const isOwn = outgoing.used !== null && outgoing.used.to > outgoing.used.from + outgoing.sent.length
  const since = value.block(BigInt(knownPart(scene, 'tokens')?.block ?? 0))
  // A transaction of the account that was not seen may have moved them: that one is told.
  const tokens = (isOwn ? [] : outgoing.moved).map(({ token, symbol, log }) => ({
    messageId: 'moved' as const,
    subject: { kind: 'token' as const, token },
    data: {
      token: symbol === null ? value.address(token) : value.untrustedText(symbol),
      contract: value.address(token),
      hash: value.hash(log.transaction),
      since,
    },
    evidence: [logEvidence(log)] as const,
  }))
  const before = knownPart(scene, 'balance')
  const isQuiet = account.code.kind !== 'none' && outgoing.used?.from === outgoing.used?.to
  if (before === null || !isQuiet || account.balance >= BigInt(before.amount)) return tokens
  const read = {
    kind: 'read' as const,
    method: 'eth_getBalance',
    address: account.address,
    block: String(chain.block.number),
    value: String(account.balance),
  }
  const coins = {
    messageId: 'coins' as const,
    subject: { kind: 'account' as const },
    data: {
      lost: value.native(BigInt(before.amount) - account.balance, chain.coin),
      nonce: value.nonce(nonces.latest),
      since: value.block(BigInt(before.block)),
    },
    evidence: [read] as const,
  }
  return [coins, ...tokens]
}
