/** The reads that prove a finding about a grant, in the form a report keeps. */
import type { Address } from 'viem'
import type { Grant, ProvenTransfer, ThreatFacts } from '../core/facts.ts'
import type { Evidence } from '../core/finding.ts'
import type { Waiting } from './queue.ts'
import { spenderEvidence } from './spender-evidence.ts'

type Call = Extract<Evidence, { kind: 'call' }>
type Pinned = {
  readonly owner: Address
  readonly block: bigint
  /** Where the spender's name and the lists that name it are looked up. */
  readonly threats?: ThreatFacts
}

/**
 * The reads of state at `block` that say the grant is live, then the log that told where to look, where one did, then what is
 * known of the spender.
 */
export function grantEvidence(grant: Grant, pinned: Pinned): readonly [Evidence, ...Evidence[]] {
  const [first, ...rest] = stateReads(grant, pinned)
  const log = grant.log === null ? [] : [logEvidence(grant.log)]
  return [first, ...rest, ...log, ...spenderEvidence(grant.spender, pinned)]
}

/** What showed a waiting transaction: by its hash, or where only a summary was shown by what that says. */
export function waitingEvidence(waiting: Waiting): Evidence {
  const words = 'hash' in waiting ? waiting.hash : `nonce ${waiting.nonce}, ${waiting.maxFeePerGas} wei per gas at most`
  return { kind: 'read', method: waiting.source, block: 'pending', value: words }
}

export function logEvidence({ block, transaction, index, sender, timestamp }: NonNullable<Grant['log']>): Evidence {
  return {
    kind: 'log',
    block: String(block),
    transaction,
    index,
    ...(sender !== undefined && { sender }),
    ...(timestamp !== undefined && { timestamp }),
  }
}

/** A transfer with who sent the transaction, where that was read. */
export function transferEvidence({ log, sender }: ProvenTransfer): Evidence {
  return logEvidence({ ...log, ...(sender !== null && { sender }) })
}

/** A list that named an address, with the day its data ends. */
export function listEvidence({ lists }: ThreatFacts, name: string): Extract<Evidence, { kind: 'list' }> {
  return { kind: 'list', name, date: lists.find((list) => list.name === name)?.date ?? 'undated' }
}

type Read = (to: Address, signature: string, args: readonly (Address | bigint)[], answer: string | bigint) => Call

function operatorRead(
  { standard, token, spender }: Extract<Grant, { kind: 'operator' }>,
  read: Read,
  owner: Address,
): Call {
  const pair = [owner, spender.address]
  if (standard === 'nft') return read(token.address, 'isApprovedForAll(address,address)', pair, 'true')
  // ERC-777 names the operator first.
  return standard === 'erc777'
    ? read(token.address, 'isOperatorFor(address,address)', pair.toReversed(), 'true')
    : read(token.address, 'isOperator(address,address)', pair, 'true')
}

function stateReads(grant: Grant, { owner, block }: Pinned): readonly [Call, ...Call[]] {
  const token = grant.token.address
  const spender = grant.spender.address
  const read: Read = (to, signature, args, answer) => ({
    kind: 'call',
    to,
    function: signature,
    arguments: args.map(String),
    block: String(block),
    value: String(answer),
  })
  const balanceOf = (balance: bigint | null) =>
    balance === null ? [] : [read(token, 'balanceOf(address)', [owner], balance)]
  const allowance = (of: Address, amount: bigint) => read(token, 'allowance(address,address)', [owner, of], amount)
  switch (grant.kind) {
    case 'allowance':
      return [allowance(spender, grant.amount), ...balanceOf(grant.balance)]
    case 'nft':
      return [
        read(token, 'getApproved(uint256)', [grant.tokenId], spender),
        read(token, 'ownerOf(uint256)', [grant.tokenId], owner),
      ]
    case 'operator':
      return [operatorRead(grant, read, owner)]
    case 'item-allowance':
      return [
        read(token, 'allowance(address,address,uint256)', [owner, spender, grant.tokenId], grant.amount),
        ...(grant.balance === null
          ? []
          : [read(token, 'balanceOf(address,uint256)', [owner, grant.tokenId], grant.balance)]),
      ]
    case 'permit2': {
      // The first two of three answers: amount and expiration. The third counts signatures.
      const inner = `${grant.amount}, ${grant.expiration}`
      return [
        read(grant.permit2, 'allowance(address,address,address)', [owner, token, spender], inner),
        ...(grant.outerAllowance === null ? [] : [allowance(grant.permit2, grant.outerAllowance)]),
        ...balanceOf(grant.balance),
      ]
    }
    default:
      return grant satisfies never
  }
}
