/** Runs the calls that would end grants, at the pinned block: which of them would work, and which would only cost a fee. */
import type { Address } from 'viem'
import { CheckupError, type FactError, toFactError } from '../core/errors.ts'
import type { Grant, Revocation, ThreatFacts } from '../core/facts.ts'
import type { Simulation } from '../core/simulation.ts'
import { isRevocable } from '../domain/implicit-grant.ts'
import { revocationOf, revokeVariants } from '../domain/revoke.ts'
import { findThreats } from '../domain/threats.ts'
import { type ReadCall, readAddress, readNumber } from '../domain/token-calls.ts'
import type { CallResult } from '../rpc/read-contracts.ts'
import { type Try, type TryResult, tryCalls } from '../rpc/try-calls.ts'
import type { At } from './approvals/ask-state.ts'
import {
  allowanceOf,
  approvedOf,
  isOperatorFor,
  isOperatorOf,
  itemAllowanceOf,
  operatorOf,
  permit2AllowanceOf,
  zeroAddress,
} from './approvals/calls.ts'
import { toSimulation } from './simulations.ts'

/** What became of each call, by the call. */
export type Trials = ReadonlyMap<string, TryResult>
type Variant = Revocation['variant']

/** Each is another request where a node runs one call at a time. */
const maximumGrants = 200

/** Tries to end each grant, and each that the usual call does not end by the other call that may. */
export async function tryRevocations(at: At, grants: readonly Grant[], threats: ThreatFacts): Promise<Trials> {
  const chosen = urgentFirst(grants.filter(isRevocable), threats).slice(0, maximumGrants)
  const usual = await tryAll(at, chosen, 'usual')
  const stubborn = chosen.filter((grant) => {
    const [, other] = revokeVariants(grant)
    const { status } = simulationOf(grant, { trials: usual, variant: 'usual', block: at.block })
    return other !== undefined && (status === 'reverts' || status === 'no-effect')
  })
  return new Map([...usual, ...(await tryAll(at, stubborn, 'decrease'))])
}

async function tryAll({ rpc, owner, block }: At, grants: readonly Grant[], variant: Variant): Promise<Trials> {
  const tries = grants.map((grant): Try => ({ call: revocationOf(grant, variant), check: stateRead(grant, owner) }))
  const results = await tryCalls(rpc, tries, { from: owner, block })
  return new Map(
    grants.flatMap((grant, index) => {
      const result = results[index]
      return result === undefined ? [] : [[keyOf(grant, variant), result] as const]
    }),
  )
}

/** Those that a list warns of, then the newest. */
function urgentFirst(grants: readonly Grant[], threats: ThreatFacts): readonly Grant[] {
  const isListed = ({ spender: { address } }: Grant) =>
    findThreats(threats, 'drainer', address).length + findThreats(threats, 'exploited-spender', address).length > 0
  const blockOf = ({ log }: Grant) => log?.block ?? 0n
  return grants.toSorted(
    (one, other) => Number(isListed(other)) - Number(isListed(one)) || Number(blockOf(other) - blockOf(one)),
  )
}

function keyOf(grant: Grant, variant: Variant): string {
  const { to, data } = revocationOf(grant, variant)
  return `${to.toLowerCase()}:${data}`
}

/** The grant, with the call that ends it and what became of trying that. Of two calls that fail, the usual one is told. */
export function withRevocation(grant: Grant, trials: Trials, block: bigint): Grant {
  if (!isRevocable(grant)) return grant
  const [usual, other] = revokeVariants(grant)
  const told = (variant: Variant): Grant => ({
    ...grant,
    revocation: { variant, simulation: simulationOf(grant, { trials, variant, block }) },
  })
  if (other === undefined || !trials.has(keyOf(grant, other))) return told(usual)
  const simulation = simulationOf(grant, { trials, variant: other, block })
  // A contract without this function may accept any call: only what was seen to work counts.
  return simulation.status === 'succeeds' && simulation.isConfirmed ? told(other) : told(usual)
}

type Looked = { readonly trials: Trials; readonly variant: Variant; readonly block: bigint }

function simulationOf(grant: Grant, { trials, variant, block }: Looked): Simulation {
  const result = trials.get(keyOf(grant, variant)) ?? ({ status: 'failed', error: notTried() } as const)
  return toSimulation(result, { block, isGone: (after) => isEnded(grant, after) })
}

function notTried(): FactError {
  return toFactError(new RevocationNotTriedError())
}

/** null when what state answers does not tell. */
function isEnded(grant: Grant, after: CallResult): boolean | null {
  if (after.status !== 'ok') return null
  if (grant.kind !== 'nft') {
    const left = readNumber(after.data)
    return left === null ? null : left === 0n
  }
  const approved = readAddress(after.data)
  return approved === null ? null : approved === zeroAddress
}

/** The read that said that the grant is live. */
function stateRead(grant: Grant, owner: Address): ReadCall {
  const [contract, spender] = [grant.token.address, grant.spender.address]
  switch (grant.kind) {
    case 'allowance':
      return allowanceOf(contract, owner, spender)
    case 'nft':
      return approvedOf(contract, grant.tokenId)
    case 'item-allowance':
      return itemAllowanceOf(contract, grant.tokenId, [owner, spender])
    case 'permit2':
      return permit2AllowanceOf({ permit2: grant.permit2, contract, spender }, owner)
    case 'operator':
      if (grant.standard === 'nft') return operatorOf(contract, owner, spender)
      return grant.standard === 'erc777'
        ? isOperatorFor(contract, owner, spender)
        : isOperatorOf(contract, owner, spender)
    default:
      return grant satisfies never
  }
}

class RevocationNotTriedError extends CheckupError {
  constructor() {
    super('revocation-not-tried', { message: 'The account has so many grants that this call was not tried.' })
  }
}
