/** Transactions and receipts as JSON-RPC gives them, checked field by field. */
import type { Address, Hex } from 'viem'
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { address, bytes, count, fields, hash32, list, MalformedReplyError, quantity } from './rpc-reply.ts'

/** A transaction of any type, pending or mined. */
export type Transaction = {
  readonly hash: Hex
  readonly from: Address
  readonly nonce: number
  /** null when it creates a contract. */
  readonly to: Address | null
  /** Wei. */
  readonly value: bigint
  readonly gasLimit: bigint
  readonly input: Hex
  /** The block it stands in; null while it is pending. */
  readonly block: bigint | null
  /** Wei per gas. A transaction with a gas price has it in both. */
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
  /** Wei per blob gas; null without blobs. */
  readonly maxFeePerBlobGas: bigint | null
  /** Absent without blobs, and of a mined one where the node does not list them: its receipt says what they cost. */
  readonly blobGas?: bigint
  /** By which the transaction names its blobs. Absent as `blobGas` is. */
  readonly blobVersionedHashes?: readonly Hex[]
  /** EIP-2930. Absent when empty, or where the node does not give it. */
  readonly accessList?: AccessList
  readonly isLegacy: boolean
  /** EIP-7702. */
  readonly hasAuthorizations: boolean
}

export type AccessList = readonly { readonly address: Address; readonly storageKeys: readonly Hex[] }[]

export type Receipt = {
  readonly block: bigint
  readonly gasUsed: bigint
  /** Wei per gas. */
  readonly effectiveGasPrice: bigint
  /** Wei on top of `gasUsed × effectiveGasPrice`. */
  readonly dataFee: bigint
  /** Gas of `gasUsed` that paid for data on the parent chain; absent where the chain does not count it. */
  readonly dataGas?: bigint
  /** Wei for blobs, on top; absent without blobs. */
  readonly blobFee?: bigint
  /** Wei that an OP Stack chain charges for itself, on top; absent where it charges none. */
  readonly operatorFee?: bigint
  readonly succeeded: boolean
}

/** Blocks before Byzantium (October 2017 on Ethereum) recorded a state root instead of success or failure. */
export class ReceiptWithoutStatusError extends CheckupError {
  constructor(hash: Hex) {
    super('receipt-without-status', {
      message: `The receipt of ${hash} does not say whether the transaction succeeded.`,
      data: { transaction: value.hash(hash) },
    })
  }
}

export function decodeTransaction(reply: unknown): Transaction {
  const transaction = fields(reply, 'a transaction')
  return {
    hash: hash32(transaction.hash, 'the hash of a transaction'),
    from: address(transaction.from, 'the sender of a transaction'),
    nonce: count(transaction.nonce, 'the nonce of a transaction'),
    to: isAbsent(transaction.to) ? null : address(transaction.to, 'the receiver of a transaction'),
    value: quantity(transaction.value, 'the value of a transaction'),
    gasLimit: quantity(transaction.gas, 'the gas limit of a transaction'),
    input: bytes(transaction.input, 'the input of a transaction'),
    block: isAbsent(transaction.blockNumber)
      ? null
      : quantity(transaction.blockNumber, 'the block number of a transaction'),
    ...decodeFees(transaction),
    ...decodeBlobs(transaction),
    ...decodeAccessList(transaction),
    hasAuthorizations: hasAuthorizations(transaction),
  }
}

/** Types 0 (legacy) and 1 (EIP-2930) have a gas price; 2 (EIP-1559), 3 (EIP-4844) and 4 (EIP-7702) have fee limits. */
function decodeFees(transaction: Readonly<Record<string, unknown>>) {
  const type = isAbsent(transaction.type) ? null : count(transaction.type, 'the type of a transaction')
  // Roll-ups have types of their own, and old nodes give none: those show by their fields which kind of fee they have.
  const isLegacy = type === 0 || type === 1 || (isUnknownType(type) && isAbsent(transaction.maxFeePerGas))
  if (isLegacy) {
    const gasPrice = quantity(transaction.gasPrice, 'the gas price of a transaction')
    return { maxFeePerGas: gasPrice, maxPriorityFeePerGas: gasPrice, maxFeePerBlobGas: null, isLegacy }
  }
  return {
    maxFeePerGas: quantity(transaction.maxFeePerGas, 'the max fee of a transaction'),
    maxPriorityFeePerGas: quantity(transaction.maxPriorityFeePerGas, 'the priority fee of a transaction'),
    maxFeePerBlobGas: type === 3 ? quantity(transaction.maxFeePerBlobGas, 'the blob fee of a transaction') : null,
    isLegacy,
  }
}

/** EIP-4844: a blob is of one size, and each has a hash. */
export const gasPerBlob = 131_072n

