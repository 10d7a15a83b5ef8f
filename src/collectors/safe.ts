/** Whether the account is a Safe, who decides for it, and which contracts may act for it without them. */
import type { Address, Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import { type CollectContext, defineCollector } from '../core/collector.ts'
import { toFactError } from '../core/errors.ts'
import type { Missing, SafeAccount, SafeFacts } from '../core/facts.ts'
import { safeSlots } from '../domain/safe-calls.ts'
import { type SafeRole, safeReleaseList, safeReleases } from '../threats/safe-releases.ts'
import { type Answers, askWhole } from './answers.ts'
import { type Attempt, attempt } from './attempt.ts'
import type { WordsAt } from './kept-words.ts'
import { mergeMissing } from './missing.ts'
import { SafeUnreadableError } from './safe/errors.ts'
import { askPages, listModules, unfinished } from './safe/listings.ts'
import { type Addresses, addressesMissing, askAddresses, decodePart, decodePerson } from './safe/parts.ts'
import { probesOf, recognise, type SafeIdentity, slotAddress } from './safe/recognise.ts'
import { type Removals, tryRemovals, withRemovals } from './safe/removals.ts'
import { askSpending, decodeSpending, spendingDelegates } from './safe/spending.ts'

type Slot = Exclude<keyof typeof safeSlots, 'singleton'>
type Probed = { readonly answers: Answers; readonly singleton: Attempt }
type Raw = {
  readonly account: Address
  readonly probed: Probed
  readonly rest: Rest | null
  readonly removals: Removals
}
type Rest = {
  readonly answers: Answers
  readonly slots: Readonly<Record<Slot, Attempt>>
  readonly addresses: Addresses
}

export default defineCollector({
  key: 'safe',
  needs: ['chain', 'account'],
  fetch: async (context: CollectContext, { chain, account }): Promise<Raw | null> => {
    if (account.code.kind !== 'contract') return null
    const { rpc, store, options } = context
    const at = { rpc, store, options, chain, account: account.address, block: chain.block.number }
    const [answers, singleton] = await Promise.all([
      askWhole(at.rpc, { calls: probesOf(at.account), block: at.block, known: new Map() }),
      askSlot(at, safeSlots.singleton),
    ])
    const probed = { answers, singleton }
    const recognition = recognise(at.account, probed)
    const rest = recognition.status === 'safe' ? await askRest(at, answers, recognition.identity) : null
    const removals = await askRemovals(at, { account: at.account, probed, rest, removals: new Map() })
    return { account: at.account, probed, rest, removals }
  },
  decode: (raw, { chain }): SafeFacts => {
    const safe = decodeFound(raw)
    return safe.kind === 'safe' && raw !== null ? withRemovals(safe, raw.removals, chain.block.number) : safe
  },
})

async function askRemovals(at: At, raw: Raw): Promise<Removals> {
  const safe = decodeFound(raw)
  return safe.kind === 'safe' ? tryRemovals(at, safe) : new Map()
}

function decodeFound(raw: Raw | null): SafeFacts {
  if (raw === null) return { kind: 'none', missing: [] }
  const recognition = recognise(raw.account, raw.probed)
  if (recognition.status === 'none') return { kind: 'none', missing: [] }
  if (recognition.status === 'unknown' || raw.rest === null) {
    const error = recognition.status === 'unknown' ? recognition.error : toFactError(new SafeUnreadableError())
    return { kind: 'unknown', missing: [{ about: 'safe', contract: raw.account, error }] }
  }
  return decodeSafe({ account: raw.account, identity: recognition.identity, rest: raw.rest })
}

type At = WordsAt & { readonly account: Address; readonly block: bigint }

function askSlot({ rpc, account, block }: At, slot: Hex): Promise<Attempt> {
  return attempt(rpc.request('eth_getStorageAt', [account, slot, numberToHex(block)]))
}

async function askRest(at: At, known: Answers, { version, owners, singleton }: SafeIdentity): Promise<Rest> {
  const { rpc, account, block } = at
  const list = (answers: Answers) => listModules(answers, { account, version })
  const [listed, guard, moduleGuard, fallbackHandler] = await Promise.all([
    askPages((answers) => [list(answers)], { rpc, block, known }),
    askSlot(at, safeSlots.guard),
    askSlot(at, safeSlots.moduleGuard),
    askSlot(at, safeSlots.fallbackHandler),
  ])
  const slots = { guard, moduleGuard, fallbackHandler }
  const modules = list(listed).items
  const answers = await askSpending(at, { account, modules, known: listed })
  const persons = [...owners, ...spendingDelegates(answers, { account, modules })]
  const inSlots = Object.values(slots).flatMap((attempted) => addressIn(attempted) ?? [])
  const addresses = await askAddresses(rpc, {
    addresses: [singleton, ...inSlots, ...modules, ...persons],
    persons,
    block,
  })
  return { answers, slots, addresses }
}

function addressIn(attempted: Attempt): Address | null {
  const found = slotAddress(attempted)
  return found.status === 'ok' ? found.value : null
}

type Found = { readonly account: Address; readonly identity: SafeIdentity; readonly rest: Rest }

function decodeSafe({ account, identity, rest }: Found): SafeFacts {
  const { answers, slots, addresses } = rest
  const { singleton, owners, version, threshold, nonce } = identity
  const code = decodePart('singleton', singleton, addresses)
  // A proxy to nothing answers nothing: whatever gave these answers is no Safe.
  if (code.code === 'none') return { kind: 'none', missing: [] }
  const listing = listModules(answers, { account, version })
  const modules = listing.items
  const listError = unfinished(listing)
  const spending = decodeSpending(answers, { account, modules, addresses })
  const inSlots = Object.values(slots).flatMap((attempted) => addressIn(attempted) ?? [])
  const about = 'safe-module'
  const missing: readonly Missing[] = [
    ...(listError === null ? [] : [{ about, contract: account, error: listError } as const]),
    ...Object.values(slots).flatMap((attempted) => slotMissing(account, attempted)),
    ...addressesMissing(about, [singleton, ...inSlots, ...modules], addresses),
    ...addressesMissing('safe-owner', owners, addresses),
    ...addressesMissing('spending-limit', spendingDelegates(answers, { account, modules }), addresses),
    ...spending.missing,
  ]
  return {
    kind: 'safe',
    version,
    singleton: code,
    owners: owners.map((owner) => decodePerson(owner, addresses)),
    threshold,
    nonce,
    modules: modules.map((module) => decodePart('module', module, addresses)),
    guard: decodeSlot('guard', slots.guard, addresses),
    moduleGuard: decodeSlot('guard', slots.moduleGuard, addresses),
    fallbackHandler: decodeSlot('fallback-handler', slots.fallbackHandler, addresses),
    spendingLimits: spending.limits,
    lists: [{ ...safeReleaseList, entries: safeReleases.length }],
    missing: mergeMissing(missing),
  }
}

function decodeSlot(role: SafeRole, attempted: Attempt, addresses: Addresses): SafeAccount['guard'] {
  const found = slotAddress(attempted)
  if (found.status !== 'ok') return 'unread'
  return found.value === null ? 'none' : decodePart(role, found.value, addresses)
}

function slotMissing(contract: Address, attempted: Attempt): readonly Missing[] {
  const found = slotAddress(attempted)
  if (found.status === 'ok') return []
  const error = found.status === 'failed' ? found.error : toFactError(new SafeUnreadableError())
  return [{ about: 'safe-module', contract, error }]
}
