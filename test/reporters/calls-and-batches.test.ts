import { encodeFunctionData, keccak256, parseAbi, stringToBytes } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import type { UnsignedCall } from '../../src/core/finding.ts'
import type { Report } from '../../src/core/report.ts'
import { revokeCall } from '../../src/domain/revoke.ts'
import { notices, reporters } from '../../src/reporters/index.ts'
import { checksumOf } from '../../src/reporters/safe-batch.ts'
import { allowance, at, fees, hashOf, operator, owner } from '../../src/testing.ts'
import { reportOf, sickFacts } from './sample-reports.ts'

const options = { locale: 'en', useColor: false, width: 80 } as const
const block = '21000000'
const works = { status: 'succeeds', block, isConfirmed: true } as const
const error = { code: 'revocation-not-tried', message: 'x', data: {}, hints: [] }
const revoke = { ...revokeCall(allowance(), 1), simulation: works }
const disown = { ...revokeCall(operator(), 1), simulation: works }
const transfer = encodeFunctionData({
  abi: parseAbi(['function transfer(address, uint256)']),
  args: [at(0xbad), 5n],
})

type Over = { readonly kind?: 'account' | 'contract' | 'delegated' | null; readonly finding?: object }

/** A report of one account, whose findings have these calls, one each. */
function withCalls(calls: readonly UnsignedCall[], { kind = 'contract', finding = {} }: Over = {}): Report {
  const report = reportOf({ fees: sickFacts().fees ?? fees() })
  const [target] = report.result.targets
  const found = target?.outcomes.find((outcome) => outcome.status === 'found')
  if (target?.seen === undefined || found?.status !== 'found') throw new Error('the sample report has no finding')
  const [sample] = found.findings
  if (sample === undefined) throw new Error('a finding without findings')
  const outcomes = calls.map((call) => ({ ...found, findings: [{ ...sample, ...finding, remedy: [call] }] }))
  return { ...report, result: { ...report.result, targets: [{ ...target, seen: { ...target.seen, kind }, outcomes }] } }
}

const lines = (report: Report) =>
  reporters
    .calls(report, options)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
const batch = (report: Report) => JSON.parse(reporters['safe-batch'](report, options))

describe('calls', () => {
  test('are one JSON object a line, each with what a wallet needs and the finding it is for', () => {
    const report = withCalls([revoke, { ...disown, nonce: 7, maxFeePerGas: '5', purpose: 'cancel' }])
    const [outcome] = report.result.targets[0]?.outcomes ?? []
    const finding = outcome?.status === 'found' ? outcome.findings[0]?.fingerprint : ''
    const rule = 'cheap-transaction'
    const { to, data } = revoke
    expect(lines(report)).toEqual([
      { account: owner, chainId: 1, to, value: '0', data, purpose: 'revoke', simulation: 'succeeds', rule, finding },
      {
        account: owner,
        chainId: 1,
        to: disown.to,
        value: '0',
        data: disown.data,
        nonce: 7,
        maxFeePerGas: '5',
        purpose: 'cancel',
        simulation: 'succeeds',
        rule,
        finding,
      },
    ])
  })

  const typed: UnsignedCall = {
    ...{ chainId: 1, to: at(0x70), data: '0x' as const, value: '0', nonce: 7, maxFeePerGas: '44000000000' },
    ...{ maxFeePerBlobGas: '2000000000', blobVersionedHashes: [hashOf(1), hashOf(2)], purpose: 'speed-up' as const },
    accessList: [{ address: at(0x71), storageKeys: [hashOf(3)] }],
  }

  test('with blobs and an access list have both', () => {
    const { maxFeePerBlobGas, blobVersionedHashes, accessList } = typed
    expect(lines(withCalls([typed]))).toMatchObject([{ maxFeePerBlobGas, blobVersionedHashes, accessList }])
    expect(JSON.parse(reporters.json(withCalls([typed]), options))).toMatchObject({
      result: { targets: [{ outcomes: [{ findings: [{ remedy: [{ blobVersionedHashes, accessList }] }] }] }] },
    })
  })

  test.each([
    ['en', ['Max blob fee', '2 gwei'], 'Blob hashes', 'Access list'],
    ['ja', ['最大ブロブ手数料', '2 gwei'], 'ブロブのハッシュ', 'アクセスリスト'],
  ] as const)('with blobs and an access list are told whole to people: %s', (locale, fee, blobs, list) => {
    const hashes = `${hashOf(1)} ${hashOf(2)}`
    const keys = JSON.stringify(typed.accessList)
    const table = reporters.table(withCalls([typed]), { ...options, locale }).split('\n')
    const row = (name: string) =>
      table
        .find((line) => line.trimStart().startsWith(name))
        ?.trim()
        .split(/ {2,}/)
    expect([row(fee[0]), row(blobs), row(list)]).toEqual([fee, [blobs, hashes], [list, keys]])
    const markdown = reporters.markdown(withCalls([typed]), { ...options, locale })
    expect(markdown).toContain(`- ${fee[0]}: ${fee[1]}\n- ${blobs}: \`${hashes}\`\n- ${list}: \`${keys}\`\n`)
  })

  test('that nobody tried, or could not, are among them, and say so', () => {
    const { simulation: _, ...untried } = disown
    const calls = [{ ...revoke, simulation: { status: 'unknown', block, error } as const }, untried]
    expect(lines(withCalls(calls)).map(({ simulation }) => simulation)).toEqual(['unknown', null])
  })

  test('that two findings ask for are there once', () => {
    expect(lines(withCalls([revoke, { ...revoke, to: revoke.to.toLowerCase() as typeof revoke.to }]))).toHaveLength(1)
  })

  test('of a report without any are nothing', () => {
    expect(reporters.calls(reportOf({}), options)).toBe('')
    expect(notices.calls?.(reportOf({}), 'en')).toBeNull()
  })

  test('show nothing that a terminal obeys, whatever a rule is called', () => {
    const text = reporters.calls(withCalls([revoke], { finding: { ruleId: 'a\u001b[2J\u202e\u2028b' } }), options)
    expect(text).toContain('"rule":"a\\u001b[2J\\u202e\\u2028b"')
    expect(text.split('\n')).toHaveLength(2)
  })
})

