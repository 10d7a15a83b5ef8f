/** Reports made by the engine from hand-made facts, with small rules that show every part of a finding. */
import { createHash } from 'node:crypto'
import staleHead from '../../rules/stale-head/index.ts'
import { type FactError, toFactError } from '../../src/core/errors.ts'
import type { FactKey, FactMap, FactResults } from '../../src/core/facts.ts'
import type { Severity } from '../../src/core/finding.ts'
import type { Report } from '../../src/core/report.ts'
import type { Rule } from '../../src/core/rule.ts'
import { severities } from '../../src/core/severity.ts'
import type { Locale } from '../../src/core/text.ts'
import { judge } from '../../src/engine/judge.ts'
import { buildReport } from '../../src/engine/report.ts'
import { RpcRefusedError } from '../../src/rpc/errors.ts'
import { defineRule, value, z } from '../../src/rule.ts'
import { allowance, approvals, at, chain, facts, fees, hashOf, logs, owner, threats, token } from '../../src/testing.ts'

export const grabber = at(0xbad)
const usdc = token({ address: at(0x05dc), symbol: 'USDC', decimals: 6 })

const listedSpender = defineRule({
  id: 'listed-spender',
  severity: 'critical',
  confidence: 'certain',
  needs: ['approvals', 'threats'],
  options: z.object({}),
  text: {
    en: {
      title: 'A listed thief may take your tokens',
      decides: 'A live approval names a spender that a threat list knows.',
      why: 'The spender may take the tokens at any moment.',
      messages: {
        erc20: {
          message: '{spender} may take up to {amount} of yours.',
          steps: [
            'Send the call below to {token}. It sets the allowance to zero.',
            'Do not answer anyone who offers to recover tokens.',
          ],
          links: ['safety'],
        },
      },
    },
    ja: {
      title: 'リストに載っている相手に使用許可を与えています',
      decides: '有効な使用許可の相手が脅威リストにあるかを調べます。',
      why: '相手はいつでもトークンを移動できます。',
      messages: {
        erc20: {
          message: '{spender} は、あなたの {amount} までを移動できます。',
          steps: [
            '下の値で {token} にトランザクションを送り、使用許可をゼロにします。',
            'トークンを取り戻すと持ちかける相手には返事をしないでください。',
          ],
          links: ['safety'],
        },
      },
    },
  },
  judge: (facts) =>
    facts.approvals.grants.flatMap((grant) => {
      const entry = facts.threats.entries.find(({ address }) => address === grant.spender.address)
      if (entry === undefined || grant.kind !== 'allowance') return []
      return [
        {
          messageId: 'erc20' as const,
          subject: {
            kind: 'allowance' as const,
            token: grant.token.address,
            owner,
            spender: grant.spender.address,
          },
          data: {
            spender: value.address(grant.spender.address),
            token: value.address(grant.token.address),
            amount: value.tokenAmount(grant.amount, grant.token),
          },
          evidence: [
            {
              kind: 'call' as const,
              to: grant.token.address,
              function: 'allowance(address,address)',
              arguments: [owner, grant.spender.address],
              block: '21000000',
              value: String(grant.amount),
            },
            { kind: 'log' as const, block: '20000000', transaction: hashOf(0xace), index: 3 },
            { kind: 'list' as const, name: entry.list, date: '2026-10-01' },
          ] as const,
          remedy: [
            {
              chainId: 1,
              to: grant.token.address,
              data: `0x095ea7b3${grant.spender.address.slice(2).toLowerCase().padStart(64, '0')}${'0'.repeat(64)}` as const,
              value: '0',
            },
          ],
        },
      ]
    }),
})

const cheapTransaction = defineRule({
  id: 'cheap-transaction',
  severity: 'low',
  confidence: 'likely',
  needs: ['fees'],
  options: z.object({}),
  text: {
    en: {
      title: 'A transaction waits because it offers too little',
      decides: 'A pending transaction offers less than the base fee.',
      why: 'Everything behind it waits as well.',
      messages: {
        cheap: {
          message: 'Nonce {nonce} offers too little.',
          steps: ['Set the max fee to {maxFee}.'],
          links: ['transactions'],
        },
      },
    },
    ja: {
      title: 'ガス代が足りず、トランザクションが待たされています',
      decides: '保留中のトランザクションの最大基本料金が足りているかを調べます。',
      why: 'うしろのトランザクションも待たされます。',
      messages: {
        cheap: {
          message: 'ナンス {nonce} のガス代が足りません。',
          steps: ['「最大基本料金」を {maxFee} に設定します。'],
          links: ['transactions'],
        },
      },
    },
  },
  applies: ({ fees }) => fees.nextBaseFee !== null,
  judge: ({ fees }) =>
    (fees.gasPrice ?? 0n) <= 40_000_000_000n
      ? []
      : [
          {
            messageId: 'cheap',
            subject: { kind: 'nonce', nonce: 7 },
            data: { nonce: value.nonce(7), maxFee: value.gasPrice(44_000_000_001n) },
            evidence: [
              { kind: 'read', method: 'eth_gasPrice', block: '21000000', value: '50000000000' },
              { kind: 'transaction', hash: hashOf(0xbeef), block: null },
            ],
            remedy: [
              {
                chainId: 1,
                to: at(0xb0b),
                data: '0x',
                value: '1000000000000000',
                nonce: 7,
                gasLimit: '21000',
                maxFeePerGas: '44000000001',
                maxPriorityFeePerGas: '1100000001',
              },
            ],
          },
        ],
})

