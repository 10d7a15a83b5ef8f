import { describe, expect, test } from 'vitest'
import type { Evidence } from '../../src/core/finding.ts'
import { pageFor } from '../../src/reporters/page.ts'
import { evidenceSentence } from '../../src/reporters/table-evidence.ts'
import { at } from '../../src/testing.ts'

type Spender = Extract<Evidence, { kind: 'spender' }>
const error = { code: 'creation-not-told', message: 'Not told.', data: {}, hints: [] }
const say = (locale: 'en' | 'ja', over: Partial<Spender>) => {
  const evidence: Spender = { kind: 'spender', address: at(0x5e), block: '21000000', code: 'contract', ...over }
  return evidenceSentence(evidence, pageFor({ locale, useColor: false, width: 80 }))
}
const who = `Spender ${at(0x5e)} at block 21000000: `
const [impl, admin, beacon] = [at(0x11), at(0xad), at(0xbe)]

test.each<[Partial<Spender>, string]>([
  [{}, 'a contract'],
  [{ code: 'none' }, 'no code: a person’s account, or a contract that is gone'],
  [{ code: 'never-used' }, 'no code and no transaction sent: never used, or a contract that was never deployed'],
  [{ code: 'delegated', delegate: impl }, `an account that runs the code of ${impl} (EIP-7702)`],
  [{ code: 'unknown' }, 'its code was not read'],
  [{ name: 'A router' }, 'a contract, A router'],
  [{ createdBlock: '5', createdAt: 1_700_000_000 }, 'a contract, made in block 5 (2023-11-14 22:13 UTC)'],
  [{ createdBlock: '5' }, 'a contract, made in block 5'],
  [{ proxy: null }, 'a contract; no EIP-1967 proxy'],
  [{ proxy: { implementation: impl } }, `a contract; a proxy that runs ${impl}`],
  [{ proxy: { implementation: impl, admin } }, `a contract; a proxy that runs ${impl}, which ${admin} may replace`],
  [{ proxy: { implementation: impl, beacon } }, `a contract; a proxy that runs ${impl}, named by the beacon ${beacon}`],
  [{ proxy: { beacon } }, `a contract; a proxy that runs what the beacon ${beacon} names`],
  [{ lists: [] }, 'a contract; on none of the threat lists used'],
  [
    {
      lists: [
        { name: 'notes.txt', date: '2026-10-01' },
        { name: 'two', date: '2026-10-02' },
      ],
    },
    'a contract; named by notes.txt (2026-10-01), two (2026-10-02)',
  ],
])('%j: %s', (over, sentence) => {
  expect(say('en', over)).toBe(`${who}${sentence}`)
})

test('what could not be read is said with its reason', () => {
  expect(say('en', { createdError: error })).toContain('made at an unknown time (The contract was there from the first')
  expect(say('en', { proxyError: error })).toContain('whether it is a proxy was not read (The contract was there')
})

describe('in Japanese', () => {
  test('all of it', () => {
    const over = { createdBlock: '5', createdAt: 1_700_000_000, proxy: { implementation: impl, admin }, lists: [] }
    expect(say('ja', over)).toBe(
      `ブロック 21000000 での使用者 ${at(0x5e)}: コントラクト、ブロック 5(2023-11-14 22:13 UTC)で作成。${impl} のコードで動くプロキシ。コードを取り替えられるのは ${admin}。使用した脅威リストには記載なし`,
    )
  })

  test.each<[Partial<Spender>, string]>([
    [{ code: 'none' }, 'コードなし'],
    [{ code: 'never-used' }, '使われたことがないアカウント'],
    [{ code: 'delegated', delegate: impl }, `${impl} のコードで動くアカウント(EIP-7702)`],
    [{ createdError: error }, '作成時期は不明(コントラクトが最初のブロックから'],
    [{ proxyError: error }, 'プロキシかどうかは読み取れず(コントラクトが'],
    [{ proxy: { beacon } }, `ビーコン ${beacon} が示すコード`],
    [{ lists: [{ name: 'two', date: '2026-10-02' }] }, 'two (2026-10-02) に記載あり'],
  ])('%j: %s', (over, part) => {
    expect(say('ja', over)).toContain(part)
  })
})

describe('the log that gave a grant', () => {
  const log = { kind: 'log', block: '5', transaction: `0x${'ab'.repeat(32)}`, index: 3 } as const
  const line = (locale: 'en' | 'ja', over: object) =>
    evidenceSentence({ ...log, ...over }, pageFor({ locale, useColor: false, width: 80 }))

  test('names who sent it and when, as far as they are known', () => {
    const known = { sender: at(1), timestamp: 1_700_000_000 }
    expect(line('en', known)).toMatch(/in block 5 \(2023-11-14 22:13 UTC\), sent by 0x0+1$/)
    expect(line('en', {})).toMatch(/in block 5$/)
    expect(line('ja', known)).toMatch(/^ブロック 5\(2023-11-14 22:13 UTC\)の取引 .*。送信者は 0x0+1$/)
    expect(line('ja', {})).toMatch(/^ブロック 5 の取引 .*\(番号 3\)$/)
  })
})