describe('a Safe batch', () => {
  test('is what the Transaction Builder loads', () => {
    const report = withCalls([revoke, disown])
    expect(batch(report)).toEqual({
      version: '1.0',
      chainId: '1',
      createdAt: Date.parse(report.run.startedAt),
      meta: {
        name: 'Revoke what others may take (wallet-checkup)',
        description:
          '2 calls that only revoke, each tried at block 21000000 without sending it. Compare every call with the report before you sign.',
        txBuilderVersion: '1.18.0',
        createdFromSafeAddress: owner,
        createdFromOwnerAddress: '',
        checksum: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      },
      transactions: [revoke, disown].map(({ to, data }) => ({
        to,
        value: '0',
        data,
        contractMethod: null,
        contractInputsValues: null,
      })),
    })
  })

  test('has the checksum of its keys in order and its values, without the checksum and the name', () => {
    const { meta, ...rest } = batch(withCalls([revoke]))
    const { checksum, ...unsigned } = meta
    expect(checksumOf({ ...rest, meta: unsigned })).toBe(checksum)
    expect(checksumOf({ ...rest, meta: { ...unsigned, name: 'mine' } })).toBe(checksum)
    expect(checksumOf({ ...rest, meta: { ...unsigned, description: 'mine' } })).not.toBe(checksum)
    expect(checksumOf({ ...rest, meta: unsigned, chainId: '5' })).not.toBe(checksum)
    const shape = { meta: { name: 'n', b: null }, list: [1, { z: 'x', a: true }] }
    const written = '{["list","meta"][1,{["a","z"]true,"x",}],{["b","name"]null,null,},}'
    expect(checksumOf(shape)).toBe(keccak256(stringToBytes(written)))
  })

  test.each([
    ['fails', { ...disown, simulation: { status: 'reverts', block } }, '1 call that would fail or change nothing'],
    [
      'changes nothing',
      { ...disown, simulation: { status: 'no-effect', block } },
      '1 call that would fail or change nothing',
    ],
    [
      'could not be tried',
      { ...disown, simulation: { status: 'unknown', block, error } },
      '1 call that could not be tried',
    ],
    ['nobody tried', { ...disown, simulation: undefined }, '1 call that could not be tried'],
    ['moves tokens', { ...disown, data: transfer }, '1 call that does more than to revoke'],
    ['sends coins', { ...disown, value: '1' }, '1 call that does more than to revoke'],
    ['is for another chain', { ...disown, chainId: 10 }, '1 call that does more than to revoke'],
  ])('leaves out a call that %s, and says so', (_, call, reason) => {
    const report = withCalls([revoke, call as UnsignedCall])
    expect(batch(report).transactions.map(({ data }: { data: string }) => data)).toEqual([revoke.data])
    expect(notices['safe-batch']?.(report, 'en')).toBe(`Left out: ${reason}.`)
    expect(notices['safe-batch']?.(report, 'ja')).toMatch(/^除いたもの: .*1件。$/)
  })

  test('has nothing of a disputed finding', () => {
    const report = withCalls([revoke], { finding: { disputed: [] } })
    expect(() => batch(report)).toThrow(
      expect.objectContaining({
        code: 'no-safe-batch',
        data: expect.objectContaining({ obstacle: { type: 'keyword', value: 'none' } }),
      }),
    )
    expect(notices['safe-batch']?.(report, 'en')).toBe('Left out: 1 call of disputed findings.')
    expect(notices.calls?.(report, 'en')).toBe('Left out: 1 call of disputed findings.')
  })

  test('does not speed up or cancel anything', () => {
    expect(() => batch(withCalls([{ ...revoke, purpose: 'cancel' }]))).toThrow(
      expect.objectContaining({ code: 'no-safe-batch' }),
    )
  })

  test.each([
    ['person', withCalls([revoke], { kind: 'account' })],
    ['person', withCalls([revoke], { kind: 'delegated' })],
    ['none', reportOf({})],
  ])('is not made where there is none to make: %s', (obstacle, report) => {
    const kinds = report.result.targets.map((target) =>
      target.seen
        ? { ...target, seen: { ...target.seen, kind: obstacle === 'none' ? ('contract' as const) : target.seen.kind } }
        : target,
    )
    const given = { ...report, result: { ...report.result, targets: kinds } }
    expect(() => batch(given)).toThrow(
      expect.objectContaining({ data: { obstacle: { type: 'keyword', value: obstacle } } }),
    )
  })

  /** The Safe account, and others beside it. */
  const beside = (others: readonly Report[], safe = withCalls([revoke, disown])): Report => ({
    ...safe,
    result: { ...safe.result, targets: [...others, safe].flatMap(({ result }) => result.targets) },
  })
  const person = (calls: readonly UnsignedCall[], kind: Over['kind'] = 'account'): Report => {
    const report = withCalls(calls, { kind })
    const targets = report.result.targets.map((target) => ({ ...target, account: at(0xb0b) }))
    return { ...report, result: { ...report.result, targets } }
  }

  test.each([
    ['account', 'without calls', [], null],
    ['account', 'with one', [revoke], 'Left out: 1 call of accounts that are no Safe account.'],
    ['delegated', 'with two', [revoke, disown], 'Left out: 2 calls of accounts that are no Safe account.'],
  ] as const)('is made beside an account of a person (%s), %s: its calls are left out', (kind, _, calls, notice) => {
    const report = beside([person(calls, kind)])
    const { meta, transactions } = batch(report)
    expect(meta.createdFromSafeAddress).toBe(owner)
    expect(transactions.map(({ data }: { data: string }) => data)).toEqual([revoke.data, disown.data])
    expect(notices['safe-batch']?.(report, 'en')).toBe(notice)
    const table = reporters.table(report, { ...options, width: 400 })
    expect(table.match(/-o safe-batch=FILE writes the 2 calls that revoke/g)).toHaveLength(1)
  })

  test('has another reason where a person has calls and the Safe account has none', () => {
    expect(() => batch(beside([person([revoke])], withCalls([])))).toThrow(
      expect.objectContaining({ data: { obstacle: { type: 'keyword', value: 'none' } } }),
    )
  })

  test('is not made of two accounts', () => {
    const report = withCalls([revoke])
    const [target] = report.result.targets
    if (target === undefined) throw new Error('no target')
    const targets = [target, { ...target, account: at(0xb0b) }]
    expect(() => batch({ ...report, result: { ...report.result, targets } })).toThrow(
      expect.objectContaining({ data: { obstacle: { type: 'keyword', value: 'several' } } }),
    )
  })
})

describe('the table', () => {
  const table = (report: Report) => reporters.table(report, { ...options, width: 400 })
  const fails = { ...disown, simulation: { status: 'reverts', block } } as const

  test('of a contract says that its revocations can be one batch, with how many', () => {
    expect(table(withCalls([revoke]))).toContain('-o safe-batch=FILE writes the call that revokes as one batch')
    expect(table(withCalls([revoke, disown, fails]))).toContain('writes the 2 calls that revoke as one batch')
    const japanese = reporters.table(withCalls([revoke, disown]), { ...options, locale: 'ja', width: 400 })
    expect(japanese).toContain('-o safe-batch=FILE で、許可を取り消すための呼び出し(2件)を')
  })

  test.each([
    ['nothing that works', withCalls([fails])],
    ['a person', withCalls([revoke], { kind: 'account' })],
    ['a delegated account', withCalls([revoke], { kind: 'delegated' })],
  ])('says nothing of it for %s', (_, report) => {
    expect(table(report)).not.toContain('safe-batch')
  })
})
