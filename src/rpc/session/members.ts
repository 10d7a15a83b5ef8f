/** Which account of a session a client stands for. */
import type { RpcClient } from '../../core/rpc.ts'
import type { Call } from '../multicall.ts'
import type { FixedRead } from '../read-program/packing.ts'
import type { ReadRoom } from './read-room.ts'
import type { ScanRoom } from './scan-room.ts'

/** One account, as what is asked together sees it. */
export type Member = {
  readonly token: object
  /** Asks for everybody: it does not end when one account is stopped. */
  readonly root: RpcClient
  readonly signal: AbortSignal
  readonly scans: ScanRoom
  readonly readMany: ReadRoom<FixedRead>
  readonly readContracts: ReadRoom<Call>
}

const members = new WeakMap<object, Member>()

export function addMember(member: Member): void {
  members.set(member.token, member)
}

/** null for a client of an account that is read alone. */
export function memberOf({ member }: RpcClient): Member | null {
  return member === undefined ? null : (members.get(member) ?? null)
}
