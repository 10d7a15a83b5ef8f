/** Asks for the state behind every candidate, in as few rounds as the answers allow. */
import type { Address, Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import type { ReadMethod, RpcClient } from '../../core/rpc.ts'
import { address, bytes, fields } from '../../domain/rpc-reply.ts'
import type { ReadCall } from '../../domain/token-calls.ts'
import { type Answers, answerTo, ask } from '../answers.ts'
import { type Attempt, attemptEach } from '../attempt.ts'
import { asksErc721, saysErc721 } from '../token-words.ts'
import {
  approvedOf,
  type Candidate,
  isNftEvent,
  isPermit2Event,
  type NftEvent,
  ownerOf,
  separatorOf,
  stateCall,
} from './calls.ts'
import { prepare, stateNumber, verify } from './verify.ts'

export type At = {
  readonly rpc: RpcClient
  readonly owner: Address
  readonly chainId: number
  readonly block: bigint
}

export type State = {
  readonly answers: Answers
  /** The code of contracts that did not answer as their kind does. */
  readonly codes: ReadonlyMap<Address, Attempt>
  /** The transactions, by hash, of those contracts' events. */
  readonly transactions: ReadonlyMap<Hex, Attempt>
}

/** What can be asked about candidates before anything is known of them. */
export function firstCalls(candidates: readonly Candidate[], owner: Address): readonly ReadCall[] {
  return [
    ...candidates.flatMap((candidate) => stateCall(candidate, owner) ?? []),
    ...[...new Set(candidates.filter(isPermit2Event).map(({ permit2 }) => permit2))].map(separatorOf),
    ...[...probesOf(candidates).values()].flatMap(({ contract, tokenId }) => [
      asksErc721(contract),
      approvedOf(contract, tokenId),
    ]),
  ]
}

/** One event of each contract that may be a collection. */
function probesOf(candidates: readonly Candidate[]): ReadonlyMap<Address, NftEvent> {
  return new Map(candidates.filter(isNftEvent).map((event) => [event.contract, event]))
}

/** @param known answers that are there already */
export async function askState(
  { rpc, owner, chainId, block }: At,
  events: readonly Candidate[],
  known: Answers = new Map(),
): Promise<State> {
  const nftEvents = events.filter(isNftEvent)
  const probes = probesOf(events)
  const first = await ask(rpc, { calls: firstCalls(events, owner), block, known })
  const fungible = new Set(
    events
      .filter((event) => event.kind === 'erc20' && stateNumber(event, first, owner) !== null)
      .map(({ contract }) => contract),
  )
  const items = nftEvents
    .filter(({ contract }) => !fungible.has(contract) || mayHoldItems(first, probes.get(contract)))
    .flatMap(({ contract, tokenId }) => [ownerOf(contract, tokenId), approvedOf(contract, tokenId)])
  const answers = await ask(rpc, { calls: items, block, known: first })
  const verification = prepare(events, { answers, owner, chainId, timestamp: 0 })
  // Only an event that nobody answers for asks for an explanation; a guess was nothing.
  const silent = events.flatMap((event) => {
    const verdict = verify(event, verification)
    return event.log !== null && verdict.status === 'silent' ? [{ verdict, log: event.log }] : []
  })
  const contracts = silent.map(({ verdict }) => verdict.contract)
  const hashes = silent.map(({ log }) => log.transaction)
  const [codes, transactions] = await Promise.all([askCodes(rpc, contracts, block), askTransactions(rpc, hashes)])
  return { answers, codes, transactions }
}

/**
 * Whether a contract that gives allowances may approve items as well, as mixed ones do. An ERC-20's Approval looks like
 * that of a collection whose item numbers are amounts, and asking for each of them would cost a request each.
 */
function mayHoldItems(answers: Answers, probe: NftEvent | undefined): boolean {
  if (probe === undefined || saysErc721(answers, probe.contract) !== false) return true
  const { status } = answerTo(answers, approvedOf(probe.contract, probe.tokenId))
  return status === 'ok' || status === 'failed'
}

/** The code of each address at the block, or why it could not be read. */
export function askCodes(
  rpc: RpcClient,
  addresses: readonly Address[],
  block: bigint,
): Promise<ReadonlyMap<Address, Attempt>> {
  return askEach(rpc, { method: 'eth_getCode', addresses, block }, (reply) => bytes(reply, 'eth_getCode'))
}

/** The transactions by hash, each with a sender. */
export function askTransactions(rpc: RpcClient, hashes: readonly Hex[]): Promise<ReadonlyMap<Hex, Attempt>> {
  const ask = (hash: Hex) => rpc.request('eth_getTransactionByHash', [hash]).then(checkSender)
  return attemptEach(hashes, ask)
}

/** An unknown transaction is no sender: the node that showed the event must know who sent it. */
function checkSender(reply: unknown): unknown {
  return address(fields(reply, 'eth_getTransactionByHash').from, 'the sender of a transaction') && reply
}

/** One plain read of each address at the block. An answer that `check` throws at counts as failed. */
export async function askEach(
  rpc: RpcClient,
  { method, addresses, block }: { method: ReadMethod; addresses: readonly Address[]; block: bigint },
  check: (reply: unknown) => unknown,
): Promise<ReadonlyMap<Address, Attempt>> {
  return attemptEach(addresses, (address) => rpc.request(method, [address, numberToHex(block)]).then(check))
}
