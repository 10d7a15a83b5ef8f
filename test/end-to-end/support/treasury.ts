/** A treasury: fifty accounts on three development chains, each behind a gate that troubles its readers in its own way. */
import type { Address } from 'viem'
import { type DevelopmentNode, startAnvil } from '../../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, transact } from '../../../fixtures/chains/contracts.ts'
import { at } from '../../../src/testing.ts'
import { type Call, type Gate, startGate } from './gate.ts'

export const chainIds = { payments: 31_401, payroll: 31_402, vault: 31_403 } as const
/** Accounts of each chain, one after another. */
export const counts = { payments: 20, payroll: 20, vault: 10 } as const
export type ChainName = keyof typeof counts

/** What the deployer calls the token: every format has to survive it. */
export const tokenName = '<b>US"D|`::error::=1+1'
/** A person's account, which should never hold an allowance. */
export const person = at(0xbad)

const ether = 10n ** 18n
const unlimited = 2n ** 256n - 1n
const blocks = 2_000
const blockTimeSeconds = 12
/** Of one eth_getLogs: about fifty requests for each filter. */
const longestRange = 40n
/** HTTP requests that the first chain takes in each quarter of a second. */
const postsInQuarter = 20

export type Treasury = {
  /** What the config file takes from the environment. */
  readonly env: Readonly<Record<string, string>>
  readonly gates: Readonly<Record<ChainName, Gate>>
  /** How often the first chain refused a request for its rate. */
  readonly limited: () => number
  /** Hears of each range of logs that the first chain gives. */
  readonly onLogs: (listener: () => void) => void
  /** After how many requests for logs the second chain is gone for good; 0: it never gives logs, and all else. */
  readonly dieAfter: (requests: number) => void
  readonly stop: () => Promise<void>
}

export function accountOf(chain: ChainName, place: number): Address {
  const first = { payments: 0x1000, payroll: 0x2000, vault: 0x3000 } as const
  return at(first[chain] + place)
}

export const labelOf = (chain: ChainName, place: number) => `${chain}-${String(place).padStart(2, '0')}`

export async function startTreasury(): Promise<Treasury> {
  const genesis = Math.floor(Date.now() / 1000) - (blocks + 40) * blockTimeSeconds
  const start = (id: number) => startAnvil(['--chain-id', String(id), '--timestamp', String(genesis)])
  const nodes = await Promise.all([start(chainIds.payments), start(chainIds.payroll), start(chainIds.vault)])
  const [payments, payroll, vault] = nodes
  await Promise.all([live(payments, 'payments'), live(payroll, 'payroll'), live(vault, 'vault')])
  const limits = limitedGate()
  const death = dyingGate()
  const gates = {
    payments: await startGate(payments.url, limits.rules),
    payroll: await startGate(payroll.url, death.rules),
    vault: await startGate(vault.url, {
      answer: ({ method }) => (method === 'eth_chainId' ? { result: '0x1' } : null),
    }),
  }
  return {
    env: { PAYMENTS_RPC: gates.payments.url, PAYROLL_RPC: gates.payroll.url, VAULT_RPC: gates.vault.url },
    gates,
    limited: limits.limited,
    onLogs: limits.onLogs,
    dieAfter: death.dieAfter,
    stop: async () => {
      await Promise.all(Object.values(gates).map((gate) => gate.close()))
      await Promise.all(nodes.map((node) => node.stop()))
    },
  }
}

/** All have coins; of the first chain's accounts five gave a router all of a token, and the sixth a person. */
async function live(node: DevelopmentNode, chain: ChainName): Promise<void> {
  const places = Array.from({ length: counts[chain] }, (_, index) => index + 1)
  for (const place of places) await fund(node, accountOf(chain, place), ether)
  const router = await deploy(node, { name: 'Router' })
  const args = [tokenName, 'USD', 6, 10n ** 12n, router]
  const token = await deploy(node, { name: 'NamedToken', args })
  const { abi } = contract('NamedToken')
  const approve = (place: number, spender: Address) =>
    transact(node, {
      from: accountOf(chain, place),
      to: token,
      abi,
      functionName: 'approve',
      args: [spender, unlimited],
    })
  for (const place of [1, 2, 3, 4, 5]) await approve(place, router)
  await approve(6, person)
  await node.send('anvil_mine', [`0x${blocks.toString(16)}`, `0x${blockTimeSeconds.toString(16)}`])
}

function limitedGate() {
  let refused = 0
  let posts = 0
  let quarter = 0
  let listener = () => {}
  const admit = () => {
    const now = Math.floor(Date.now() / 250)
    posts = now === quarter ? posts + 1 : 1
    quarter = now
    if (posts <= postsInQuarter) return 'pass'
    refused++
    return 'limit'
  }
  const answer = (call: Call) => {
    if (call.method !== 'eth_getLogs') return null
    if (rangeOf(call) > longestRange) {
      return { error: { code: -32602, message: `block range is limited to ${longestRange} blocks` } }
    }
    listener()
    return null
  }
  const onLogs = (next: () => void) => {
    listener = next
  }
  return { rules: { admit, answer } as const, limited: () => refused, onLogs }
}

function rangeOf({ params: [filter] }: Call): bigint {
  const { fromBlock, toBlock } = filter as { readonly fromBlock?: string; readonly toBlock?: string }
  return fromBlock === undefined || toBlock === undefined ? 0n : BigInt(toBlock) - BigInt(fromBlock) + 1n
}

function dyingGate() {
  let left = 0
  let isMortal = true
  const admit = (calls: readonly Call[]) => {
    const asksLogs = calls.some(({ method }) => method === 'eth_getLogs')
    if (!isMortal) return asksLogs ? 'close' : 'pass'
    if (asksLogs) left--
    return left < 0 ? 'close' : 'pass'
  }
  const dieAfter = (requests: number) => {
    left = requests
    isMortal = requests > 0
  }
  return { rules: { admit } as const, dieAfter }
}
