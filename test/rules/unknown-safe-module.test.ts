import { decodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import unknownSafeModule from '../../rules/unknown-safe-module/index.ts'
import type { SafeAccount } from '../../src/rule.ts'
import { at, hashOf, judgeWith, missing, owner, safeAccount, safePart, threats, wordsOf } from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const listed = threats({
  lists: [{ name: 'bad.txt', date: '2026-11-01', entries: 1 }],
  entries: [
    {
      address: at(0xbad),
      chainId: 1,
      kind: 'drainer',
      list: 'bad.txt',
      name: null,
      incidentDate: null,
      isFixed: false,
      isGiven: true,
    },
  ],
})
const judge = (over: Partial<SafeAccount>, options = {}) =>
  judgeWith(unknownSafeModule, { safe: safeAccount(over), threats: listed }, options)
const person = { code: 'none', codeHash: null } as const

describe('a part', () => {
  test.each([
    ['a module', { modules: [safePart(7)] }, 'module', 'high'],
    ['a person as a module', { modules: [safePart(7, person)] }, 'person', 'high'],
    ['a person with a delegate as a module', { modules: [safePart(7, { code: 'delegated' })] }, 'person', 'high'],
    ['a module on a threat list', { modules: [safePart(0xbad)] }, 'listed', 'critical'],
    ['a person on a threat list as a module', { modules: [safePart(0xbad, person)] }, 'listed', 'critical'],
    ['a guard', { guard: safePart(7) }, 'guard', 'medium'],
    ['a guard of modules', { moduleGuard: safePart(7) }, 'guard', 'medium'],
    ['a guard without code', { guard: safePart(7, person) }, 'guard', 'medium'],
    ['a guard on a threat list', { guard: safePart(0xbad) }, 'listed', 'critical'],
    ['a fallback handler', { fallbackHandler: safePart(7) }, 'handler', 'medium'],
    ['the code that it runs', { singleton: safePart(7) }, 'singleton', 'high'],
    ['the code that it runs, on a threat list', { singleton: safePart(0xbad) }, 'listed', 'critical'],
  ] as const)('%s of no release: %s', (_, over, messageId, severity) => {
    expect(judge(over)).toMatchObject({ status: 'found', findings: [{ messageId, severity, confidence: 'certain' }] })
  })

  test.each([
    ['nothing but what is published', {}],
    ['a published module', { modules: [safePart(7, { release: 'AllowanceModule 0.1.0' })] }],
    ['no handler', { fallbackHandler: 'none' }],
  ] as const)('%s: passed', (_, over) => {
    expect(judge(over).status).toBe('passed')
  })

  test('that the user expects, in any spelling: passed', () => {
    const expected = [at(0xabcdef).toLowerCase(), at(8)]
    expect(judge({ modules: [safePart(0xabcdef)], guard: safePart(8) }, { expected }).status).toBe('passed')
    expect(judge({ modules: [safePart(9)] }, { expected }).status).toBe('found')
  })

  test('that the user expects and a list names as an attacker: found', () => {
    expect(judge({ modules: [safePart(0xbad)] }, { expected: [at(0xbad)] })).toMatchObject({
      findings: [{ messageId: 'listed' }],
    })
  })
})

test('one contract in two places is two findings, with names of their own', () => {
  const outcome = judge({ modules: [safePart(7)], fallbackHandler: safePart(7) })
  const findings = outcome.status === 'found' ? outcome.findings : []
  expect(findings.map(({ subject }) => subject)).toEqual([
    { kind: 'module', safe: owner, module: at(7), place: 'fallback-handler' },
    { kind: 'module', safe: owner, module: at(7) },
  ])
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2)
})

describe('the evidence', () => {
  const evidenceOf = (over: Partial<SafeAccount>, messageId = 'module') => {
    const outcome = judge(over)
    const findings = outcome.status === 'found' ? outcome.findings : []
    return findings.filter((finding) => finding.messageId === messageId).at(-1)?.evidence
  }
  const block = '21000000'
  const paged = { kind: 'call', to: owner, function: 'getModulesPaginated(address,uint256)', block }

  test('of a module is its page of the list, and its code', () => {
    expect(evidenceOf({ modules: [safePart(7, { release: 'x' }), safePart(8)] })).toEqual([
      { ...paged, arguments: [at(1), '50'], value: `${at(7)}, ${at(8)}` },
      { kind: 'read', method: 'eth_getCode', address: at(8), block, value: `keccak256 ${hashOf(8)}` },
    ])
  })

  test.each([
    [50, at(1), 50],
    [51, at(1049), 1],
  ])('of the last of %i modules is the page that it stands on', (count, start, length) => {
    const modules = Array.from({ length: count }, (_, index) => safePart(1000 + index, { release: 'x' }))
    const last = safePart(1000 + count - 1)
    const [page] = evidenceOf({ modules: [...modules.slice(0, -1), last] }) ?? []
    expect(page).toMatchObject({ ...paged, arguments: [start, '50'] })
    expect(page?.kind === 'call' && page.value.split(', ')).toHaveLength(length)
  })

  test('of a module of the oldest Safes is the whole list', () => {
    expect(evidenceOf({ version: '1.0.0', modules: [safePart(8, person)] }, 'person')).toEqual([
      { kind: 'call', to: owner, function: 'getModules()', arguments: [], block, value: at(8) },
      { kind: 'read', method: 'eth_getCode', address: at(8), block, value: '0x' },
    ])
  })

  test('of a guard is the slot that holds it', () => {
    expect(evidenceOf({ guard: safePart(8) }, 'guard')?.[0]).toEqual({
      kind: 'read',
      method: 'eth_getStorageAt',
      address: owner,
      slot: '0x4a204f620c8c5ccdca3fd54d003badd85ba500436a431f0cbda4f558c93c34c8',
      block,
      value: hashOf(8),
    })
  })

  test('of a listed one names the list and its day', () => {
    expect(evidenceOf({ modules: [safePart(0xbad)] }, 'listed')).toContainEqual({
      kind: 'list',
      name: 'bad.txt',
      date: '2026-11-01',
    })
  })
})

