/** Reads the answers of an SQD portal: one JSON object a line, one line a block. Pure. */
import { fields, hash32, list, MalformedReplyError } from '../domain/rpc-reply.ts'
import { HttpStatusError, InvalidReplyError } from '../rpc/errors.ts'
import type { HttpReply } from '../rpc/transport.ts'
import { SourceRefusedError } from './errors.ts'
import { isElsewhere, type Speaker } from './explorer-reply.ts'
import type { Row } from './rows.ts'

export type PortalBlock = {
  readonly number: bigint
  readonly hash: string
  /** In the shape of a node's logs. */
  readonly logs: readonly Row[]
}

const method = 'getLogs'

/**
 * The blocks of a stream, oldest first; null when the portal has none of those asked for (204). It names the first and the
 * last block that it looked at, and may end before the last one asked for. Throws `SourceRefusedError`, `HttpStatusError`, `InvalidReplyError`.
 */
export function readBlocks(reply: HttpReply, speaker: Speaker): readonly PortalBlock[] | null {
  if (reply.status === 204) return null
  if (reply.status !== 200) throw refusal(reply, speaker)
  return unlessMalformed(speaker, () => {
    const lines = reply.body.split('\n').filter((line) => line.trim() !== '')
    const blocks = lines.map((line) => readBlock(JSON.parse(line)))
    const isSorted = blocks.every(({ number }, index) => index === 0 || number > (blocks[index - 1]?.number ?? number))
    if (!isSorted || blocks.length === 0) throw new MalformedReplyError('a stream of blocks')
    return blocks
  })
}

/** The first block of the data set; null when the portal does not say. Throws as `readBlocks`. */
export function readFirstBlock(reply: HttpReply, speaker: Speaker): bigint | null {
  if (reply.status !== 200) throw refusal(reply, speaker)
  return unlessMalformed(speaker, () => {
    const { start_block: first } = fields(JSON.parse(reply.body), 'metadata')
    return first === undefined || first === null ? null : BigInt(integer(first, 'a first block'))
  })
}

function readBlock(line: unknown): PortalBlock {
  const block = fields(line, 'a block')
  const header = fields(block.header, 'the header of a block')
  const number = integer(header.number, 'the number of a block')
  const hash = hash32(header.hash, 'the hash of a block')
  const logs = block.logs === undefined ? [] : list(block.logs, 'the logs of a block')
  return { number: BigInt(number), hash, logs: logs.map((log) => asNodeLog(fields(log, 'a log'), { number, hash })) }
}

function asNodeLog(log: Row, { number, hash }: { readonly number: number; readonly hash: string }): Row {
  const index = integer(log.logIndex, 'the index of a log')
  return { ...log, logIndex: `0x${index.toString(16)}`, blockNumber: `0x${number.toString(16)}`, blockHash: hash }
}

function integer(number: unknown, what: string): number {
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) throw new MalformedReplyError(what)
  return number
}

function unlessMalformed<Value>({ host }: Speaker, read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof MalformedReplyError || cause instanceof SyntaxError) {
      throw new InvalidReplyError({ host, method }, 'stream')
    }
    throw cause
  }
}

/** Refusals are plain text, or JSON with the text in `error`, of whatever shape. A page for people is of what stands in front. */
function refusal({ status, body }: HttpReply, { host, quote }: Speaker): Error {
  const words = body.trim()
  if (isElsewhere(status) || /^(?:<|$)/.test(words)) return new HttpStatusError({ host, method }, status)
  return new SourceRefusedError(host, `HTTP ${status} ${quote(words)}`)
}
