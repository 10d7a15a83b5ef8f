/** What a block says about one account's nonces. */
import type { Address, Hex } from 'viem'
import { concatHex, getContractAddress, hashAuthorization, isHex, numberToHex } from 'viem/utils'
import { address, bytes, count, fields, hash32, list, MalformedReplyError, quantity } from '../../domain/rpc-reply.ts'
import { readAddress } from '../../domain/token-calls.ts'
import { decodeTransaction, type Transaction } from '../../domain/transaction.ts'
import { attempt } from '../attempt.ts'
import type { RaisedNonce, Search } from './search.ts'

type Row = Readonly<Record<string, unknown>>

export type BlockContent = {
  /** The account's own transactions in a block. */
  readonly own: readonly Transaction[]
  /** EIP-7702 authorisations in the block, whoever signed them. */
  readonly authorizations: readonly { readonly nonce: number; readonly row: Row }[]
}

export async function readContent({ blocks, account }: Search, number: bigint): Promise<BlockContent> {
  const reply = fields(await blocks.whole(number), 'eth_getBlockByNumber')
  if (quantity(reply.number, 'the number of a block') !== number) throw new MalformedReplyError('the number of a block')
  const all = list(reply.transactions, 'the transactions of a block').map((item) => fields(item, 'a transaction'))
  const own = all.filter(({ from }) => typeof from === 'string' && from.toLowerCase() === account.toLowerCase())
  return { own: own.map(decodeTransaction), authorizations: all.flatMap(authorizationsIn) }
}

function authorizationsIn({ authorizationList }: Row): BlockContent['authorizations'] {
  if (!Array.isArray(authorizationList)) return []
  return authorizationList.map((authorization) => {
    const row = fields(authorization, 'an authorisation')
    return { nonce: count(row.nonce, 'the nonce of an authorisation'), row }
  })
}

type Place = { readonly nonce: number; readonly block: bigint; readonly content: BlockContent }

/**
 * How a nonce was used up in a block without a transaction of the account: by an authorisation that its signature proves to be
 * the account's, or by a contract that stands where only this account with this nonce could have made it. `claimed`: an
 * authorisation names the nonce, and whose it is cannot be told. null: nothing explains it.
 */
export async function explainNonce(
  search: Search,
  { nonce, block, content }: Place,
): Promise<RaisedNonce['by'] | 'claimed' | null> {
  const { rpc, account } = search
  const naming = content.authorizations.filter((authorization) => authorization.nonce === nonce)
  const signers = await Promise.all(naming.map(({ row }) => signerOf(search, row)))
  if (signers.includes(account)) return 'authorisation'
  const created = getContractAddress({ from: account, nonce: BigInt(nonce) })
  const code = await attempt(rpc.request('eth_getCode', [created, numberToHex(block)]))
  if (code.status === 'answered' && isCode(code.reply)) return 'creation'
  return signers.includes(null) ? 'claimed' : null
}

/** The precompiled contract that recovers a signer from a hash. Asked of the node, so that no code that could sign is part of this program. */
const recovery: Address = '0x0000000000000000000000000000000000000001'

/** The account that signed an authorisation; null when it does not say enough, or the node does not tell. */
async function signerOf({ rpc, block }: Search, row: Row): Promise<Address | null> {
  const data = recoveryOf(row)
  if (data === null) return null
  const answer = await attempt(rpc.request('eth_call', [{ to: recovery, data }, numberToHex(block)]))
  return answer.status === 'answered' && typeof answer.reply === 'string' && isHex(answer.reply)
    ? readAddress(answer.reply)
    : null
}

function recoveryOf(row: Row): Hex | null {
  try {
    const hash = hashAuthorization({
      address: address(row.address, 'the delegate of an authorisation'),
      chainId: count(row.chainId, 'the chain of an authorisation'),
      nonce: count(row.nonce, 'the nonce of an authorisation'),
    })
    const parity = count(row.yParity ?? row.v, 'the parity of an authorisation')
    return concatHex([hash, numberToHex(parity < 27 ? parity + 27 : parity, { size: 32 }), word(row.r), word(row.s)])
  } catch {
    return null // it names a nonce, and that is all that is known of it
  }
}

function word(reply: unknown): Hex {
  return hash32(numberToHex(quantity(reply, 'a signature'), { size: 32 }), 'a signature')
}

function isCode(reply: unknown): boolean {
  return typeof reply === 'string' && bytes(reply, 'eth_getCode') !== '0x'
}
