/** What a person wrote behind --logs-from, as a source. */
import type { LogSource } from '../core/log-source.ts'
import { LogSourceError, LogSourceKeyError } from './errors.ts'
import { createExplorer } from './explorer.ts'
import { createOtherRpc } from './other-rpc.ts'
import { createPortal } from './portal.ts'
import type { Limits } from './requests.ts'

export type LogSourceOptions = Limits & {
  /** The source's key; none when absent. For `rpc:` it takes the place of `{key}` in the URL. */
  readonly key?: string
}

const keyPlace = '{key}'
const etherscanUrl = 'https://api.etherscan.io/v2/api'

/**
 * A source of logs that is not the endpoint: `blockscout:URL` (the site), `etherscan` or `etherscan:URL` (its API, version 2),
 * `sqd:URL` (a portal's data set) or `rpc:URL`. It learns the accounts that are looked for.
 * @throws LogSourceError, LogSourceKeyError, which never repeat what was given
 */
export function createLogSource(text: string, { key, ...limits }: LogSourceOptions = {}): LogSource {
  const [, kind = '', rest] = /^([a-z]+)(?::(.*))?$/s.exec(text) ?? []
  if (key !== undefined && !/^[\x21-\x7e]{1,1000}$/.test(key)) throw new LogSourceKeyError('unreadable')
  switch (kind) {
    case 'blockscout':
      return createExplorer({ ...limits, kind, url: plainUrl(rest), key: key ?? null })
    case 'etherscan':
      if (rest === undefined && key === undefined) throw new LogSourceKeyError('missing')
      return createExplorer({ ...limits, kind, url: plainUrl(rest ?? etherscanUrl), key: key ?? null })
    case 'sqd':
      return createPortal({ ...limits, url: plainUrl(rest), key: key ?? null })
    case 'rpc':
      return createOtherRpc({
        ...limits,
        url: webUrl(withKey(rest, key)).href,
        keyAdvice: hasKeyPlace(rest) ? 'key' : 'place',
      })
    default:
      throw new LogSourceError('kind')
  }
}

/** The key belongs into the environment, not into the history of a shell. */
function plainUrl(text: string | undefined): URL {
  const url = webUrl(text)
  const { username, password, search, hash } = url
  if (`${username}${password}${search}${hash}` !== '') throw new LogSourceError('credentials')
  return url
}

function webUrl(text: string | undefined): URL {
  if (text === undefined || !URL.canParse(text)) throw new LogSourceError('url')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new LogSourceError('url')
  return url
}

/** Whether a key that is given has a use: an RPC URL has its place in itself, all others in their requests. */
export function takesKey(text: string): boolean {
  return !text.startsWith('rpc:') || hasKeyPlace(text)
}

function hasKeyPlace(text: string | undefined): text is string {
  return text?.includes(keyPlace) ?? false
}

function withKey(text: string | undefined, key: string | undefined): string | undefined {
  if (!hasKeyPlace(text)) return text
  if (key === undefined) throw new LogSourceKeyError('missing')
  return text.replaceAll(keyPlace, encodeURIComponent(key))
}
