/** What the environment says. The variables come in as an argument: only the command line may look at the process. */
import type { Locale } from '../core/text.ts'

export type Environment = {
  readonly locale: Locale
  readonly rpcUrl: string | null
  /** https://no-color.org: any value but the empty one. */
  readonly noColor: boolean
}

type Variables = Readonly<Record<string, string | undefined>>

export const variablePrefix = 'WALLET_CHECKUP_'

export function readEnvironment(variables: Variables): Environment {
  const { WALLET_CHECKUP_RPC_URL: rpcUrl = '', NO_COLOR: noColor = '' } = variables
  return { locale: localeOf(variables), rpcUrl: rpcUrl === '' ? null : rpcUrl, noColor: noColor !== '' }
}

/** POSIX: the first of these that is set and not empty decides. */
function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Variables): Locale {
  const name = [LC_ALL, LC_MESSAGES, LANG].find((setting) => setting !== undefined && setting !== '') ?? ''
  return /^ja(?:[_.@-]|$)/i.test(name) ? 'ja' : 'en'
}
