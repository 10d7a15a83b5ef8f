/** A transaction that ran out of gas on a real node, sent again with the limit that the report names. */
import { numberToHex } from 'viem/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { checkup } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { findings } from './support/demo-check.ts'
import { statusOf } from './support/printed-calls.ts'

const sender = at(0x5e4d)
const counting = at(0x1661)
let node: DevelopmentNode

beforeAll(async () => {
  node = await startAnvil()
  await node.send('anvil_setBalance', [sender, '0x3635c9adc5dea00000'])
  // Counts down from 4800, for 26 gas each.
  await node.send('anvil_setCode', [counting, '0x6112c05b600190038060035700'])
}, 60_000)
afterAll(() => node?.stop())

async function sendWith(gas: bigint): Promise<string | null> {
  const fields = { from: sender, to: counting, gas: numberToHex(gas), maxPriorityFeePerGas: '0x3b9aca00' }
  const hash = String(await node.send('eth_sendTransaction', [fields]))
  // A busy machine mines it a moment after it was taken.
  await expect.poll(() => statusOf(node, hash), { timeout: 10_000 }).not.toBeNull()
  return statusOf(node, hash)
}

test('half as much gas again fails once more, and the limit that was tried goes through', async () => {
  expect(await sendWith(85_000n)).toBe('0x0')
  const report = await checkup({ address: sender, rpcUrl: node.url, onlyRules: ['failed-transactions'] })
  const [finding] = findings(report)
  expect(finding).toMatchObject({
    messageId: 'out-of-gas',
    confidence: 'certain',
    data: { replay: { value: 'proven' }, newGasLimit: { value: '170000' } },
    evidence: [{}, {}, { method: 'eth_call', block: '0', value: 'succeeds with 170000 gas' }],
  })
  expect(await sendWith(127_500n)).toBe('0x0')
  expect(await sendWith(170_000n)).toBe('0x1')
}, 60_000)
