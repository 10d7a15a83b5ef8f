import { decodeFunctionData, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import drainerApproval from '../../rules/drainer-approval/index.ts'
import type { Grant, ThreatEntry } from '../../src/rule.ts'
import {
  account,
  allowance,
  approvals,
  at,
  hashOf,
  itemAllowance,
  judgeWith,
  logAt,
  missing,
  nftApproval,
  operator,
  owner,
  permit2Grant,
  spender,
  threats,
  token,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const abi = parseAbi([
  'function approve(address, uint256)',
  'function setApprovalForAll(address, bool)',
  'function lockdown((address token, address spender)[])',
])
const entry = (over: Partial<ThreatEntry> = {}): ThreatEntry => ({
  address: at(0xbad),
  chainId: null,
  kind: 'drainer',
  list: 'field notes',
  name: null,
  incidentDate: null,
  isFixed: false,
  isGiven: false,
  ...over,
})
const lists = [
  { name: 'field notes', date: '2026-11-02', entries: 1 },
  { name: 'harbor watch', date: '2026-10-30', entries: 1 },
]
const listing = (...entries: readonly ThreatEntry[]) => threats({ lists, entries })
const drainer = spender({ address: at(0xbad) })
const judge = (grants: readonly Grant[], facts = listing(entry()), over = {}) =>
  judgeWith(drainerApproval, { approvals: approvals(grants, over), threats: facts })

describe('a listed spender', () => {
  test.each([
    ['an ERC-20 allowance', allowance({ spender: drainer }), 'erc20', at(0x70), 'approve', [at(0xbad), 0n]],
    ['one NFT', nftApproval({ spender: drainer }), 'nft', at(0x70), 'approve', [at(0), 12n]],
    [
      'a whole collection',
      operator({ spender: drainer }),
      'operator',
      at(0x70),
      'setApprovalForAll',
      [at(0xbad), false],
    ],
    [
      'a Permit2 grant',
      permit2Grant({ spender: drainer }),
      'permit2',
      permit2,
      'lockdown',
      [[{ token: at(0x70), spender: at(0xbad) }]],
    ],
  ] as const)('of %s is critical, and the remedy revokes just that', (_, grant, messageId, to, functionName, args) => {
    const outcome = judge([allowance(), grant])
    expect(outcome).toMatchObject({
      status: 'found',
      findings: [
        {
          messageId,
          severity: 'critical',
          confidence: 'certain',
          remedy: [{ purpose: 'revoke', chainId: 1, to, value: '0' }],
        },
      ],
    })
    const findings = outcome.status === 'found' ? outcome.findings : []
    expect(findings).toHaveLength(1)
    const data = findings[0]?.remedy?.[0]?.data ?? '0x'
    expect(decodeFunctionData({ abi, data })).toEqual({ functionName, args })
  })

  test('is proved by state, by the log, and by each list once', () => {
    const facts = listing(entry(), entry({ name: 'again' }), entry({ list: 'harbor watch' }))
    expect(judge([allowance({ spender: drainer, amount: 9n, balance: null })], facts)).toMatchObject({
      findings: [
        {
          subject: { kind: 'allowance', token: at(0x70), owner, spender: at(0xbad) },
          evidence: [
            {
              kind: 'call',
              to: at(0x70),
              function: 'allowance(address,address)',
              arguments: [owner, at(0xbad)],
              block: '21000000',
              value: '9',
            },
            { kind: 'log', block: '20000000', transaction: hashOf(20_000_000), index: 0 },
            { kind: 'spender', lists: [{ name: 'field notes' }, { name: 'harbor watch' }] },
            { kind: 'list', name: 'field notes', date: '2026-11-02' },
            { kind: 'list', name: 'harbor watch', date: '2026-10-30' },
          ],
        },
      ],
    })
  })

  test('on another token is a finding of its own', () => {
    const other = allowance({ spender: drainer, token: token({ address: at(0x71) }) })
    const outcome = judge([allowance({ spender: drainer }), other])
    const fingerprints = outcome.status === 'found' ? outcome.findings.map(({ fingerprint }) => fingerprint) : []
    expect(new Set(fingerprints).size).toBe(2)
  })
})

test('a Permit2 grant that sleeps is high, and is not called live', () => {
  const outcome = judge([permit2Grant({ spender: drainer, outerAllowance: 0n })])
  expect(outcome).toMatchObject({ findings: [{ messageId: 'permit2', severity: 'high', remedy: [{ to: permit2 }] }] })
  expect(wordsOf(drainerApproval, outcome, 'en')[0]).toContain(
    `${at(0xbad)} could take up to 100 TKN (token contract ${at(0x70)}) through Permit2 (${permit2}) until 2024-10-28 03:33 UTC, as soon as the token is approved to Permit2 again: now it is not. The list`,
  )
  expect(wordsOf(drainerApproval, outcome, 'ja')[0]).toContain('もう一度許可されるまでは引き出せません')
  const unread = judge([permit2Grant({ spender: drainer, outerAllowance: null })])
  expect(unread).toMatchObject({ findings: [{ severity: 'critical' }] })
})

describe('an approval event of a contract that does not answer', () => {
  const unsolicited = (over = {}) => ({
    contract: at(0xfa4e),
    spender: at(0xbad),
    sender: at(0x5e4d),
    log: logAt(),
    ...over,
  })

  test('is a possible one when the spender is listed: medium, without a call', () => {
    const outcome = judge([], listing(entry()), { unsolicited: [unsolicited(), unsolicited({ spender: at(0x5e) })] })
    expect(outcome).toMatchObject({
      status: 'found',
      findings: [
        {
          messageId: 'unreadable',
          severity: 'medium',
          confidence: 'possible',
          subject: { kind: 'allowance', token: at(0xfa4e), owner, spender: at(0xbad) },
          evidence: [
            { kind: 'log', block: '20000000' },
            { kind: 'list', name: 'field notes' },
          ],
        },
      ],
    })
    const findings = outcome.status === 'found' ? outcome.findings : []
    expect(findings).toHaveLength(1)
    expect(findings[0]?.remedy).toBeUndefined()
    const words = wordsOf(drainerApproval, outcome, 'en')
    expect(words[0]).toBe(
      `The contract ${at(0xfa4e)} announced an approval for ${at(0xbad)}, in a transaction that ${at(0x5e4d)} sent, and does not answer whether it is live. The list “field notes” (2026-11-02) names this address as a drainer.`,
    )
    expect(words.join(' ')).not.toContain('Revoke it')
  })

  test('is said once for each contract and spender', () => {
    const events = [unsolicited(), unsolicited({ log: logAt(1n) }), unsolicited({ contract: at(0xfa4f) })]
    const outcome = judge([], listing(entry()), { unsolicited: events })
    expect(outcome.status === 'found' && outcome.findings).toHaveLength(2)
  })

  test('adds nothing to a grant that could be read', () => {
    const outcome = judge([allowance({ spender: drainer })], listing(entry()), {
      unsolicited: [unsolicited({ contract: at(0x70) })],
    })
    expect(outcome.status === 'found' && outcome.findings.map(({ messageId }) => messageId)).toEqual(['erc20'])
  })

  test('is not this rule when nobody lists the spender', () => {
    const other = listing(entry({ address: at(0xbae) }))
    expect(judge([], other, { unsolicited: [unsolicited()] }).status).toBe('passed')
  })

  test('is not said of what the contract itself denies', () => {
    const denied = unsolicited({ isDenied: true })
    expect(judge([], listing(entry()), { unsolicited: [denied] }).status).toBe('passed')
  })

  test('is not said of who imitates Permit2: that takes nothing without an allowance of its own', () => {
    const imitation = unsolicited({ imitates: 'permit2' })
    expect(judge([], listing(entry()), { unsolicited: [imitation] }).status).toBe('passed')
  })
})

describe('an account that runs code of a delegate', () => {
  const delegated = account({ code: { kind: 'delegated', delegate: at(0xde), delegateCodeHash: hashOf(1) } })
  const harborWallet = { address: at(0xde), name: 'Harbor Wallet' }
  const steps = (knownDelegates: readonly (typeof harborWallet)[], locale: 'en' | 'ja') => {
    const facts = { ...listing(entry()), knownDelegates }
    const judged = { account: delegated, approvals: approvals([allowance({ spender: drainer })]), threats: facts }
    return wordsOf(drainerApproval, judgeWith(drainerApproval, judged), locale)[1]
  }

  test('that is not known is sent no coins for the revocation, and is not told to revoke first', () => {
    expect(steps([], 'en')).toMatch(/^Revoke it/)
    expect(steps([], 'en')).toContain(
      `It costs a network fee. Send no coins to this account for that fee, because it runs the code of ${at(0xde)}: follow the finding about the delegate first`,
    )
    expect(steps([], 'ja')).not.toContain('最初に行います')
    expect(steps([], 'ja')).toContain('ガス代のためのコインを送らないでください')
  })

  test('that is known revokes like any other', () => {
    expect(steps([harborWallet], 'en')).toMatch(/^Do this first/)
    expect(steps([harborWallet], 'en')).not.toContain('Send no coins')
    expect(steps([harborWallet], 'ja')).not.toContain('送らないでください')
  })
})

test('a well-known contract that the list of the user names is found', () => {
  const facts = {
    ...listing(entry({ isGiven: true })),
    wellKnownContracts: [{ address: at(0xbad), name: 'Harbor Router', role: 'spender' } as const],
  }
  const outcome = judge([allowance({ spender: drainer })], facts)
  expect(outcome).toMatchObject({ findings: [{ severity: 'critical' }] })
  expect(wordsOf(drainerApproval, outcome, 'en')[0]).toContain(`Harbor Router (${at(0xbad)}) may take`)
})

describe('nothing to say', () => {
  test.each([
    ['no grants', [], listing(entry())],
    ['a spender on no list', [allowance()], listing(entry())],
    [
      'a well-known contract that a list names',
      [allowance({ spender: drainer })],
      {
        ...listing(entry()),
        wellKnownContracts: [{ address: at(0xbad), name: 'Harbor Router', role: 'spender' } as const],
      },
    ],
    [
      'an exploited contract, which is another rule',
      [allowance({ spender: drainer })],
      listing(entry({ kind: 'exploited-spender' }), entry({ address: at(0xbae) })),
    ],
    [
      'a listed delegate as spender',
      [allowance({ spender: drainer })],
      listing(entry({ kind: 'delegate' }), entry({ address: at(0xbae) })),
    ],
  ])('%s', (_, grants, facts) => {
    expect(judge(grants, facts).status).toBe('passed')
  })
})

test.each([
  ['of no list', listing()],
  [
    'of lists that name only others on this chain',
    listing(entry({ kind: 'exploited-spender' }), entry({ kind: 'delegate' })),
  ],
])('with drainers %s nothing is claimed', (_, facts) => {
  for (const about of ['logs', 'spender-code'] as const) {
    expect(judge([allowance({ spender: drainer })], facts, { missing: [missing(about)] }).status).toBe('not-applicable')
  }
})

describe('what was not read', () => {
  test.each(['logs', 'allowance', 'operator', 'nft-approval', 'permit2'] as const)('%s: inconclusive', (about) => {
    expect(judge([], listing(entry()), { missing: [missing(about)] })).toMatchObject({
      status: 'inconclusive',
      because: { kind: 'fact-incomplete', fact: 'approvals' },
    })
  })

  test.each(['token-metadata', 'token-balance', 'spender-code'] as const)('%s changes nothing', (about) => {
    expect(judge([], listing(entry()), { missing: [missing(about)] }).status).toBe('passed')
  })

  test('a finding from a partial scan is still a finding, and says that there may be more', () => {
    expect(judge([allowance({ spender: drainer })], listing(entry()), { missing: [missing('logs')] })).toMatchObject({
      status: 'found',
      because: { kind: 'fact-incomplete' },
    })
  })

  test('approvals that could not be read at all: inconclusive', () => {
    const outcome = judgeWith(drainerApproval, { approvals: new Error('refused'), threats: listing(entry()) })
    expect(outcome).toMatchObject({ status: 'inconclusive', because: { kind: 'fact-failed', fact: 'approvals' } })
  })
})

describe('words', () => {
  test('name spender, token, amount, list and its date', () => {
    expect(wordsOf(drainerApproval, judge([allowance({ spender: drainer })]), 'en').slice(0, 2)).toEqual([
      `${at(0xbad)} may take up to 100 TKN (token contract ${at(0x70)}). The list “field notes” (2026-11-02) names this address as a drainer.`,
      `Do this first, before anything else with this account. Revoke it: on the token contract ${at(0x70)}, call approve with the spender ${at(0xbad)} and the amount 0. This report holds that call, unsigned. The token approval page of the block explorer can send the same. It costs a network fee. Disconnecting from a site revokes nothing.`,
    ])
    const named = judge([operator({ spender: drainer })], listing(entry({ name: 'Pier Gang' })))
    expect(wordsOf(drainerApproval, named, 'ja')[0]).toBe(
      `${at(0xbad)} は、NFT(コレクション ${at(0x70)})のすべてのNFTを移せます。このアドレスは、リスト「field notes」(2026-11-02)に資産を抜き取るドレイナーとして載っています(Pier Gang)。`,
    )
  })

  test('every message reads in both languages', () => {
    const grants = [
      allowance({ spender: drainer }),
      allowance({ spender: drainer, amount: 2n ** 256n - 1n }),
      nftApproval({ spender: drainer }),
      operator({ spender: drainer }),
      permit2Grant({ spender: drainer }),
      permit2Grant({ spender: drainer, expiration: 2 ** 48 - 1 }),
      permit2Grant({ spender: drainer, outerAllowance: 0n }),
      itemAllowance({ spender: drainer }),
      ...(['erc6909', 'erc7540', 'erc777'] as const).map((standard) => operator({ spender: drainer, standard })),
    ]
    const facts = [listing(entry()), listing(entry({ name: 'Pier Gang' }))]
    expectEveryMessage(
      drainerApproval,
      facts.flatMap((threatFacts) => [
        ...grants.map((grant) => judge([grant], threatFacts)),
        judge([], threatFacts, {
          unsolicited: [{ contract: at(0xfa4e), spender: at(0xbad), sender: at(0x5e4d), log: logAt() }],
        }),
      ]),
    )
  })
})