describe('the remedy', () => {
  const abi = parseAbi([
    'function disableModule(address, address)',
    'function setGuard(address)',
    'function setModuleGuard(address)',
  ])
  const remediesOf = (over: Partial<SafeAccount>) => {
    const outcome = judge(over)
    return (outcome.status === 'found' ? outcome.findings : []).flatMap(({ remedy = [] }) =>
      remedy.map(({ data, ...call }) => ({ ...call, ...decodeFunctionData({ abi, data }) })),
    )
  }
  const call = { chainId: 1, to: owner, value: '0', purpose: 'revoke' }

  test('names the module before it, and the end of the list before the first', () => {
    expect(remediesOf({ modules: [safePart(7), safePart(8), safePart(9, { release: 'x' })] })).toEqual([
      { ...call, functionName: 'disableModule', args: [at(1), at(7)] },
      { ...call, functionName: 'disableModule', args: [at(7), at(8)] },
    ])
  })

  test('of a guard sets none', () => {
    expect(remediesOf({ guard: safePart(7), moduleGuard: safePart(8) })).toEqual([
      { ...call, functionName: 'setGuard', args: [at(0)] },
      { ...call, functionName: 'setModuleGuard', args: [at(0)] },
    ])
  })

  test('of a handler or of the code itself is none: something must replace it', () => {
    expect(remediesOf({ fallbackHandler: safePart(7), singleton: safePart(8) })).toEqual([])
  })
})

describe('what was not read', () => {
  test.each(['safe', 'safe-module'] as const)('%s: inconclusive, though no module is known', (about) => {
    expect(judge({ missing: [missing(about)] }).status).toBe('inconclusive')
  })

  test.each(['safe-owner', 'spending-limit', 'token-metadata'] as const)('%s: changes nothing', (about) => {
    expect(judge({ missing: [missing(about)] }).status).toBe('passed')
  })

  test('code of a module that was not read makes it neither known nor unknown', () => {
    const modules = [safePart(7, { code: 'unknown', codeHash: null })]
    expect(judge({ modules, missing: [missing('safe-module')] }).status).toBe('inconclusive')
  })

  test('a guard that was not read is no guard that passed', () => {
    expect(judge({ guard: 'unread', missing: [missing('safe-module')] }).status).toBe('inconclusive')
  })

  test('a module beside the missing rest is found, and the rest is said', () => {
    expect(judge({ modules: [safePart(7)], missing: [missing('safe-module')] })).toMatchObject({
      status: 'found',
      because: { kind: 'fact-incomplete', fact: 'safe' },
    })
  })

  test('a contract of which it is not known whether it is a Safe: inconclusive', () => {
    const safe = { kind: 'unknown', missing: [missing('safe')] } as const
    expect(judgeWith(unknownSafeModule, { safe }).status).toBe('inconclusive')
    expect(judgeWith(unknownSafeModule, { safe: new Error('refused') }).status).toBe('inconclusive')
  })

  test('an account that is no Safe: not applicable', () => {
    expect(judgeWith(unknownSafeModule, {}).status).toBe('not-applicable')
  })
})

test('the message names the module', () => {
  expect(wordsOf(unknownSafeModule, judge({ modules: [safePart(7, person)] }), 'en')[0]).toBe(
    `${at(7)} is a module of this Safe account, and no contract: a person’s account, or a contract that is not there yet. Whoever controls it can move everything without the owners.`,
  )
  expect(wordsOf(unknownSafeModule, judge({ modules: [safePart(0xbad)] }), 'ja')[0]).toBe(
    `リスト「bad.txt」(2026-11-01)は、${at(0xbad)} を攻撃者のものとしています。これはこのSafeアカウントのモジュールで、所有者の確認なしにすべてを動かせます。`,
  )
})

test('every message reads in both languages, for every place', () => {
  const bad = safePart(0xbad)
  expectEveryMessage(
    unknownSafeModule,
    [
      { modules: [safePart(7), safePart(8)] },
      { modules: [safePart(7, person)] },
      { modules: [safePart(7, { code: 'delegated' as const })] },
      { modules: [bad] },
      { modules: [bad, safePart(8, { release: 'x' })] },
      { guard: bad },
      { fallbackHandler: bad },
      { singleton: bad },
      { guard: safePart(7) },
      { moduleGuard: safePart(7) },
      { fallbackHandler: safePart(7) },
      { singleton: safePart(7) },
    ].map((over) => judge(over)),
  )
})
