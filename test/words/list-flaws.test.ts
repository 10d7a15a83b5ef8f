import { expect, test } from 'vitest'
import { toFactError } from '../../src/core/errors.ts'
import type { ListFlaw } from '../../src/domain/address-list.ts'
import { SanctionsListError } from '../../src/threats/parse-sanctions-list.ts'
import { ThreatListError } from '../../src/threats/parse-threat-list.ts'
import { TokenListError } from '../../src/tokens/parse-token-list.ts'
import { errorSentence } from '../../src/words/index.ts'

const line = { unit: 'line', number: 1234 } as const
const entry = { unit: 'entry', number: 2 } as const

test.each<ListFlaw>([
  { problem: 'not-an-address', at: line },
  { problem: 'shaped-like-a-key', at: entry },
  { problem: 'not-a-text', at: entry },
  { problem: 'without-address', at: entry },
  { problem: 'without-chain', at: entry },
  { problem: 'broken-json' },
  { problem: 'no-array' },
  { problem: 'no-tokens' },
  { problem: 'no-evm-address' },
  { problem: 'wrong-date' },
])('%j is the same sentence in both places, and a Japanese one in Japanese', (flaw) => {
  for (const List of [ThreatListError, TokenListError, SanctionsListError]) {
    const error = new List('mine', flaw)
    expect(errorSentence(toFactError(error), 'en')).toBe(error.message)
    const japanese = errorSentence(toFactError(error), 'ja')
    expect(japanese).toMatch(/リスト mine を読み込めません: .*(?:です|ます|せん)。$/)
    expect(japanese).not.toMatch(/[a-z]{2,} [a-z]{2,}/)
    if ('at' in flaw) expect(japanese).toContain(flaw.at.unit === 'line' ? '1234行目' : '2番目の項目')
  }
})
