/** What tokens say of themselves, and which standard they follow. Shared by holdings and grants. */
import type { Address } from 'viem'
import type { Missing, Token } from '../core/facts.ts'
import { interfaceIds, type ReadCall, readCall, readNumber } from '../domain/token-calls.ts'
import { readDecimals, readTokenText } from '../domain/token-text.ts'
import type { CallResult } from '../rpc/read-contracts.ts'
import { type Answers, answerTo, ask, wasAsked } from './answers.ts'
import { askWords, nameOf, symbolOf, type WordsAt } from './kept-words.ts'

const decimalsOf = (token: Address) => readCall(token, 'decimals()')
const supports = (token: Address, standard: keyof typeof interfaceIds) =>
  readCall(token, 'supportsInterface(bytes4)', { interfaceId: interfaceIds[standard] })

/** Asks every token for its words; those that know ERC-165 also for the rest of their standard. */
export async function askTokens(
  at: WordsAt,
  { tokens, known }: { tokens: readonly Address[]; known: Answers },
): Promise<Answers> {
  const { rpc, chain } = at
  const block = chain.block.number
  const first = tokens.flatMap((token) => [decimalsOf(token), supports(token, 'erc721')])
  const [words, state] = await Promise.all([askWords(at, tokens), ask(rpc, { calls: first, block, known })])
  const answers = new Map([...state, ...words])
  const second = tokens
    .filter((token) => answerTo(answers, supports(token, 'erc721')).status === 'ok')
    .flatMap((token) => [supports(token, 'none'), supports(token, 'erc1155')])
  return ask(rpc, { calls: second, block, known: answers })
}

/** @param otherwise the standard of a token that does not name its own */
export function decodeToken(
  answers: Answers,
  { address, otherwise }: { readonly address: Address; readonly otherwise: Token['standard'] },
): { readonly token: Token; readonly missing: readonly Missing[] } {
  const asked = [symbolOf(address), nameOf(address), decimalsOf(address), ...interfaceCalls(answers, address)]
  const failed = asked.map((call) => answerTo(answers, call)).find((answer) => answer.status === 'failed')
  const [symbol, name] = [symbolOf(address), nameOf(address)].map((call) =>
    read(answerTo(answers, call), readTokenText),
  )
  return {
    token: {
      address,
      standard: standardOf(answers, address) ?? otherwise,
      symbol: symbol ?? null,
      name: name ?? null,
      decimals: read(answerTo(answers, decimalsOf(address)), readDecimals),
    },
    missing: failed === undefined ? [] : [{ about: 'token-metadata', contract: address, error: failed.error }],
  }
}

/** Whether a contract says by ERC-165 that it is an ERC-721; null when its answer could not be read. */
export function saysErc721(answers: Answers, contract: Address): boolean | null {
  const answer = answerTo(answers, supports(contract, 'erc721'))
  return answer.status === 'failed' ? null : isYes(answer)
}

export const asksErc721 = (contract: Address): ReadCall => supports(contract, 'erc721')

function interfaceCalls(answers: Answers, token: Address): readonly ReadCall[] {
  return (['erc721', 'none', 'erc1155'] as const)
    .map((id) => supports(token, id))
    .filter((call) => wasAsked(answers, call))
}

function standardOf(answers: Answers, token: Address): Token['standard'] | null {
  const says = (id: keyof typeof interfaceIds) =>
    wasAsked(answers, supports(token, id)) ? answerTo(answers, supports(token, id)) : null
  const [nft, multi, none] = [says('erc721'), says('erc1155'), says('none')]
  if ([nft, multi, none].some((answer) => answer?.status === 'failed')) return 'unknown'
  if (isYes(none)) return null
  if (isYes(nft)) return 'erc721'
  return isYes(multi) ? 'erc1155' : null
}

function isYes(answer: CallResult | null): boolean {
  return read(answer, readNumber) === 1n
}

function read<Value>(answer: CallResult | null, decode: (data: `0x${string}`) => Value | null): Value | null {
  return answer?.status === 'ok' ? decode(answer.data) : null
}
