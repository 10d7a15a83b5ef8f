/** Who may use a grant: a person or a contract, whose code it runs, who may change that code, and since when it is there. */
import type { Address } from 'viem'
import { getAddress, numberToHex } from 'viem/utils'
import type { FactMap, Missing, Spender } from '../../core/facts.ts'
import { delegateOf } from '../../domain/delegation.ts'
import { canBeProxy, type ProxySlot, proxySlots } from '../../domain/proxy.ts'
import { bytes, count, hash32 } from '../../domain/rpc-reply.ts'
import { wellKnownName } from '../../domain/threats.ts'
import { readAddress, readCall } from '../../domain/token-calls.ts'
import { addressInWord } from '../../domain/topics.ts'
import { type Answers, answerTo, ask, wasAsked } from '../answers.ts'
import { type Attempt, attemptEach } from '../attempt.ts'
import { type At, askCodes, askEach } from './ask-state.ts'
import { findCreations, type Searched } from './creation.ts'
import type { LiveGrant } from './verify.ts'

export type Spenders = {
  readonly codes: ReadonlyMap<Address, Attempt>
  /** Of spenders without code of their own. */
  readonly nonces: ReadonlyMap<Address, Attempt>
  /** By `slotKey`. */
  readonly slots: ReadonlyMap<string, Attempt>
  /** What beacons say. */
  readonly answers: Answers
  readonly created: ReadonlyMap<Address, NonNullable<Spender['created']>>
}

/** Each costs three requests. */
const mostProxies = 60
const slotNames = Object.keys(proxySlots) as ProxySlot[] // its own keys

export async function askSpenders(
  at: Searched,
  grants: readonly LiveGrant[],
  threats: FactMap['threats'],
): Promise<Spenders> {
  const { rpc, block } = at
  const spenders = [...new Set(newestFirst(grants).map(({ spender }) => spender))]
  const codes = await askCodes(rpc, spenders, block)
  const persons = spenders.filter((spender) => ['none', 'delegated'].includes(codeKind(codes.get(spender))))
  const contracts = spenders.filter((spender) => codeKind(codes.get(spender)) === 'contract')
  const unnamed = contracts.filter((contract) => wellKnownName(threats, contract) === null)
  const method = 'eth_getTransactionCount'
  const [nonces, slots, created] = await Promise.all([
    askEach(rpc, { method, addresses: persons, block }, (reply) => {
      count(reply, method)
      return reply
    }),
    askSlots(at, contracts.filter((contract) => isPossibleProxy(codes.get(contract))).slice(0, mostProxies)),
    findCreations(at, unnamed),
  ])
  const beacons = contracts.flatMap((contract) => slotAddress(slots, contract, 'beacon') ?? [])
  const answers = await ask(rpc, { calls: beacons.map(implementationOf), block })
  return { codes, nonces, slots, answers, created }
}

async function askSlots({ rpc, block }: At, contracts: readonly Address[]): Promise<ReadonlyMap<string, Attempt>> {
  const keys = contracts.flatMap((contract) => slotNames.map((name) => slotKey(contract, name)))
  return attemptEach(keys, async (key) => {
    const [contract, name] = key.split(' ') as [Address, ProxySlot] // as `slotKey` writes it
    const reply = await rpc.request('eth_getStorageAt', [contract, proxySlots[name], numberToHex(block)])
    hash32(reply, 'eth_getStorageAt')
    return reply
  })
}

const slotKey = (contract: Address, name: ProxySlot) => `${contract} ${name}`
const implementationOf = (beacon: Address) => readCall(beacon, 'implementation()')

export function decodeSpender(address: Address, spenders: Spenders): Spender {
  const { codes, nonces, created } = spenders
  const attempted = codes.get(address)
  const nonce = nonces.get(address)
  const delegate = attempted?.status === 'answered' ? delegateOf(bytes(attempted.reply, 'eth_getCode')) : null
  const proxy = proxyOf(address, spenders)
  const since = created.get(address)
  return {
    address,
    code: codeKind(attempted),
    nonce: nonce?.status === 'answered' ? count(nonce.reply, 'eth_getTransactionCount') : null,
    ...(delegate !== null && { delegate }),
    ...(proxy !== undefined && { proxy }),
    ...(since !== undefined && { created: since }),
  }
}

export function spenderMissing(contract: Address, { codes, nonces }: Spenders): readonly Missing[] {
  return [codes.get(contract), nonces.get(contract)].flatMap((attempted) =>
    attempted === undefined || attempted.status === 'answered'
      ? []
      : [{ about: 'spender-code', contract, error: attempted.error }],
  )
}

function proxyOf(contract: Address, { codes, slots, answers }: Spenders): Spender['proxy'] {
  const code = codes.get(contract)
  if (codeKind(code) !== 'contract') return undefined
  if (!isPossibleProxy(code)) return null
  const asked = slotNames.map((name) => slots.get(slotKey(contract, name)))
  if (asked.includes(undefined)) return undefined
  const unread = asked.flatMap((each) => (each === undefined || each.status === 'answered' ? [] : [each.error]))
  if (unread[0] !== undefined) return { error: unread[0] }
  const beacon = slotAddress(slots, contract, 'beacon')
  const direct = slotAddress(slots, contract, 'implementation')
  const admin = slotAddress(slots, contract, 'admin')
  if (direct === null && beacon === null) return null
  return { implementation: direct ?? (beacon && namedBy(beacon, answers)), beacon, admin }
}

function namedBy(beacon: Address, answers: Answers): Address | null {
  const call = implementationOf(beacon)
  const answer = wasAsked(answers, call) ? answerTo(answers, call) : null
  return answer?.status === 'ok' ? readAddress(answer.data) : null
}

/** null when the slot is empty, holds something else, or could not be read. */
function slotAddress(slots: Spenders['slots'], contract: Address, name: ProxySlot): Address | null {
  const attempted = slots.get(slotKey(contract, name))
  if (attempted?.status !== 'answered') return null
  const word = hash32(attempted.reply, 'eth_getStorageAt')
  const found = BigInt(word) === 0n ? null : addressInWord(word)
  return found === null ? null : getAddress(found)
}

function isPossibleProxy(attempted: Attempt | undefined): boolean {
  return attempted?.status === 'answered' && canBeProxy(bytes(attempted.reply, 'eth_getCode'))
}

/** What was granted last matters most where not all is looked at. */
function newestFirst(grants: readonly LiveGrant[]): readonly LiveGrant[] {
  const blockOf = ({ log }: LiveGrant) => log?.block ?? -1n
  return grants.toSorted((one, other) => Number(blockOf(other) - blockOf(one)))
}

function codeKind(attempted: Attempt | undefined): Spender['code'] {
  if (attempted?.status !== 'answered') return 'unknown'
  const code = bytes(attempted.reply, 'eth_getCode')
  if (code === '0x') return 'none'
  return delegateOf(code) === null ? 'contract' : 'delegated'
}
