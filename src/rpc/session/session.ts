/**
 * What the accounts of one chain share in a run, at one endpoint: answers that are the same for all of them, and one scan of the logs.
 * What becomes of one account takes nothing from the others.
 */
import type { RpcClient } from '../../core/rpc.ts'
import type { OwnRpcClient } from '../client.ts'
import type { Call } from '../multicall.ts'
import { readContracts } from '../read-contracts.ts'
import { readMany } from '../read-many.ts'
import type { FixedRead } from '../read-program/packing.ts'
import { addMember } from './members.ts'
import { createReadRoom } from './read-room.ts'
import { createScanRoom } from './scan-room.ts'
import { shareAnswers } from './shared-answers.ts'

export type Session = {
  /** Every account joins before the first of them is read. `scans`: whether it will look for logs at the endpoint. */
  readonly join: (account: { readonly signal: AbortSignal; readonly scans: boolean }) => Joined
}
export type Joined = {
  readonly rpc: RpcClient
  /** Nothing more will be asked for this account: nobody need wait for it. */
  readonly leave: () => void
}

/** @param root what every request goes through */
export function createSession(root: RpcClient): Session {
  const request = shareAnswers(together(root).request)
  const scans = createScanRoom()
  const reads = {
    readMany: createReadRoom<FixedRead>(root, readMany),
    readContracts: createReadRoom<Call>(root, readContracts),
  }
  return {
    join: ({ signal, scans: isScanning }) => {
      const token = {}
      addMember({ token, root, signal, scans, ...reads })
      if (isScanning) scans.expect(token)
      const rpc: RpcClient = {
        ...together(root),
        // Of several endpoints another one may answer later.
        get host() {
          return root.host
        },
        get endpointId() {
          return root.endpointId
        },
        request,
        member: token,
      }
      return { rpc, leave: () => scans.leave(token) }
    },
  }
}

/**
 * The same client, which asks for several accounts in one request where it is our own: also what the second reading sends. Clients of
 * others have their own ways.
 */
export function together(rpc: RpcClient): RpcClient {
  const request = rpc.requestTogether ?? rpc.request
  if (!isOwn(rpc)) return { ...rpc, request }
  const asking: OwnRpcClient = { ...rpc, request: rpc.requestTogether, post: rpc.postTogether }
  return asking
}

function isOwn(rpc: RpcClient): rpc is OwnRpcClient {
  return 'postTogether' in rpc
}
