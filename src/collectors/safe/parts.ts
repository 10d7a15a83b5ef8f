/** What stands at the addresses that a Safe names. */
import type { Address } from 'viem'
import { keccak256 } from 'viem/utils'
import { type FactError, toFactError } from '../../core/errors.ts'
import type { Missing, SafePart, SafePerson } from '../../core/facts.ts'
import type { RpcClient } from '../../core/rpc.ts'
import { delegateOf } from '../../domain/delegation.ts'
import { bytes, count } from '../../domain/rpc-reply.ts'
import { type SafeRole, safeRelease } from '../../threats/safe-releases.ts'
import { askCodes, askEach } from '../approvals/ask-state.ts'
import type { Attempt } from '../attempt.ts'
import { SafeListUnfinishedError } from './errors.ts'

/** Each address costs a request of its own. */
const maximumAddresses = 300

export type Addresses = {
  readonly codes: ReadonlyMap<Address, Attempt>
  /** Of those without code of their own. */
  readonly nonces: ReadonlyMap<Address, Attempt>
}

/** The code of each address, the first ones first; and the nonces of `persons` among them. */
export async function askAddresses(
  rpc: RpcClient,
  { addresses, persons, block }: { addresses: readonly Address[]; persons: readonly Address[]; block: bigint },
): Promise<Addresses> {
  const codes = await askCodes(rpc, [...new Set(addresses)].slice(0, maximumAddresses), block)
  const codeless = persons.filter((person) => ['none', 'delegated'].includes(codeKind(codes.get(person))))
  const method = 'eth_getTransactionCount'
  const nonces = await askEach(rpc, { method, addresses: codeless, block }, (reply) => {
    count(reply, method)
    return reply
  })
  return { codes, nonces }
}

export function decodePart(role: SafeRole, address: Address, { codes }: Addresses): SafePart {
  const attempted = codes.get(address)
  const kind = codeKind(attempted)
  if (kind !== 'contract' || attempted?.status !== 'answered')
    return { address, code: kind, codeHash: null, release: null }
  const codeHash = keccak256(bytes(attempted.reply, 'eth_getCode'))
  return { address, code: kind, codeHash, release: safeRelease(role, { address, codeHash }) }
}

export function decodePerson(address: Address, { codes, nonces }: Addresses): SafePerson {
  const nonce = nonces.get(address)
  return {
    address,
    code: codeKind(codes.get(address)),
    nonce: nonce?.status === 'answered' ? count(nonce.reply, 'eth_getTransactionCount') : null,
  }
}

/** What is not known of the addresses: the reason of each read that failed, and one for all that were not asked. */
export function addressesMissing(
  about: Missing['about'],
  addresses: readonly Address[],
  { codes, nonces }: Addresses,
): readonly Missing[] {
  const failed = addresses.flatMap((contract) =>
    [codes.get(contract), nonces.get(contract)].flatMap((attempted) =>
      attempted === undefined || attempted.status === 'answered' ? [] : [{ about, contract, error: attempted.error }],
    ),
  )
  const isCut = addresses.some((address) => !codes.has(address))
  return isCut ? [...failed, { about, error: cutError() }] : failed
}

function cutError(): FactError {
  return toFactError(new SafeListUnfinishedError(maximumAddresses))
}

function codeKind(attempted: Attempt | undefined): SafePart['code'] {
  if (attempted?.status !== 'answered') return 'unknown'
  const code = bytes(attempted.reply, 'eth_getCode')
  if (code === '0x') return 'none'
  return delegateOf(code) === null ? 'contract' : 'delegated'
}
