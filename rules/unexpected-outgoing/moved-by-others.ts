import { type Evidence, knownPart, logEvidence, newestFirst, value } from '../../src/rule.ts'
import { isUnexplained, lostQuietly } from './explained.ts'
import type { Scene } from './sent.ts'

/** Transfers of a token that are shown as evidence: enough to look each up in a review, and no flood. */
const shownTransfers = 20

type Moved = Extract<Scene['outgoing'], { kind: 'compared' }>['moved'][number]

/** What left without a transaction of the account: tokens that a spender took, coins that code of the account gave away. */
export function movedByOthers(facts: Scene) {
  const { chain, account, nonces, baseline, outgoing } = facts
  if (outgoing.kind === 'none') return []
  const scene = { baseline, chain }
  const isOwn = outgoing.used !== null && outgoing.used.to > outgoing.used.from + outgoing.sent.length
  // A transaction of the account that was not seen may have moved one whose sender is not known: that transaction is told.
  const told = outgoing.moved.filter(({ sender }) => !isOwn || sender !== undefined)
  const moved = newestFirst(told.filter((each) => !isUnexplained(facts, each)))
  const since = value.block(BigInt(knownPart(scene, 'tokens')?.block ?? 0))
  const names = [...new Set(moved.map(({ token }) => token))]
  const tokens = names.flatMap((name) =>
    movedToken(
      moved.filter(({ token }) => token === name),
      since,
    ),
  )
  const before = knownPart(scene, 'balance')
  const lost = lostQuietly(facts)
  if (before === null || lost === null) return tokens
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
      lost: value.native(lost, chain.coin),
      nonce: value.nonce(nonces.latest),
      since: value.block(BigInt(before.block)),
    },
    evidence: [read] as const,
  }
  return [coins, ...tokens]
}

function movedToken(moved: readonly Moved[], since: ReturnType<typeof value.block>) {
  const [newest, ...older] = moved
  if (newest === undefined) return []
  const { token, symbol, log } = newest
  return [
    {
      messageId: 'moved' as const,
      subject: { kind: 'token' as const, token },
      data: {
        token: symbol === null ? value.address(token) : value.untrustedText(symbol),
        contract: value.address(token),
        count: value.count(moved.length),
        hash: value.hash(log.transaction),
        since,
      },
      evidence: [evidenceOf(newest), ...older.slice(0, shownTransfers - 1).map(evidenceOf)] as const,
    },
  ]
}

function evidenceOf({ log, sender }: Moved): Evidence {
  return logEvidence({ ...log, ...(sender !== undefined && { sender }) })
}
