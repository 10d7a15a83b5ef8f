/** What the report advises, done: the printed calls are sent as they are, and the findings end. */
import type { Address, Hex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fund, send, type Transaction } from '../../fixtures/chains/contracts.ts'
import type { UnsignedCall } from '../../src/core/finding.ts'
import type { Report } from '../../src/core/report.ts'
import { type DemoCheck, findings, startDemoCheck, statuses } from './support/demo-check.ts'
import { reportOf } from './support/report-of.ts'

let demoCheck: DemoCheck
let before: Report
beforeAll(async () => {
  demoCheck = await startDemoCheck()
  before = reportOf(await demoCheck.check(demoCheck.demo.sick, '-o', 'json'))
}, 120_000)
afterAll(() => demoCheck?.stop())

const approvalRules = [
  'drainer-approval',
  'approval-to-account',
  'unlimited-allowance',
  'operator-approval',
  'permit2-grant',
]

test('the queue: topped up, cancelled, the gap filled, everything is mined', async () => {
  const { demo, check } = demoCheck
  const { sick, stuck, queued, node } = demo
  const [, cancel] = remedies('stuck-transaction')
  const [fill] = remedies('nonce-gap')
  if (cancel === undefined || fill === undefined) throw new Error('no call was given')

  // Anvil wants a higher price for the same nonce; the tenth that other nodes want on top is a matter of unit tests.
  const { hash: _, ...transaction } = stuck
  await expect(send(node, { ...transaction, to: sick })).rejects.toThrow('underpriced')

  await fund(node, sick, 10n ** 18n)
  const hashes = [await send(node, asSent(sick, cancel)), await send(node, asSent(sick, fill))]
  await demo.refresh()
  for (const hash of [...hashes, queued.hash]) expect(await statusOf(hash)).toBe('0x1')
  expect(await node.send('eth_getTransactionByHash', [stuck.hash])).toBeNull()

  const after = statuses(reportOf(await check(sick, '-o', 'json')))
  expect(after).toMatchObject({
    'stuck-transaction': 'passed',
    'nonce-gap': 'passed',
    'unaffordable-queue': 'passed',
    'insufficient-gas-coin': 'passed',
  })
}, 120_000)

test('the Permit2 grant: its lockdown call alone ends it', async () => {
  const { demo, check } = demoCheck
  await sendAll(remedies('permit2-grant'))
  const after = statuses(reportOf(await check(demo.sick, '-o', 'json', '--rule', 'permit2-grant')))
  expect(after).toEqual({ 'permit2-grant': 'passed' })
}, 120_000)

test('the approvals: every printed revoke call is mined, and the next check finds none', async () => {
  const { demo, check } = demoCheck
  const calls = approvalRules.flatMap(remedies)
  expect(calls.length).toBe(6)
  await sendAll(calls)
  const after = statuses(reportOf(await check(demo.sick, '-o', 'json')))
  for (const ruleId of approvalRules) expect([ruleId, after[ruleId]]).toEqual([ruleId, 'passed'])
}, 120_000)

test('what cannot be undone is still there', async () => {
  const { demo, check } = demoCheck
  const after = statuses(reportOf(await check(demo.sick, '-o', 'json')))
  expect(after).toMatchObject({
    'malicious-delegate': 'found',
    'failed-transactions': 'found',
    'overpaid-gas': 'found',
  })
}, 60_000)

function remedies(ruleId: string): readonly UnsignedCall[] {
  return findings(before, ruleId).flatMap(({ remedy = [] }) => remedy)
}

/** Sends each call as the sick account, and expects it to succeed. */
async function sendAll(calls: readonly UnsignedCall[]): Promise<void> {
  const { node, sick, refresh } = demoCheck.demo
  await fund(node, sick, 10n ** 18n)
  for (const call of calls) {
    const hash = await send(node, asSent(sick, call))
    await refresh()
    expect(await statusOf(hash)).toBe('0x1')
  }
}

/** Field by field what was printed; where it leaves the fee or the gas to the wallet, what a wallet would choose. */
function asSent(from: Address, call: UnsignedCall): Transaction {
  const { maxFeePerGas = '90000000000', maxPriorityFeePerGas = '1000000000', gasLimit = '200000' } = call
  return {
    from,
    to: call.to,
    data: call.data,
    value: BigInt(call.value),
    gas: BigInt(gasLimit),
    maxFeePerGas: BigInt(maxFeePerGas),
    maxPriorityFeePerGas: BigInt(maxPriorityFeePerGas),
    ...(call.nonce !== undefined && { nonce: call.nonce }),
  }
}

async function statusOf(hash: Hex): Promise<string | undefined> {
  const receipt = await demoCheck.demo.node.send('eth_getTransactionReceipt', [hash])
  return (receipt as { status: string } | null)?.status
}
