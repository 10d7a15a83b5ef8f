import type { Address } from 'viem'
import { keccak256, stringToBytes } from 'viem/utils'
import { CheckupError } from '../core/errors.ts'
import type { Report } from '../core/report.ts'
import type { Reporter } from '../core/reporter.ts'
import { value } from '../core/value.ts'
import { formatMessage } from '../domain/format-message.ts'
import { wordsFor } from '../words/index.ts'
import { batchCalls, type FoundCall, isPerson } from './found-calls.ts'

/** `person`: no account is a contract, so none is a Safe. `several`: a batch is of one Safe on one chain. `none`: nothing to revoke. */
type Obstacle = 'person' | 'several' | 'none'

export class NoSafeBatchError extends CheckupError {
  constructor(obstacle: Obstacle) {
    super('no-safe-batch', {
      message: 'There is nothing for a Safe batch.',
      data: { obstacle: value.keyword(obstacle) },
    })
  }
}

/** The version of the Transaction Builder whose files look like this. */
const builderVersion = '1.18.0'

/**
 * The revocations as a batch for the Transaction Builder of the Safe app: only those that were seen to work, so that none of them
 * undoes the others.
 */
const safeBatch: Reporter = (report, { locale }) => {
  const { target, calls } = batchOf(report)
  const words = wordsFor(locale).batch
  const [{ call: first }] = calls
  const description = { count: value.count(calls.length), block: value.text(target.block?.number ?? '?') }
  const batch = {
    version: '1.0',
    chainId: String(first.chainId),
    createdAt: Date.parse(report.run.startedAt),
    meta: {
      name: words.name,
      description: formatMessage(words.description, description, locale),
      txBuilderVersion: builderVersion,
      createdFromSafeAddress: target.account,
      createdFromOwnerAddress: '',
    },
    transactions: calls.map(({ call: { to, value: wei, data } }) => ({
      to,
      value: wei,
      data,
      contractMethod: null,
      contractInputsValues: null,
    })),
  }
  const signed = { ...batch, meta: { ...batch.meta, checksum: checksumOf(batch) } }
  return `${JSON.stringify(signed, null, 2)}\n`
}

export default safeBatch

type Batch = { readonly target: FoundCall['target']; readonly calls: readonly [FoundCall, ...FoundCall[]] }

/** @throws NoSafeBatchError */
function batchOf(report: Report): Batch {
  const [first, ...others] = batchCalls(report).calls
  const { targets } = report.result
  const isOfPersons = targets.length > 0 && targets.every(isPerson)
  if (first === undefined) throw new NoSafeBatchError(isOfPersons ? 'person' : 'none')
  const identityOf = ({ call, target }: FoundCall): readonly [Address, number] => [target.account, call.chainId]
  if (others.some((other) => identityOf(other).join() !== identityOf(first).join()))
    throw new NoSafeBatchError('several')
  return { target: first.target, calls: [first, ...others] }
}

/** As the Transaction Builder computes it over the file without its checksum: the name may change, nothing else. */
export function checksumOf(batch: { readonly meta: object }): string {
  return keccak256(stringToBytes(inKeyOrder({ ...batch, meta: { ...batch.meta, name: null } })))
}

function inKeyOrder(item: unknown): string {
  if (Array.isArray(item)) return `[${item.map(inKeyOrder).join(',')}]`
  if (typeof item !== 'object' || item === null) return JSON.stringify(item)
  const entries = Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1))
  const keys = JSON.stringify(entries.map(([key]) => key))
  return `{${keys}${entries.map(([, each]) => `${inKeyOrder(each)},`).join('')}}`
}
