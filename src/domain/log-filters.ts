/** The filters of a log scan: every event that names an account, by the place of its topics that the account stands at. */
import type { LogFilter } from '../core/log-scan.ts'
import { topics } from './topics.ts'

/** What the account gave: approvals of any kind, and tokens that left it. */
const granted: LogFilter = {
  name: 'granted',
  topic0: [
    topics.approval,
    topics.approvalForAll,
    topics.permit2Approval,
    topics.permit2Permit,
    topics.permit2Lockdown,
    topics.operatorSet,
    topics.itemApproval,
    topics.transfer,
  ],
  accountPosition: 1,
}

/** What came to it, with the ERC-777 operators that it named and the ERC-1155 items that left it. */
const received: LogFilter = {
  name: 'received',
  topic0: [
    topics.transfer,
    topics.authorizedOperator,
    topics.revokedOperator,
    topics.transferSingle,
    topics.transferBatch,
  ],
  accountPosition: 2,
}

/** ERC-1155 items that came to it. */
const receivedMulti: LogFilter = {
  name: 'received-multi',
  topic0: [topics.transferSingle, topics.transferBatch],
  accountPosition: 3,
}

/** All there are, in the order they are read. */
export const logFilters: readonly LogFilter[] = [granted, received, receivedMulti]

/** Those that a check needs. No approval is found by the third, and it costs half as much again: it is read when asked for. */
export function filtersToRead({ includesErc1155 }: { readonly includesErc1155: boolean }): readonly LogFilter[] {
  return includesErc1155 ? logFilters : [granted, received]
}
