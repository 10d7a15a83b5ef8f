/**
 * Finds what must never be given to this program: anything that can sign. It looks at shapes, not at word lists or checksums:
 * a phrase with a typing error is still somebody's phrase. Nothing here keeps or repeats what it looked at.
 */
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'
import { hasExactPhrase, longestRunOfWords, shortestPhrase } from './phrases.ts'

export const secretKinds = ['private-key', 'seed-phrase', 'extended-key', 'keystore', 'vault'] as const
export type SecretKind = (typeof secretKinds)[number]

/** Something that looks like a secret was given. The error knows its kind and where it came from, never its text. */
export class SecretInputError extends CheckupError {
  readonly kind: SecretKind
  readonly source: string

  /** @param source such as `address`, or the name of an option, a file or an environment variable */
  constructor(kind: SecretKind, source: string) {
    super('secret-input', {
      message: `${source} looks like a secret (${kind}). It was not used, kept or sent; only a public address is needed.`,
      data: { kind: value.keyword(kind), source: value.untrustedText(source) },
      hints: ['Give the public address instead: 0x and 40 hex digits, or an ENS name.'],
    })
    this.kind = kind
    this.source = source
  }
}

/** What an argument, an option's value or a variable holds that could sign, or null. */
export function findSecret(text: string): SecretKind | null {
  const normal = normalize(text)
  const parts = partsOf(normal)
  const runs = [parts.join(' '), ...parts.map((part) => part.replace(/[-_|+.;]+/g, ' '))].map(longestRunOfWords)
  if (Math.max(...runs) >= shortestPhrase) return 'seed-phrase'
  // 64 bytes in base 58: how other chains' wallets export a key.
  if (/(?<![0-9A-Za-z])[1-9A-HJ-NP-Za-km-z]{87,88}(?![0-9A-Za-z])/.test(withoutUrls(normal))) return 'private-key'
  return findSecretInFile(text)
}

/** As `findSecret`, over all arguments of a command: a phrase without quotes arrives as many of them. */
export function findSecretInArguments(items: readonly string[]): SecretKind | null {
  for (const item of items) {
    const found = isOptionName(item) ? null : findSecret(item)
    if (found !== null) return found
  }
  // `--name` ends a run of words; what stands behind `--name=` may begin one.
  const words = items.map((item) =>
    partsOf(normalize(item.startsWith('-') ? item.replace(/^[^=]*=?/, ' -- ') : item)).join(' '),
  )
  return longestRunOfWords(words.join(' ')) >= shortestPhrase ? 'seed-phrase' : null
}

/** Too short for anything that could sign. */
function isOptionName(item: string): boolean {
  return /^--?[a-z][a-z-]{0,30}$/.test(item)
}

/** As `findSecret`, for a file in which no 32-byte hash belongs. Comments may be prose, so a phrase must have its exact length. */
export function findSecretInFile(text: string): SecretKind | null {
  const normal = normalize(text)
  return findFields(normal, `\\\\*["']`) ?? findKey(normal) ?? (hasExactPhrase(normal) ? 'seed-phrase' : null)
}

/**
 * As `findSecretInFile`, for a report or saved facts: these are full of 32-byte hashes, and of words that strangers put on a chain.
 * Such a file is known by how it begins, and searched for the fields of keys and vaults only. Any other text is searched whole.
 */
export function findSecretInDocument(text: string): SecretKind | null {
  const beginning =
    /^\s*\{\s*"(?:format"\s*:\s*"wallet-checkup-facts"|\$schema"\s*:\s*"https:\/\/unpkg\.com\/wallet-checkup\/)/
  // A quote inside a JSON string has a backslash before it: without one, it is a field's and not a stranger's.
  return beginning.test(text) ? findFields(text, `(?<!\\\\)"`) : findSecretInFile(text)
}

/** One spelling per letter, no invisible characters, no full-width digits. */
function normalize(text: string): string {
  // Such text is normal already, and the tables of Unicode take long to load.
  if (!/[^ -~]/.test(text)) return text
  return text.normalize('NFKC').replace(/\p{Cf}/gu, '')
}

/** What may hold a phrase of its own: the value of an option; of a URL each part of its path and its query, decoded. */
function partsOf(normal: string): readonly string[] {
  if (!normal.includes('://')) return normal.split(/=+/)
  // A link that was copied out of another link is encoded twice.
  return normalize(decodePercents(decodePercents(normal))).split(/[/?&=#]+/)
}

function decodePercents(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      // No UTF-8: no letters of a phrase.
      return encoded
    }
  })
}

/** RPC URLs hold API keys that look like private keys. */
function withoutUrls(text: string): string {
  return text.replace(/(?:https?|wss?):\/\/[^\s"'<>,]+/gi, ' ')
}

/** Files of wallets and tools, by the names of their fields. A vault is often JSON inside JSON, its quotes escaped. */
function findFields(text: string, quote: string): SecretKind | null {
  if (!/["']/.test(text)) return null
  const has = (name: string) => new RegExp(`${quote}${name}${quote}\\s*:`, 'i').test(text)
  if ((has('crypto') && has('ciphertext')) || has('encseed')) return 'keystore'
  if (has('data') && has('iv') && has('salt')) return 'vault'
  if (has('KeyringController') || new RegExp(`${quote}vault${quote}\\s*:\\s*\\\\*["']\\s*\\{`, 'i').test(text))
    return 'vault'
  if (has('private_?key')) return 'private-key'
  return has('(?:mnemonic|seed_?phrase|recovery_?phrase)') ? 'seed-phrase' : null
}

function findKey(normal: string): SecretKind | null {
  const text = withoutUrls(normal)
  const alone = (pattern: string) => new RegExp(`(?<![0-9A-Za-z])${pattern}(?![0-9A-Za-z])`).test(text)
  if (alone('(?:0[xX])?[0-9a-fA-F]{64}')) return 'private-key'
  if (/(?<![a-z])private_?key\s*[:=]/i.test(text) || /BEGIN (?:[A-Z]+ )*PRIVATE KEY/.test(text)) return 'private-key'
  // Bitcoin's wallet import format, and a key as a list of bytes.
  if (alone('[5KL9c][1-9A-HJ-NP-Za-km-z]{50,51}')) return 'private-key'
  if (/\[\s*(?:\d{1,3}\s*,\s*){31,63}\d{1,3}\s*\]/.test(text)) return 'private-key'
  return alone('[a-zA-Z]prv[1-9A-HJ-NP-Za-km-z]{40,}') ? 'extended-key' : null
}