const delegation = defineRule({
  id: 'delegation',
  severity: 'info',
  confidence: 'certain',
  needs: ['account'],
  options: z.object({}),
  text: {
    en: {
      title: 'The account is delegated',
      decides: 'The account runs the code of a contract.',
      why: 'The contract decides what the account does.',
      messages: { delegated: { message: 'It is delegated.', steps: [] } },
    },
    ja: {
      title: 'アカウントが委任されています',
      decides: 'アカウントがコントラクトのコードで動いているかを調べます。',
      why: 'アカウントの動作はコントラクトが決めます。',
      messages: { delegated: { message: '委任されています。', steps: [] } },
    },
  },
  applies: ({ account }) => account.code.kind === 'delegated',
  judge: () => [
    {
      messageId: 'delegated',
      subject: { kind: 'account' },
      data: {},
      evidence: [{ kind: 'read', method: 'eth_getCode', block: '21000000', value: '0xef01' }],
    },
  ],
})

export const rules: readonly Rule[] = [staleHead, cheapTransaction, listedSpender, delegation]

export const refusedLogs: FactError = toFactError(
  new RpcRefusedError(
    { host: 'rpc.example', method: 'eth_getLogs' },
    { code: -32005, message: 'query returned more than 10000 results' },
  ),
)

type FactsOrErrors = { readonly [Key in FactKey]?: FactMap[Key] | FactError }
type SampleOptions = {
  readonly locale?: Locale
  readonly interrupted?: boolean
  readonly label?: string | null
  readonly allowIncomplete?: boolean
  readonly host?: string
}

export function reportOf(given: FactsOrErrors, options: SampleOptions = {}): Report {
  const { locale = 'en', interrupted = false, label = null, allowIncomplete = false, host = 'rpc.example' } = options
  const results = Object.fromEntries(
    Object.entries({ ...facts(), ...given }).map(([key, fact]) => [
      key,
      'code' in fact && 'hints' in fact ? { status: 'failed', error: fact } : { status: 'ok', value: fact },
    ]),
  ) as FactResults // one entry per fact: the healthy ones have all
  const collection = {
    account: owner,
    label,
    endpoint: { host, requests: 41 },
    startedAt: '2026-11-23T08:00:00.000Z',
    durationSeconds: 2.5,
    interrupted,
    facts: results,
  }
  const outcomes = judge(rules, { account: owner, facts: results })
  return buildReport(
    { targets: [{ collection, outcomes }], unchecked: [] },
    { tool: { name: 'wallet-checkup', version: '0.1.0' }, locale, rules, failOn: 'high', allowIncomplete },
  )
}

export const sickFacts = (symbol: string = 'USDC'): FactsOrErrors => {
  const healthy = chain()
  return {
    chain: chain({ observedAt: healthy.head.timestamp + 7200 }),
    fees: fees({ gasPrice: 50_000_000_000n }),
    approvals: approvals([
      allowance({
        token: { ...usdc, symbol },
        spender: { address: grabber, code: 'contract', nonce: 1 },
        amount: 250_000_000n,
      }),
    ]),
    threats: threats({
      lists: [{ name: 'known drainers', date: '2026-10-01', entries: 12 }],
      entries: [
        {
          address: grabber,
          chainId: null,
          kind: 'drainer',
          list: 'known drainers',
          name: null,
          incidentDate: null,
          isFixed: false,
          isGiven: false,
        },
      ],
    }),
  }
}

const gap = { fromBlock: 20_500_000n, toBlock: 20_999_999n }
export const gappedFacts = (): FactsOrErrors => ({
  fees: refusedLogs,
  logs: logs({ coverage: { fromBlock: 0n, toBlock: 21_000_000n, gaps: [gap] } }),
  approvals: approvals([], { missing: [{ about: 'logs', error: refusedLogs, ranges: [gap] }] }),
})

