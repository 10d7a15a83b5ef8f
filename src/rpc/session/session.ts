/**
 * What the accounts of one chain share in a run, at one endpoint: answers that are the same for all of them, and one scan of the logs.
 * What becomes of one account takes nothing from the others.
 */
import type { RpcClient } from '../../core/rpc.ts'
import type { OwnRpcClient } from '../client.ts'
import { addMember } from './members.ts'
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
  const request = shareAnswers(togetherOf(root))
  const scans = createScanRoom()
  return {
    join: ({ signal, scans: isScanning }) => {
      const token = {}
      addMember({ token, root, signal, scans })
      if (isScanning) scans.expect(token)
      // All of our own client, because the second reading goes through it as well.
      const rpc: RpcClient = {
        ...root,
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

/** Our own client can ask for several accounts in one request; another has its own ways. */
function togetherOf(root: RpcClient): RpcClient['request'] {
  return isOwn(root) ? root.requestTogether : root.request
}

function isOwn(rpc: RpcClient): rpc is RpcClient & Pick<OwnRpcClient, 'requestTogether'> {
  return 'requestTogether' in rpc
}
