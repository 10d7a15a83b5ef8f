/** Who may take how much through the AllowanceModule without the owners. */
import type { Address } from 'viem'
import { toFactError } from '../../core/errors.ts'
import type { Missing, SpendingLimit } from '../../core/facts.ts'
import { readAddresses, safeCall } from '../../domain/safe-calls.ts'
import { readNumber } from '../../domain/token-calls.ts'
import { isAllowanceModule } from '../../threats/safe-releases.ts'
import { type Answers, askWhole } from '../answers.ts'
import type { WordsAt } from '../kept-words.ts'
import { askTokens, decodeToken } from '../token-words.ts'
import { SafeListUnfinishedError, SafeUnreadableError } from './errors.ts'
import { askPages, listDelegates, unfinished } from './listings.ts'
import { type Addresses, decodePerson } from './parts.ts'
import { read } from './recognise.ts'

/** Pairs of a delegate and a token; each is a read. */
const maximumPairs = 500
const coin: Address = '0x0000000000000000000000000000000000000000'

type Pair = { readonly module: Address; readonly delegate: Address; readonly token: Address }
type Of = { readonly account: Address; readonly modules: readonly Address[] }

const tokensOf = (account: Address, { module, delegate }: Omit<Pair, 'token'>) =>
  safeCall(module, 'getTokens(address,address)', account, delegate)
const limitOf = (account: Address, { module, delegate, token }: Pair) =>
  safeCall(module, 'getTokenAllowance(address,address,address)', account, delegate, token)

/** The answers about limits, of those modules that are an AllowanceModule. */
export async function askSpending(
  at: WordsAt,
  { account, modules, known }: Of & { readonly known: Answers },
): Promise<Answers> {
  const { rpc } = at
  const block = at.chain.block.number
  const of = { account, modules }
  const limiting = modules.filter(isAllowanceModule)
  const listed = await askPages((answers) => limiting.map((module) => listDelegates(answers, { account, module })), {
    rpc,
    block,
    known,
  })
  const calls = delegatesOf(listed, of).map((one) => tokensOf(account, one))
  const named = await askWhole(rpc, { calls, block, known: listed })
  const pairs = pairsOf(named, of).pairs
  const limits = await askWhole(rpc, { calls: pairs.map((pair) => limitOf(account, pair)), block, known: named })
  const tokens = [...new Set(pairs.map(({ token }) => token))].filter((token) => token !== coin)
  return askTokens(at, { tokens, known: limits })
}

export function spendingDelegates(answers: Answers, of: Of): readonly Address[] {
  return [...new Set(delegatesOf(answers, of).map(({ delegate }) => delegate))]
}

/** Limits that can still be used, in this period or a later one. */
export function decodeSpending(
  answers: Answers,
  { account, modules, addresses }: Of & { readonly addresses: Addresses },
): { readonly limits: readonly SpendingLimit[]; readonly missing: readonly Missing[] } {
  const about = 'spending-limit'
  const { pairs, missing: unread } = pairsOf(answers, { account, modules })
  const missing = [...unread]
  const limits = pairs.flatMap((pair): readonly SpendingLimit[] => {
    const found = read(answers, limitOf(account, pair), readLimit)
    if (found.status !== 'ok') {
      const error = found.status === 'failed' ? found.error : toFactError(new SafeUnreadableError())
      missing.push({ about, contract: pair.module, error })
      return []
    }
    const { amount, spent, periodMinutes } = found.value
    if (amount === 0n || (spent >= amount && periodMinutes === 0)) return []
    const token = pair.token === coin ? null : decodeToken(answers, { address: pair.token, otherwise: 'erc20' })
    missing.push(...(token?.missing ?? []))
    return [
      {
        module: pair.module,
        delegate: decodePerson(pair.delegate, addresses),
        token: token?.token ?? null,
        ...found.value,
      },
    ]
  })
  return { limits, missing }
}

function delegatesOf(answers: Answers, { account, modules }: Of): readonly Omit<Pair, 'token'>[] {
  return modules
    .filter(isAllowanceModule)
    .flatMap((module) => listDelegates(answers, { account, module }).items.map((delegate) => ({ module, delegate })))
}

function pairsOf(answers: Answers, { account, modules }: Of): { readonly pairs: readonly Pair[]; missing: Missing[] } {
  const about = 'spending-limit'
  const missing = modules.filter(isAllowanceModule).flatMap((module): readonly Missing[] => {
    const error = unfinished(listDelegates(answers, { account, module }))
    return error === null ? [] : [{ about, contract: module, error }]
  })
  const pairs = delegatesOf(answers, { account, modules }).flatMap((one): readonly Pair[] => {
    const tokens = read(answers, tokensOf(account, one), readAddresses)
    if (tokens.status === 'ok') return tokens.value.map((token) => ({ ...one, token }))
    const error = tokens.status === 'failed' ? tokens.error : toFactError(new SafeUnreadableError())
    missing.push({ about, contract: one.module, error })
    return []
  })
  if (pairs.length > maximumPairs)
    missing.push({ about, error: toFactError(new SafeListUnfinishedError(maximumPairs)) })
  return { pairs: pairs.slice(0, maximumPairs), missing: [...missing] }
}

/** Amount, spent, minutes of a period, when the period began, signatures used. */
function readLimit(data: `0x${string}`): Pick<SpendingLimit, 'amount' | 'spent' | 'periodMinutes'> | null {
  const [amount, spent, minutes] = [readNumber(data, 0), readNumber(data, 1), readNumber(data, 2)]
  if (amount === null || spent === null || minutes === null || minutes > 0xffffn) return null
  return { amount, spent, periodMinutes: Number(minutes) }
}
