/** A list of the United States as others published it in 2024, not part of this project: `UPSTREAM_DATA_DIR` names the folder that holds it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import sanctionedCounterparty from '../../rules/sanctioned-counterparty/index.ts'
import { chain, judgeWith, logAt, transfers } from '../../src/testing.ts'
import { parseSanctionsList } from '../../src/threats/parse-sanctions-list.ts'

const folder = process.env.UPSTREAM_DATA_DIR
const why = 'set UPSTREAM_DATA_DIR to the folder of recorded lists to run these'

describe.skipIf(folder === undefined)(`a recorded list (${why})`, () => {
  const read = (kind: 'json' | 'txt') =>
    readFileSync(join(folder ?? '', `feeds/ofac-0xB10C/sanctioned_addresses_ETH.${kind}`), 'utf8')
  /** The pool of a mixer that was taken off the list on 2025-03-21. */
  const pool = '0x910Cbd523D972eb0a6f4cAe4618aD62622b39DbF'

  test('is read from lines and from JSON alike, every address of it', () => {
    const lines = parseSanctionsList(read('txt'), { name: 'a' })
    expect(lines.entries).toHaveLength(read('txt').trim().split('\n').length)
    expect(lines.entries.length).toBeGreaterThan(100)
    expect(lines.entries).toContainEqual({ chainId: null, address: pool })
    expect(parseSanctionsList(read('json'), { name: 'a' })).toEqual(lines)
    expect(lines.date).toBeNull()
  })

  test.each([
    ['without a date', ''],
    ['with its date', '# date: 2024-09-27\n'],
  ])('%s claims nothing of an address that left the list', (_, line) => {
    const { name, date } = parseSanctionsList(`${line}${read('txt')}`, { name: 'a' })
    const claim = { contract: pool, amount: 1n, log: logAt(), sender: pool } as const
    const others = { sent: null, claimedSent: null, emptySent: null, received: null, called: null }
    const party = { address: pool, ...others, claimedReceived: claim, lists: [name] } as const
    const facts = transfers({ parties: [party], sanctions: [{ name, date, entries: 152 }] })
    const judge = (observedAt: number) =>
      judgeWith(
        sanctionedCounterparty,
        { chain: chain({ observedAt }), transfers: facts },
        { maximumListAgeDays: 10_000 },
      )
    expect(judge(Date.UTC(2026, 10, 23) / 1000).status).toBe('inconclusive')
  })
})
