/** A URL may hold a key, and messages about a wrong value repeat the value: URLs are taken behind few options only. */
import { looksKeyed } from '../config/keyed-url.ts'

export type MisplacedUrl = {
  /** null when the text only begins like a URL. */
  readonly host: string | null
  /** A link in a reason, which is written to a file: there only one with a key is out of place. */
  readonly isReason: boolean
}

const options = ['--rpc-url', '--second-rpc-url', '--logs-from', '--history-url']

/** The first argument with a URL in it that is not the value of such an option, or null. */
export function findMisplacedUrl(args: readonly string[]): MisplacedUrl | null {
  const found = args.flatMap((item, index) => {
    const isOf = (option: string) => item.startsWith(`${option}=`) || args[index - 1] === option
    if (options.some(isOf)) return []
    const urls = item.match(/(?:https?|wss?):\/\/\S*/gi) ?? []
    const isReason = isOf('--reason')
    return urls.filter((url) => !isReason || looksKeyed(url)).map((url) => ({ url, isReason }))
  })
  const [first] = found
  if (first === undefined) return null
  const { url, isReason } = first
  return { host: URL.canParse(url) ? new URL(url).host : null, isReason }
}
