/**
 * Symbols and names of the tokens on a list, read once by the runs of a week. What any other token calls itself is read at the pinned
 * block of each run: it may change to deceive, and rules judge by it. A listed one changes seldom, and is only labelled by its words.
 * What is kept is what it said at one block: that counts for later blocks of the same chain only, and for a week of that chain's time.
 * Decimals and the standard are read in each run, at no request of their own.
 */
import type { Address, Hex } from 'viem'
import { numberToHex } from 'viem/utils'
import type { CollectContext, CollectOptions } from '../core/collector.ts'
import type { BlockRef, ChainFacts } from '../core/facts.ts'
import type { RpcClient } from '../core/rpc.ts'
import { readCall } from '../domain/token-calls.ts'
import { longestTextBytes, readTokenText } from '../domain/token-text.ts'
import { type Answers, answersOf, answerTo, ask, wasAsked } from './answers.ts'
import { listedTokens } from './listed-tokens.ts'
import { headerAt } from './logs/chain-identity.ts'

export type WordsAt = Pick<CollectContext, 'rpc' | 'store'> & {
  readonly chain: Pick<ChainFacts, 'chainId' | 'block'>
  readonly options: Pick<CollectOptions, 'tokenLists'>
}
type Words = { readonly symbol: Hex; readonly name: Hex }
/** `block`: where they were read. */
type Kept = Words & { readonly token: Address; readonly block: BlockRef }
type Asked = { readonly rpc: RpcClient; readonly pinned: BlockRef }

const freshSeconds = 7 * 24 * 3600
/** Each costs a request. Where there are more, the words of the others are read anew together, and are then all of one block. */
const mostBlocks = 4

export const symbolOf = (token: Address) => readCall(token, 'symbol()')
export const nameOf = (token: Address) => readCall(token, 'name()')

/** Asks for the symbol and the name of those tokens of which nothing is kept that counts. */
export async function askWords(at: WordsAt, tokens: readonly Address[]): Promise<Answers> {
  const listed = listedTokens(at.options.tokenLists, at.chain.chainId)
  const steady = tokens.filter((token) => listed.has(token.toLowerCase()))
  const kept = await loadWords(at, steady)
  const calls = tokens.flatMap((token) => [symbolOf(token), nameOf(token)])
  const answers = await ask(at.rpc, { calls, block: at.chain.block.number, known: kept })
  const fresh = steady.filter((token) => !wasAsked(kept, symbolOf(token)))
  await Promise.all(fresh.map((token) => keepWords(at, token, answers)))
  return answers
}

async function loadWords({ rpc, store, chain }: WordsAt, tokens: readonly Address[]): Promise<Answers> {
  if (store === null) return new Map()
  const found = await Promise.all(
    tokens.map(async (token) => {
      const words = decodeWords(await store.immutable.get(keyOf(chain.chainId, token)))
      return words !== null && isFresh(words.block, chain.block) ? [{ token, ...words }] : []
    }),
  )
  const kept = await onSameChain({ rpc, pinned: chain.block }, found.flat())
  return answersOf(
    kept.flatMap(({ token, symbol, name }) => [
      [symbolOf(token), { status: 'ok', data: symbol }],
      [nameOf(token), { status: 'ok', data: name }],
    ]),
  )
}

function isFresh(block: BlockRef, pinned: BlockRef): boolean {
  return block.number <= pinned.number && pinned.timestamp - block.timestamp < freshSeconds
}

/** Another chain may have the same id, a development chain begin anew, and a block be replaced. What cannot be told does not count. */
async function onSameChain(asked: Asked, kept: readonly Kept[]): Promise<readonly Kept[]> {
  const groups = new Map<Hex, { readonly block: BlockRef; readonly kept: Kept[] }>()
  for (const each of kept) {
    const group = groups.get(each.block.hash) ?? { block: each.block, kept: [] }
    group.kept.push(each)
    groups.set(each.block.hash, group)
  }
  const bySize = [...groups.values()].sort((one, other) => other.kept.length - one.kept.length)
  const chosen = bySize.slice(0, bySize.length > mostBlocks ? mostBlocks - 1 : mostBlocks)
  const checked = await Promise.all(
    chosen.map(async (group) => ((await isBelow(asked, group.block)) ? group.kept : [])),
  )
  return checked.flat()
}

/** What is known of the blocks below a pinned one: several collectors of a run ask about the same. */
const lookedUp = new WeakMap<RpcClient, { readonly pinned: Hex; readonly blocks: Map<Hex, Promise<boolean>> }>()

function isBelow({ rpc, pinned }: Asked, block: BlockRef): Promise<boolean> {
  const earlier = lookedUp.get(rpc)
  const { blocks } = earlier?.pinned === pinned.hash ? earlier : { blocks: new Map<Hex, Promise<boolean>>() }
  lookedUp.set(rpc, { pinned: pinned.hash, blocks })
  const answer = blocks.get(block.hash) ?? lookUp({ rpc, pinned }, block)
  blocks.set(block.hash, answer)
  return answer
}

async function lookUp({ rpc, pinned }: Asked, { number, hash }: BlockRef): Promise<boolean> {
  const there = number === pinned.number ? pinned : await headerAt(rpc, numberToHex(number))
  return there?.number === number && there.hash === hash
}

/** Keeps what a token says of itself where it says both, readable and no longer than a reader is shown. */
async function keepWords({ store, chain }: WordsAt, token: Address, answers: Answers): Promise<void> {
  const [symbol, name] = [symbolOf(token), nameOf(token)].map((call) => {
    const answer = answerTo(answers, call)
    return answer.status === 'ok' && isWord(answer.data) ? answer.data : null
  })
  if (store === null || symbol == null || name == null) return
  const { number, hash, timestamp } = chain.block
  const key = keyOf(chain.chainId, token)
  const before = decodeWords(await store.immutable.get(key))
  // A run may look at an older block.
  if (before !== null && before.block.number > number) return
  await store.immutable.put(key, [number, hash, timestamp, symbol, name].join(' '))
}

function isWord(data: Hex): boolean {
  return data.length <= 2 + 2 * longestTextBytes && readTokenText(data) !== null
}

const pattern = /^(\d{1,15}) (0x[0-9a-f]{64}) (\d{1,12}) (0x[0-9a-f]+) (0x[0-9a-f]+)$/

/** null for what somebody else wrote there. */
function decodeWords(text: string | null): (Words & { readonly block: BlockRef }) | null {
  const [, number, hash, timestamp, symbol, name] = pattern.exec(text ?? '') ?? []
  if (number === undefined || hash === undefined || symbol === undefined || name === undefined) return null
  const block = { number: BigInt(number), hash: hash as Hex, timestamp: Number(timestamp) } // matched above
  const words = { symbol: symbol as Hex, name: name as Hex } // matched above
  return isWord(words.symbol) && isWord(words.name) ? { block, ...words } : null
}

function keyOf(chainId: number, token: Address): string {
  return `words ${chainId} ${token.toLowerCase()}`
}
