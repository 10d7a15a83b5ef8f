/** The lists that a Safe and its AllowanceModule give page by page. Pure: says what was read, and which page is open. */
import type { Address, Hex } from 'viem'
import { type FactError, toFactError } from '../../core/errors.ts'
import type { RpcClient } from '../../core/rpc.ts'
import {
  isFullPage,
  modulePageCall,
  readAddressAt,
  readAddresses,
  safeCall,
  sentinel,
} from '../../domain/safe-calls.ts'
import { type ReadCall, readNumber } from '../../domain/token-calls.ts'
import { type Answers, answerTo, askWhole, wasAsked } from '../answers.ts'
import { SafeListUnfinishedError, SafeUnreadableError } from './errors.ts'

const delegatesOfPage = 50
/** More modules or delegates than this are not listed: no Safe in use comes near. */
const maximumPages = 20

const zero: Address = '0x0000000000000000000000000000000000000000'

export type Listing = {
  readonly items: readonly Address[]
  /** The page that comes next and was not asked for; null at the end. */
  readonly open: ReadCall | null
  /** Why the list does not go on. */
  readonly error: FactError | null
}

/** `list` says what the answers so far hold. Asks for open pages until the end, or until there are too many. */
export async function askPages(
  list: (answers: Answers) => readonly Listing[],
  { rpc, block, known }: { readonly rpc: RpcClient; readonly block: bigint; readonly known: Answers },
): Promise<Answers> {
  let answers = known
  for (let page = 0; page < maximumPages; page++) {
    const calls = list(answers).flatMap(({ open }) => open ?? [])
    if (calls.length === 0) return answers
    answers = await askWhole(rpc, { calls, block, known: answers })
  }
  return answers
}

/** Why a list that was asked for with `askPages` is not whole; null when it is. */
export function unfinished({ items, open, error }: Listing): FactError | null {
  return open === null ? error : toFactError(new SafeListUnfinishedError(items.length))
}

/**
 * The modules in the Safe's own order. The next page begins behind the last module of this one: what the contract itself
 * names as the next one is the first module left out before 1.4.0, and the last one given since.
 */
export function listModules(answers: Answers, { account, version }: { account: Address; version: string }): Listing {
  if (!isPaged(version)) return listAllModules(answers, account)
  return walk(answers, {
    first: modulePageCall(account),
    next: (data, items) => {
      const named = readAddressAt(data, 1)
      if (named === null) return 'unreadable'
      if (named === sentinel || named === zero) return null
      const last = items.at(-1)
      return last === undefined || !isFullPage(items) ? 'unreadable' : modulePageCall(account, last)
    },
  })
}

/** Who may spend through an AllowanceModule. */
export function listDelegates(answers: Answers, { account, module }: { account: Address; module: Address }): Listing {
  const page = (start: bigint) =>
    safeCall(module, 'getDelegates(address,uint48,uint8)', account, start, BigInt(delegatesOfPage))
  return walk(answers, {
    first: page(0n),
    next: (data) => {
      const start = readNumber(data, 1)
      if (start === null) return 'unreadable'
      return start === 0n ? null : page(start)
    },
  })
}

/** 1.0.0 and older give all modules in one answer. */
function listAllModules(answers: Answers, account: Address): Listing {
  return walk(answers, { first: safeCall(account, 'getModules()'), next: () => null })
}

function isPaged(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 1 || (major === 1 && minor >= 1)
}

type Pages = {
  readonly first: ReadCall
  /** The call for the page behind this one; null when it was the last. */
  readonly next: (data: Hex, items: readonly Address[]) => ReadCall | 'unreadable' | null
}

function walk(answers: Answers, { first, next }: Pages): Listing {
  const items: Address[] = []
  const stopped = (error: FactError): Listing => ({ items, open: null, error })
  for (let call: ReadCall | null = first; call !== null; ) {
    if (!wasAsked(answers, call)) return { items, open: call, error: null }
    const answer = answerTo(answers, call)
    if (answer.status === 'failed') return stopped(answer.error)
    const page = answer.status === 'ok' ? readAddresses(answer.data) : null
    if (answer.status !== 'ok' || page === null || !isNew(page, items))
      return stopped(toFactError(new SafeUnreadableError()))
    items.push(...page)
    const following: ReadCall | 'unreadable' | null = next(answer.data, page)
    if (following === 'unreadable') return stopped(toFactError(new SafeUnreadableError()))
    call = following
  }
  return { items, open: null, error: null }
}

/** A list that names somebody twice, or nobody, would go round for ever. */
function isNew(page: readonly Address[], before: readonly Address[]): boolean {
  const all = new Set([...before, ...page])
  return all.size === before.length + page.length && !all.has(zero) && !all.has(sentinel)
}
