/** A URL may hold a key, and messages about a wrong value repeat the value: URLs are taken behind four options only. */

export type MisplacedUrl = {
  /** null when the text only begins like a URL. */
  readonly host: string | null
}

const options = ['--rpc-url', '--second-rpc-url', '--logs-from', '--history-url']

/** The first argument with a URL in it that is not the value of such an option, or null. */
export function findMisplacedUrl(args: readonly string[]): MisplacedUrl | null {
  const others = args.filter(
    (item, index) =>
      !options.some((option) => item.startsWith(`${option}=`)) && !options.includes(args[index - 1] ?? ''),
  )
  const [url] = others.flatMap((item) => /(?:https?|wss?):\/\/\S*/i.exec(item)?.[0] ?? [])
  if (url === undefined) return null
  return { host: URL.canParse(url) ? new URL(url).host : null }
}
