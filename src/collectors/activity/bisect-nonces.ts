/**
 * Finds transactions on a node that has past state and no index by sender: the account's nonce at past blocks says in which
 * block each transaction stands.
 */
import { numberToHex } from 'viem/utils'
import { toFactError } from '../../core/errors.ts'
import { count, fields, list, MalformedReplyError, quantity } from '../../domain/rpc-reply.ts'
import { decodeTransaction, type Transaction } from '../../domain/transaction.ts'
import { assertMined, type Found, type MinedTransaction, newestNonces, noncesIn, type Search } from './search.ts'

type Bisection = Search & {
  /** The account's next nonce after a block, as far as asked. */
  readonly probes: Map<bigint, number>
  readonly blocks: Map<bigint, BlockContent>
}

type BlockContent = {
  /** The account's own transactions in a block. */
  readonly own: readonly Transaction[]
  /** Nonces that EIP-7702 authorisations in the block name, whoever signed them. */
  readonly authorized: ReadonlySet<number>
}

/** Never throws: what was found before a refusal is kept. */
export async function bisectNonces(search: Search, size: number): Promise<Found> {
  const nonceRange = newestNonces(search.nextNonce, size)
  const bisection: Bisection = { ...search, probes: new Map([[search.block, search.nextNonce]]), blocks: new Map() }
  const transactions = new Map<number, MinedTransaction>()
  const unused: number[] = []
  try {
    for (const nonce of noncesIn(nonceRange)) {
      const block = await findBlock(bisection, nonce)
      const { own, authorized } = await readContent(bisection, block)
      const found = own.find((transaction) => transaction.nonce === nonce)
      if (found !== undefined) transactions.set(nonce, assertMined(found, search))
      // An authorisation that the account signed raises its nonce, in a transaction that somebody else may send.
      else if (authorized.has(nonce)) unused.push(nonce)
    }
  } catch (error) {
    return { nonceRange, transactions, unused, failure: toFactError(error) }
  }
  return { nonceRange, transactions, unused, failure: null }
}

/** The first block after which the account's next nonce is above `nonce`. */
async function findBlock(bisection: Bisection, nonce: number): Promise<bigint> {
  let below = await findBelow(bisection, nonce)
  let above = nearestAbove(bisection, nonce)
  while (above - below > 1n) {
    const middle = (above + below) / 2n
    if ((await probe(bisection, middle)) > nonce) above = middle
    else below = middle
  }
  return above
}

/**
 * A block after which the nonce was not used yet. Searched backwards in doubling steps: recent transactions cost few
 * questions, and a node without old state still finds them.
 */
async function findBelow(bisection: Bisection, nonce: number): Promise<bigint> {
  const known = nearestBelow(bisection, nonce)
  if (known !== null) return known
  const above = nearestAbove(bisection, nonce)
  for (let step = 1n; step < above; step *= 2n) {
    if ((await probe(bisection, above - step)) <= nonce) return above - step
  }
  if ((await probe(bisection, 0n)) <= nonce) return 0n
  // Nobody sent anything before the first block: this node gives the newest nonce for every block.
  throw new MalformedReplyError('eth_getTransactionCount of the first block')
}

function nearestAbove({ probes, block }: Bisection, nonce: number): bigint {
  return [...probes].reduce((nearest, [number, next]) => (next > nonce && number < nearest ? number : nearest), block)
}

function nearestBelow({ probes }: Bisection, nonce: number): bigint | null {
  const below = [...probes].flatMap(([number, next]) => (next <= nonce ? [number] : []))
  return below.reduce<bigint | null>(
    (nearest, number) => (nearest === null || number > nearest ? number : nearest),
    null,
  )
}

async function probe({ rpc, account, probes }: Bisection, block: bigint): Promise<number> {
  const known = probes.get(block)
  if (known !== undefined) return known
  const reply = await rpc.request('eth_getTransactionCount', [account, numberToHex(block)])
  const next = count(reply, 'eth_getTransactionCount')
  // A nonce never falls: an endpoint whose answers say so mixes two chains, or makes them up.
  const contradicts = [...probes].some(([number, other]) => (number < block ? other > next : other < next))
  if (contradicts) throw new MalformedReplyError('eth_getTransactionCount')
  probes.set(block, next)
  return next
}

async function readContent({ rpc, account, blocks }: Bisection, number: bigint): Promise<BlockContent> {
  const known = blocks.get(number)
  if (known !== undefined) return known
  const reply = fields(await rpc.request('eth_getBlockByNumber', [numberToHex(number), true]), 'eth_getBlockByNumber')
  if (quantity(reply.number, 'the number of a block') !== number) throw new MalformedReplyError('the number of a block')
  const all = list(reply.transactions, 'the transactions of a block').map((item) => fields(item, 'a transaction'))
  const own = all.filter(({ from }) => typeof from === 'string' && from.toLowerCase() === account.toLowerCase())
  const content = { own: own.map(decodeTransaction), authorized: new Set(all.flatMap(authorizedNonces)) }
  blocks.set(number, content)
  return content
}

function authorizedNonces({ authorizationList }: Readonly<Record<string, unknown>>): readonly number[] {
  if (!Array.isArray(authorizationList)) return []
  return authorizationList.map((authorization) =>
    count(fields(authorization, 'an authorisation').nonce, 'the nonce of an authorisation'),
  )
}
