/** What the environment says. The variables come in as an argument: only the command line may look at the process. */
import type { Locale } from '../core/text.ts'

export type Environment = {
  readonly locale: Locale
  readonly rpcUrl: string | null
  readonly secondRpcUrl: string | null
  /** The key of the source of logs. */
  readonly logsKey: string | null
  /** The key of the source of own transactions. */
  readonly historyKey: string | null
  /** https://no-color.org: any value but the empty one. */
  readonly noColor: boolean
  /** Columns of the output, as a shell exports them. */
  readonly columns: number | null
  /** Seconds since 1970, as https://reproducible-builds.org/specs/source-date-epoch writes them. */
  readonly sourceDateEpoch: string | null
  readonly cacheDir: string | null
  /** Where the platform says that caches go. */
  readonly xdgCacheHome: string | null
  readonly localAppData: string | null
}

type Variables = Readonly<Record<string, string | undefined>>

export const variablePrefix = 'WALLET_CHECKUP_'

export function readEnvironment(variables: Variables): Environment {
  const given = (name: string) => (variables[name] === '' ? null : (variables[name] ?? null))
  return {
    locale: localeOf(variables),
    rpcUrl: given('WALLET_CHECKUP_RPC_URL'),
    secondRpcUrl: given('WALLET_CHECKUP_SECOND_RPC_URL'),
    logsKey: given('WALLET_CHECKUP_LOGS_KEY'),
    historyKey: given('WALLET_CHECKUP_HISTORY_KEY'),
    noColor: given('NO_COLOR') !== null,
    columns: columnsOf(given('COLUMNS')),
    sourceDateEpoch: given('SOURCE_DATE_EPOCH'),
    cacheDir: given('WALLET_CHECKUP_CACHE_DIR'),
    xdgCacheHome: given('XDG_CACHE_HOME'),
    localAppData: given('LOCALAPPDATA'),
  }
}

/** What must never be repeated, whatever goes wrong. */
export function keysIn({ logsKey, historyKey }: Environment): readonly string[] {
  return [logsKey, historyKey].filter((key) => key !== null)
}

function columnsOf(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null
}

/** POSIX: the first of these that is set and not empty decides. */
function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Variables): Locale {
  const name = [LC_ALL, LC_MESSAGES, LANG].find((setting) => setting !== undefined && setting !== '') ?? ''
  return /^ja(?:[_.@-]|$)/i.test(name) ? 'ja' : 'en'
}
