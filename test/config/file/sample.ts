/** A config that uses every part of the format, and what it takes to read one. */
import rules from '../../../rules/index.ts'
import { makePlan } from '../../../src/config/file/make-plan.ts'
import type { Plan } from '../../../src/config/file/plan.ts'
import { readConfig } from '../../../src/config/file/read-config.ts'
import { CheckupError } from '../../../src/core/errors.ts'
import type { Locale } from '../../../src/core/text.ts'
import { endpointIdOf } from '../../../src/rpc/endpoint.ts'
import { findChain } from '../../../src/rpc/public-endpoint.ts'
import { errorHints, errorSentence } from '../../../src/words/index.ts'

export const treasury = '0x51C451C451c451c451c451C451c451C451c451C4'
export const permit2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
export const variable = (name: string) => `\${${name}}`
export const variables = {
  MAINNET_RPC: 'https://one.example/key-of-mainnet',
  BASE_KEY: 'key-of-base',
  SLACK_URL: 'https://hooks.example/key-of-slack',
  WEBHOOK_SECRET: 'ab'.repeat(32),
}

export const sample = `version: 1
chains:
  ethereum:
    rpc: "${variable('MAINNET_RPC')}"
    second: https://two.example
  base:
    rpc: ["https://base.example/${variable('BASE_KEY')}", https://spare.example]
    maxRps: 5
    timeout: 20
    fromBlock: 1000
  devnet: { id: 31337, rpc: http://127.0.0.1:8545 }
accounts:
  - address: ${treasury}
    label: treasury
    chains: [base, 1]
    tags: [payroll]
    kind: safe
    rules:
      stale-approval: { days: 30, severity: low }
    expectedSpenders: ["0x0000000000000000000000000000000000000007"]
  - address: example.eth
    label: founder
    chains: [ethereum]
tags:
  payroll:
    rules:
      unlimited-allowance: off
      stale-approval: { days: 60 }
rules:
  stale-approval: { days: 90, severity: high }
  stale-head: info
expectedSpenders: ["${permit2}"]
expectedTokens: ["0x0000000000000000000000000000000000000008"]
lists: { threats: [lists/drainers.txt] }
suppressions:
  - rule: unlimited-allowance
    account: treasury
    chain: base
    spender: "${permit2}"
    reason: router of the weekly payout job
    expires: 2027-03-31
    while: { maxAllowance: 250000000000000000000000 }
outputs: [table, json=report.json]
failOn: medium
allowIncomplete: true
history: 30
notify:
  - { type: webhook, url: https://ops.example/hook, secret: "${variable('WEBHOOK_SECRET')}" }
  - { type: slack, url: "${variable('SLACK_URL')}", on: [new, worse] }
`

/** One test in one day: how far ahead a suppression may last depends on it. */
export const today = Date.parse('2026-11-23T12:00:00Z')
export const ports = { rules, variables, findChain, endpointIdOf, now: today }

export function plan(text: string, more: Partial<Parameters<typeof makePlan>[1]> = {}): Promise<Plan> {
  return Promise.resolve().then(() => makePlan(readConfig(text, 'wallet.yaml'), { ...ports, ...more }))
}

/** What a person is told: the sentence and the hints, in one language. Fails for a config that is fine. */
export async function complaint(text: string, locale: Locale = 'en', more = {}): Promise<string> {
  try {
    await plan(text, more)
  } catch (error) {
    if (!(error instanceof CheckupError)) throw error
    return [errorSentence(error, locale), ...errorHints(error, locale)].join('\n')
  }
  throw new Error('this config was accepted')
}

/** The sample with one part of it changed. */
export function changed(from: string, to: string): string {
  if (!sample.includes(from)) throw new Error(`the sample has no ${from}`)
  return sample.replace(from, () => to)
}
