/** One reading each: the question as JSON-RPC has it, and the answer in words, both by ethers' own coders. */
import { FunctionFragment, Interface, type ParamType } from 'ethers/abi'
import { keccak256 } from 'ethers/crypto'
import { dataLength, getBigInt, getNumber, hexlify, toBeHex, toQuantity } from 'ethers/utils'
import type { ReadMethod } from '../core/rpc.ts'
import type { Reading, SecondAnswer } from '../core/second-opinion.ts'

type Ask = (method: ReadMethod, params: readonly unknown[]) => Promise<unknown>
type ReadingOf<Kind extends Reading['kind']> = Extract<Reading, { kind: Kind }>

/** Throws what `ask` throws, and ethers' errors for an answer that is not what the method returns. */
export async function answerReading(reading: Reading, ask: Ask): Promise<SecondAnswer> {
  switch (reading.kind) {
    case 'call':
      return answerCall(reading, ask)
    case 'balance':
      return number(await ask('eth_getBalance', [reading.address, toQuantity(reading.block)]))
    case 'nonce':
      return number(await ask('eth_getTransactionCount', [reading.address, toQuantity(reading.block)]))
    case 'code':
    case 'code-hash':
      return code(await ask('eth_getCode', [reading.address, toQuantity(reading.block)]), reading.kind)
    case 'storage': {
      const { address, slot, block } = reading
      return value(toBeHex(getBigInt(text(await ask('eth_getStorageAt', [address, slot, toQuantity(block)]))), 32))
    }
    case 'chain-id':
      return number(await ask('eth_chainId', []))
    case 'block':
    case 'block-time':
      return answerBlock(reading, ask)
    case 'next-base-fee':
      return answerFee(reading, ask)
    case 'log':
      return answerLog(reading, ask)
    case 'transaction':
      return answerTransaction(reading, ask)
    default:
      return reading satisfies never
  }
}

const value = (words: string): SecondAnswer => ({ kind: 'value', value: words })
const number = (reply: unknown): SecondAnswer => value(String(getBigInt(text(reply))))

async function answerCall({ to, block, arguments: given, ...reading }: ReadingOf<'call'>, ask: Ask) {
  // Made apart: of a text that is no function, an Interface would only print a warning.
  const fragment = FunctionFragment.from(`function ${reading.function} view returns (${reading.returns})`)
  const contract = new Interface([fragment])
  const input = fragment.inputs.map((type, index) => argumentOf(type, given[index]))
  const data = contract.encodeFunctionData(fragment, input)
  const reply = text(await ask('eth_call', [{ to, data }, toQuantity(block)]))
  if (reply === '0x') return { kind: 'empty' } as const
  return value(contract.decodeFunctionResult(fragment, reply).map(wordsOf).join(', '))
}

function argumentOf({ baseType }: ParamType, given: string | undefined): string | boolean {
  if (given === undefined) throw new Error('an argument is missing')
  return baseType === 'bool' ? given === 'true' : given
}

/** Digits, an address, true; the items of a list with commas. */
function wordsOf(decoded: unknown): string {
  return Array.isArray(decoded) ? decoded.map(wordsOf).join(', ') : String(decoded)
}

/** An EIP-7702 designator: 0xef0100 and an address. */
const designatorBytes = 23

function code(reply: unknown, kind: 'code' | 'code-hash'): SecondAnswer {
  const bytes = hexlify(text(reply))
  const isShown = kind === 'code' && dataLength(bytes) <= designatorBytes
  return value(isShown ? bytes : `keccak256 ${keccak256(bytes)}`)
}

async function answerBlock({ kind, block }: ReadingOf<'block' | 'block-time'>, ask: Ask): Promise<SecondAnswer> {
  const tag = block === 'latest' ? block : toQuantity(block)
  const reply = await ask('eth_getBlockByNumber', [tag, false])
  if (reply === null) return { kind: 'absent' }
  const time = String(getNumber(text(fieldOf(reply, 'timestamp'))))
  if (kind === 'block-time') return value(time)
  const height = getBigInt(text(fieldOf(reply, 'number')))
  return value([String(height), hexlify(text(fieldOf(reply, 'hash'))), time].join(', '))
}

async function answerFee({ block }: ReadingOf<'next-base-fee'>, ask: Ask): Promise<SecondAnswer> {
  const reply = await ask('eth_feeHistory', ['0x1', toQuantity(block), []])
  const fees = fieldOf(reply, 'baseFeePerGas')
  return number(Array.isArray(fees) ? fees.at(-1) : undefined)
}

async function answerLog({ transaction, index }: ReadingOf<'log'>, ask: Ask): Promise<SecondAnswer> {
  const receipt = await ask('eth_getTransactionReceipt', [transaction])
  if (receipt === null) return { kind: 'absent' }
  const logs = fieldOf(receipt, 'logs')
  if (!Array.isArray(logs)) throw new Error('no list of logs')
  const log = logs.find((item) => getNumber(text(fieldOf(item, 'logIndex'))) === index)
  return log === undefined ? { kind: 'empty' } : number(fieldOf(log, 'blockNumber'))
}

async function answerTransaction({ hash }: ReadingOf<'transaction'>, ask: Ask): Promise<SecondAnswer> {
  const reply = await ask('eth_getTransactionByHash', [hash])
  if (reply === null) return { kind: 'absent' }
  const block = fieldOf(reply, 'blockNumber')
  return block === null || block === undefined ? value('pending') : number(block)
}

function text(reply: unknown): string {
  if (typeof reply !== 'string') throw new Error('not a text')
  return reply
}

function fieldOf(reply: unknown, name: string): unknown {
  if (typeof reply !== 'object' || reply === null) throw new Error('not an object')
  return (reply as Readonly<Record<string, unknown>>)[name] // an object: any field may be looked at
}