const configFile = 'ops/wallet-checkup.config.yaml'
type Outcome = Report['result']['targets'][number]['outcomes'][number]

/** What a run over a config file ends in: a sick account, one that was read in part, and a name nobody could resolve. */
export function treasuryReport(locale: Locale = 'en'): Report {
  const sick = reportOf(sickFacts(), { locale, label: 'ops' })
  const [ops] = sick.result.targets
  const [cold] = reportOf(gappedFacts(), { locale, label: 'cold, "old"' }).result.targets
  if (ops === undefined || cold === undefined) throw new Error('a report of one account has one target')
  const listed = ops.outcomes.flatMap((outcome) => (outcome.status === 'found' ? outcome.findings : [])).at(-1)
  if (listed === undefined) throw new Error('a sick account has findings')
  const { ruleId, fingerprint, severity, messageId, subject, data, title, message } = listed
  const past = { ruleId, severity, messageId, subject, data, title, message }
  return {
    ...sick,
    run: { ...sick.run, baseline: { startedAt: '2026-11-22T08:00:00.000Z' } },
    result: {
      summary: {
        complete: false,
        exitCode: 1,
        findings: { critical: 1, high: 1, medium: 0, low: 0, info: 0 },
        suppressed: 1,
        changes: { new: 1, unchanged: 1, updated: 0, absent: 1, unknown: 1 },
        outcomes: { passed: 1, found: 3, 'not-applicable': 2, inconclusive: 2 },
      },
      targets: [
        { ...ops, declaredAt: { file: configFile, line: 12 }, tags: ['hot'], outcomes: ops.outcomes.map(compared) },
        {
          ...cold,
          declaredAt: { file: configFile, line: 15 },
          earlier: [
            { ...past, fingerprint: fingerprint.replaceAll(/\d/g, 'a'), change: 'absent' },
            { ...past, fingerprint: fingerprint.replaceAll(/\d/g, 'b'), change: 'unknown' },
          ],
        },
      ],
      unchecked: [
        {
          input: 'vault.eth',
          label: null,
          chain: { id: 1, name: 'Ethereum' },
          error: refusedLogs,
          declaredAt: { file: configFile, line: 18 },
        },
      ],
      notices: [
        {
          kind: 'suppression-expired',
          message: 'A suppression of stale-head ended on 2026-11-01.',
          data: {},
          declaredAt: { file: configFile, line: 30 },
        },
      ],
    },
  }
}

/** The critical finding is new, and somebody excuses the low one. */
function compared(outcome: Outcome): Outcome {
  if (outcome.status !== 'found') return outcome
  const [first, ...rest] = outcome.findings.map((finding) => ({
    ...finding,
    change: finding.severity === 'critical' ? ('new' as const) : ('unchanged' as const),
    ...(finding.severity === 'low' && {
      suppressions: [
        {
          reason: 'the weekly payout waits, on purpose',
          expires: '2027-01-31',
          declaredAt: { file: configFile, line: 31 },
        },
      ],
    }),
  }))
  return first === undefined ? outcome : { ...outcome, findings: [first, ...rest] }
}

/** A report of one account with so many findings of each severity, each about another spender. */
export function manyFindings(counts: Partial<Record<Severity, number>>, locale: Locale = 'en'): Report {
  const report = reportOf(sickFacts(), { locale, label: 'ops' })
  const [target] = report.result.targets
  const found = target?.outcomes.find(({ ruleId }) => ruleId === 'listed-spender')
  if (target === undefined || found?.status !== 'found') throw new Error('a sick account has a listed spender')
  const [sample] = found.findings
  if (sample === undefined) throw new Error('what was found has findings')
  const outcomes = severities.flatMap((severity): readonly Outcome[] => {
    const findings = Array.from({ length: counts[severity] ?? 0 }, (_, index) => {
      const id = createHash('sha256').update(`${severity} ${index}`).digest('hex')
      const spender = `0x${id.slice(0, 40)}` as const
      return {
        ...sample,
        severity,
        fingerprint: id.slice(0, 32),
        subject: { kind: 'allowance' as const, token: usdc.address, owner, spender },
        data: { ...sample.data, spender: value.address(spender) },
        message: sample.message.replaceAll(grabber, spender),
      }
    })
    return findings.length === 0 ? [] : [{ ruleId: `${severity}-rule`, status: 'found', findings }]
  })
  return { ...report, result: { ...report.result, targets: [{ ...target, outcomes }] } }
}
