/** `check`: one account, from a node or from saved facts, to reports and an exit code. */
import type { AddressInput } from '../../config/address.ts'
import type { Collection } from '../../core/collection.ts'
import { value } from '../../core/value.ts'
import {
  decodeCollection,
  encodeCollection,
  type GatherOptions,
  gather,
  judgeCollection,
  parseAddress,
} from '../../index.ts'
import { openCache } from '../cache.ts'
import { type CheckFlags, type CheckSettings, readCheckFlags, refuseLiveFlags } from '../check-flags.ts'
import type { CliContext } from '../context.ts'
import { chooseEndpoint } from '../endpoint.ts'
import { checkWritable, isExistingFile, readDocument, writeWhole } from '../files.ts'
import { readLists } from '../lists.ts'
import { openLogSource } from '../log-source.ts'
import { checkOutputs, writeReports } from '../outputs.ts'
import { startProgress } from '../progress.ts'
import { UsageError } from '../usage-error.ts'

/** @returns the exit code of the report: 0, 1 or 3 */
export default async function check(
  address: string | undefined,
  flags: CheckFlags,
  context: CliContext,
): Promise<number> {
  const settings = readCheckFlags(flags)
  await checkOutputs(settings.outputs)
  const selection = { onlyRules: flags.rule ?? [], skipRules: flags.skipRule ?? [] }
  const collection =
    flags.facts === undefined
      ? await gatherLive({ address, flags, settings, selection }, context)
      : await readFacts(flags.facts, { address, flags }, context)
  const report = judgeCollection(collection, {
    ...selection,
    locale: context.locale,
    failOn: settings.failOn,
    allowIncomplete: flags.allowIncomplete ?? false,
  })
  const useColor = flags.color !== false && !context.environment.noColor
  await writeReports(report, settings.outputs, { ...context, useColor })
  return report.result.summary.exitCode
}

type Live = {
  readonly address: string | undefined
  readonly flags: CheckFlags
  readonly settings: CheckSettings
  readonly selection: Pick<GatherOptions, 'onlyRules' | 'skipRules'>
}

async function gatherLive({ address, flags, settings, selection }: Live, context: CliContext): Promise<Collection> {
  if (address === undefined) throw new UsageError('usage-no-address')
  const input = await readAddress(address)
  const lists = await readLists(flags, context)
  if (flags.saveFacts !== undefined) await checkWritable(flags.saveFacts)
  const endpoint = await chooseEndpoint(flags, context, input.kind === 'ens' ? input.name : input.address)
  const logSource = await openLogSource(flags, settings.reading, context)
  const store = openCache(flags, context)
  const progress = flags.quiet === true ? null : startProgress({ stream: context.stderr, locale: context.locale })
  try {
    const collection = await gather({
      address,
      ...endpoint,
      ...selection,
      ...lists,
      ...settings.reading,
      ...(progress !== null && { onProgress: progress.onProgress }),
      ...(store !== null && { store }),
      ...(logSource !== null && { logSource }),
      signal: context.signal,
    })
    progress?.stop()
    await saveFacts(collection, flags, context)
    return collection
  } finally {
    progress?.stop()
    await store?.close()
  }
}

/** @throws UsageError for the name of a file, AddressError, SecretInputError */
async function readAddress(given: string): Promise<AddressInput> {
  const looksLikeAccount = /^0x[0-9a-f]{40}$|\.eth$/i.test(given)
  if (!looksLikeAccount && (await isExistingFile(given))) {
    throw new UsageError('usage-address-is-file', { file: value.text(given) })
  }
  return parseAddress(given)
}

async function saveFacts(collection: Collection, { saveFacts: file, quiet }: CheckFlags, { say, words }: CliContext) {
  if (file === undefined) return
  await writeWhole(file, encodeCollection(collection))
  if (quiet !== true) say(words.savedFacts(file))
}

async function readFacts(
  file: string,
  { address, flags }: Pick<Live, 'address' | 'flags'>,
  context: CliContext,
): Promise<Collection> {
  refuseLiveFlags(flags, address)
  const { text } = await readDocument(file, context)
  return decodeCollection(text)
}
