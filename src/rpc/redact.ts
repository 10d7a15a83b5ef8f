/** Keeps RPC URLs out of everything that may be printed: most hosted endpoints carry their key in the path. */

const mask = '***'
/** Shorter path parts are words such as "v2" or "rpc", and masking those would garble every sentence. */
const shortestPathSecret = 6
const shortestCredential = 4

/** Scheme and host only, or a fixed phrase when the text is no URL. */
export function redactUrl(url: string): string {
  const parsed = parse(url)
  return parsed === null ? '(not a URL)' : `${parsed.protocol}//${parsed.host}`
}

/** Replaces each URL, and every part of one that may be a secret, wherever it stands in the text. */
export function redactText(text: string, urls: readonly string[]): string {
  return createRedactor(urls)(text)
}

/** The same as `redactText`, with the URLs taken apart once. */
export function createRedactor(urls: readonly string[]): (text: string) => string {
  // Longest first, or the rest of a longer secret would stay behind.
  const secrets = [...new Set(urls.flatMap(secretsOf))].sort((a, b) => b.length - a.length)
  const replacements = urls.map((url) => [url, redactUrl(url)] as const).filter(([url]) => url.length > 0)
  return (text) => {
    const withoutUrls = replacements.reduce((rest, [url, safe]) => rest.replaceAll(url, safe), text)
    return secrets.reduce((rest, secret) => rest.replaceAll(secret, mask), withoutUrls)
  }
}

function secretsOf(url: string): string[] {
  const parsed = parse(url)
  if (parsed === null) return []
  const { username, password, pathname, search, hash } = parsed
  const credentials = [username, password, ...queryValues(search), hash.slice(1)].flatMap(spellings)
  const segments = pathname.split('/').flatMap(spellings)
  const basic = username === '' && password === '' ? [] : [basicCredentials(parsed)]
  return [
    ...[pathname + search, pathname, search].filter((part) => part.length > shortestPathSecret),
    ...segments.filter((part) => part.length >= shortestPathSecret),
    ...credentials.filter((part) => part.length >= shortestCredential),
    ...basic,
  ]
}

/** The user and password of a URL as HTTP sends them: base64 of `user:password`. */
export function basicCredentials({ username, password }: URL): string {
  return Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')
}

function queryValues(search: string): string[] {
  return search
    .slice(1)
    .split('&')
    .map((pair) => pair.slice(pair.indexOf('=') + 1))
}

function spellings(part: string): string[] {
  return [part, decode(part)]
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // a lone "%" is nothing encoded: the part stands for itself
  }
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}
