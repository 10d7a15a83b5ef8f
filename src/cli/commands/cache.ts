/** `cache`: what is kept from earlier runs, and how to be rid of it. */
import { oneOf } from '../../domain/expectation.ts'
import { type CachedChain, clearCache, readCacheStatus } from '../../store/cache-status.ts'
import { type CacheFlags, cacheFolder } from '../cache.ts'
import type { CliContext } from '../context.ts'
import { badValue } from '../usage-error.ts'

export default async function cache(action: string, flags: CacheFlags, context: CliContext): Promise<number> {
  const folder = cacheFolder(flags, context.environment)
  const { words } = context
  if (action === 'clear') context.answer(words.cache[(await clearCache(folder)) ? 'cleared' : 'none'](folder))
  else if (action === 'status') context.answer((await statusLines(folder, context)).join('\n'))
  else throw badValue('cache', oneOf(['status', 'clear']))
  return 0
}

async function statusLines(
  folder: string,
  { words: { cache: words }, locale }: CliContext,
): Promise<readonly string[]> {
  const status = await readCacheStatus(folder)
  if (status === null) return [words.none(folder)]
  const number = new Intl.NumberFormat(locale)
  const size = number.format(Math.ceil(status.bytes / 1024))
  const kept = status.chains.length === 0 ? [words.empty] : status.chains.flatMap((chain) => chainLines(chain))
  return [words.folder(folder), words.size(size), ...kept]

  function chainLines({ chainId, accounts, logs, blocks, used }: CachedChain): readonly string[] {
    return [
      '',
      words.chain(chainId),
      `  ${words.accounts(number.format(accounts))}`,
      `  ${words.logs(number.format(logs))}`,
      ...(blocks === null ? [] : [`  ${words.blocks(number.format(blocks.from), number.format(blocks.to))}`]),
      `  ${words.used(dateOf(used.oldest), dateOf(used.newest))}`,
    ]
  }
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}
