/** A URL may hold a key, and messages about a wrong value repeat the value: URLs are taken behind --rpc-url only. */

export type MisplacedUrl = {
  /** null when the text only begins like a URL. */
  readonly host: string | null
}

/** The first argument with a URL in it that is not the value of --rpc-url, or null. */
export function findMisplacedUrl(args: readonly string[]): MisplacedUrl | null {
  const others = args.filter((item, index) => !item.startsWith('--rpc-url=') && args[index - 1] !== '--rpc-url')
  const [url] = others.flatMap((item) => /(?:https?|wss?):\/\/\S*/i.exec(item)?.[0] ?? [])
  if (url === undefined) return null
  return { host: URL.canParse(url) ? new URL(url).host : null }
}
