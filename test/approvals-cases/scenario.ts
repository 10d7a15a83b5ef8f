/** One case: what somebody did on the chain, and what the report must say of every approval that came of it. */
import type { Address } from 'viem'
import { expect, test } from 'vitest'
import { type CheckupOptions, checkup, type Report, type ReportFinding } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { findings, statuses } from '../end-to-end/support/demo-check.ts'
import { type CaseChain, maximum } from './chain-of-cases.ts'

export type Scene = {
  readonly chain: CaseChain
  readonly owner: Address
  /** Deploys that contract and says what each of these accounts may call on it. */
  readonly deploy: (name: string, ...args: readonly unknown[]) => Promise<Contract>
}
export type Contract = {
  readonly address: Address
  readonly from: (sender: Address, functionName: string, ...args: readonly unknown[]) => Promise<unknown>
}

export type Case = {
  readonly name: string
  readonly act: (scene: Scene) => Promise<unknown>
  /** Every finding about approvals, in short. */
  readonly found: readonly string[]
  /** The rules that could not decide. */
  readonly unread?: readonly string[]
  /** Another account than the one that acts. */
  readonly options?: Partial<CheckupOptions>
}

/** What judges approvals, and the rule that names every grant, because nobody is expected. */
const about = [
  'unknown-delegate',
  'drainer-approval',
  'exploited-spender-approval',
  'approval-to-account',
  'unexpected-spender',
  'unlimited-allowance',
  'operator-approval',
  'permit2-grant',
  'dormant-permit2-grant',
  'implicit-approval',
  'unsolicited-approval',
]
const ruleOptions = { 'unexpected-spender': { expectedSpenders: [at(0xe4bec7ed)] } }

export function reportOf(
  { chain, owner }: Pick<Scene, 'chain' | 'owner'>,
  over: Partial<CheckupOptions> = {},
): Promise<Report> {
  const rest = { chainId: 31337, secondOpinion: false, onlyRules: about, ruleOptions, ...over }
  return checkup({ address: owner, rpc: chain.rpc, ...rest })
}

export async function sceneOn(chain: CaseChain): Promise<Scene> {
  const deploy = async (name: string, ...args: readonly unknown[]): Promise<Contract> => {
    const address = await chain.deploy(name, ...args)
    return contractAt(chain, name, address)
  }
  return { chain, owner: await chain.newOwner(), deploy }
}

export function contractAt(chain: CaseChain, name: string, address: Address): Contract {
  const from: Contract['from'] = (sender, functionName, ...args) =>
    chain.send(name, sender, address)(functionName, ...args)
  return { address, from }
}

/** One test per case. `chainOf` is asked when they run: the chain is started before them. */
export function testCases(chainOf: () => CaseChain, cases: readonly Case[]): void {
  test.each(cases)('$name', async ({ act, found, unread = [], options = {} }) => {
    const scene = await sceneOn(chainOf())
    await act(scene)
    const report = await reportOf(scene, options)
    expect(findings(report).map(inShort).sort()).toEqual([...found].sort())
    expect(unreadRules(report)).toEqual(unread)
  })
}

export function unreadRules(report: Report): readonly string[] {
  const isUnread = ([, status]: readonly [string, string]) => status === 'inconclusive'
  return Object.entries(statuses(report))
    .filter(isUnread)
    .map(([ruleId]) => ruleId)
}

/** The grant by itself, or what a rule says of it: severity, rule, message, and what may be taken. */
export function inShort({ ruleId, messageId, severity, data }: ReportFinding): string {
  const taken = [amountOf(data.amount), itemOf(data.tokenId), exposureOf(data.exposure)].join('')
  return ruleId === 'unexpected-spender'
    ? `grant of ${text(data.grant)}${taken}`
    : `${severity} ${ruleId}/${messageId}${taken}`
}

type Value = ReportFinding['data'][string] | undefined
const text = (value: Value) => (value === undefined ? '' : String(value.value))
const amountOf = (value: Value) =>
  value === undefined ? '' : ` ${text(value) === String(maximum) ? 'max' : text(value)}`
const itemOf = (value: Value) => (value === undefined ? '' : ` #${text(value)}`)
const exposureOf = (value: Value) => (value === undefined ? '' : `, ${text(value)} now`)
