/** What left without a nonce that explains it. A nonce explains from its own block on, and the baseline may have the rest of an earlier one. */
import { knownPart, type OutgoingFacts, type Unread, unreadBetween } from '../../src/rule.ts'
import type { Scene } from './sent.ts'

type Moved = Extract<OutgoingFacts, { kind: 'compared' }>['moved'][number]

/** Coins that are gone though the account sent nothing, in wei; null where none are, or the nonce does not tell. */
export function lostQuietly(scene: Scene): bigint | null {
  const since = knownPart(scene, 'balance')?.block
  return since === undefined || isBeforeNonce(scene, BigInt(since) + 1n) ? null : lost(scene)
}

/** Of a Safe account: who sent a transaction of another account is known. */
export function isUnexplained(scene: Scene, { log }: Pick<Moved, 'log'>): boolean {
  return scene.account.code.kind === 'contract' && isBeforeNonce(scene, log.block)
}

/** What left before the block of the nonce, so that nobody knows whose doing it was. */
export function unreadExplanations(scene: Scene): readonly Unread<'baseline'>[] {
  const { outgoing } = scene
  if (outgoing.kind === 'none') return []
  const by = scene.account.code.kind === 'contract' ? 'safe' : 'nonce'
  const coins = lost(scene) !== null && lostQuietly(scene) === null ? (['balance'] as const) : []
  const tokens = outgoing.moved.some((moved) => isUnexplained(scene, moved)) ? (['tokens'] as const) : []
  return [...coins, ...tokens].map((part) => unreadBetween(scene, { part, by }))
}

/** Only code gives coins away without a transaction of the account. */
function lost({ chain, account, baseline, outgoing }: Scene): bigint | null {
  const before = knownPart({ baseline, chain }, 'balance')
  if (before === null || outgoing.kind === 'none' || account.code.kind === 'none') return null
  const { used } = outgoing
  const isQuiet = used === null ? account.code.kind === 'contract' : used.from === used.to
  const amount = BigInt(before.amount) - account.balance
  return isQuiet && amount > 0n ? amount : null
}

function isBeforeNonce(scene: Scene, block: bigint): boolean {
  const safe = knownPart(scene, 'safe')
  const nonce =
    scene.account.code.kind === 'contract' ? (safe?.kind === 'safe' ? safe : null) : knownPart(scene, 'nonce')
  return nonce !== null && block <= BigInt(nonce.block)
}