/** What a pending one may cost cannot be told without its blobs, of which it has one at least. */
function decodeBlobs(
  transaction: Readonly<Record<string, unknown>>,
): Pick<Transaction, 'blobGas' | 'blobVersionedHashes'> {
  const { type, blobVersionedHashes, blockNumber } = transaction
  const isPending = isAbsent(blockNumber)
  if (type !== '0x3' || (isAbsent(blobVersionedHashes) && !isPending)) return {}
  const hashes = list(blobVersionedHashes, 'the blobs of a transaction')
  if (hashes.length === 0 && isPending) throw new MalformedReplyError('the blobs of a transaction')
  return {
    blobGas: BigInt(hashes.length) * gasPerBlob,
    blobVersionedHashes: hashes.map((hash) => hash32(hash, 'the hash of a blob')),
  }
}

function decodeAccessList({ accessList }: Readonly<Record<string, unknown>>): Pick<Transaction, 'accessList'> {
  if (isAbsent(accessList)) return {}
  const entries = list(accessList, 'the access list of a transaction').map((entry) => {
    const { address: of, storageKeys } = fields(entry, 'an access list')
    return {
      address: address(of, 'the address of an access list'),
      storageKeys: list(storageKeys, 'the keys of an access list').map((key) => hash32(key, 'a key of an access list')),
    }
  })
  return entries.length === 0 ? {} : { accessList: entries }
}

/** A transaction of type 4 is invalid without one, so a node that leaves the list out means the same. */
function hasAuthorizations({ type, authorizationList }: Readonly<Record<string, unknown>>): boolean {
  return type === '0x4' || (Array.isArray(authorizationList) && authorizationList.length > 0)
}

function isUnknownType(type: number | null): boolean {
  return type === null || type > 4
}

/** @throws ReceiptWithoutStatusError for a receipt older than Byzantium */
export function decodeReceipt(reply: unknown, transaction: Pick<Transaction, 'hash' | 'block'>): Receipt {
  const receipt = fields(reply, 'a receipt')
  const hash = hash32(receipt.transactionHash, 'the transaction of a receipt')
  const block = quantity(receipt.blockNumber, 'the block of a receipt')
  if (hash !== transaction.hash || block !== transaction.block) throw new MalformedReplyError('a receipt')
  if (isAbsent(receipt.status)) throw new ReceiptWithoutStatusError(hash)
  const status = count(receipt.status, 'the status of a receipt')
  if (status > 1) throw new MalformedReplyError('the status of a receipt')
  const gasUsed = quantity(receipt.gasUsed, 'the gas used in a receipt')
  return {
    block,
    gasUsed,
    effectiveGasPrice: quantity(receipt.effectiveGasPrice, 'the gas price in a receipt'),
    // OP-stack chains and Scroll charge l1Fee on top. Arbitrum's gasUsed already holds its gasUsedForL1.
    dataFee: isAbsent(receipt.l1Fee) ? 0n : quantity(receipt.l1Fee, 'the data fee in a receipt'),
    ...(!isAbsent(receipt.gasUsedForL1) && { dataGas: quantity(receipt.gasUsedForL1, 'the data gas in a receipt') }),
    ...decodeBlobFee(receipt),
    ...decodeOperatorFee(receipt, gasUsed),
    succeeded: status === 1,
  }
}

/** Some nodes count the blob gas of every transaction, and give a price only to those that have some. */
function decodeBlobFee(receipt: Readonly<Record<string, unknown>>): Pick<Receipt, 'blobFee'> {
  const { blobGasUsed, blobGasPrice } = receipt
  // OP Stack chains have no blobs: since Jovian this field says there how much of a block the data takes, and costs nothing.
  if (isAbsent(blobGasUsed) || isSinceJovian(receipt)) return {}
  const used = quantity(blobGasUsed, 'the blob gas in a receipt')
  return { blobFee: used === 0n ? 0n : used * quantity(blobGasPrice, 'the blob gas price in a receipt') }
}

/**
 * What an OP Stack chain charges by gas and once, since Isthmus; Jovian made the first part 10^8 times as large.
 * https://specs.optimism.io/protocol/jovian/exec-engine.html#operator-fee
 */
function decodeOperatorFee(receipt: Readonly<Record<string, unknown>>, gasUsed: bigint): Pick<Receipt, 'operatorFee'> {
  const { operatorFeeScalar, operatorFeeConstant } = receipt
  // What comes from the parent chain as a deposit (type 126) pays there.
  const isCharged = !(isAbsent(operatorFeeScalar) && isAbsent(operatorFeeConstant)) && receipt.type !== '0x7e'
  if (!isCharged) return {}
  const scalar = isAbsent(operatorFeeScalar) ? 0n : quantity(operatorFeeScalar, 'the operator fee in a receipt')
  const constant = isAbsent(operatorFeeConstant) ? 0n : quantity(operatorFeeConstant, 'the operator fee in a receipt')
  const byGas = isSinceJovian(receipt) ? gasUsed * scalar * 100n : (gasUsed * scalar) / 1_000_000n
  return { operatorFee: byGas + constant }
}

/** Receipts name this scalar since then. */
function isSinceJovian({ daFootprintGasScalar }: Readonly<Record<string, unknown>>): boolean {
  return !isAbsent(daFootprintGasScalar)
}

function isAbsent(field: unknown): field is null | undefined {
  return field === null || field === undefined
}
