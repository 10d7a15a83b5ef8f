/** 10,000 token balances on a development node with 50 M gas per call, beside viem's multicall on the same chain. */
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import type { Address, Hex } from 'viem'
import { encodeAbiParameters, keccak256 } from 'viem/utils'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { installPreinstalls } from '../../fixtures/chains/preinstalls.ts'
import { owner, type Token, tokenCount, tokens } from '../balance-tokens.ts'
import type { BalanceReport } from '../balances-child.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'

const rounds = isQuick ? 3 : 11

/** The peer and we in turn, each time in a process of its own. */
export default async function balances(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wallet-checkup-bench-'))
  const node = await startAnvil(['--gas-limit', '50000000'])
  try {
    const program = join(folder, 'child.cjs')
    const entryPoints = [fileURLToPath(new URL('../balances-child.ts', import.meta.url))]
    buildSync({ entryPoints, outfile: program, bundle: true, format: 'cjs', platform: 'node', logLevel: 'error' })
    await install(node)
    const runs: Run[] = []
    for (let round = 0; round < rounds; round++) {
      runs.push({ ours: await run(program, ['ours', node.url]), peer: await run(program, ['peer', node.url]) })
    }
    if (runs.some(({ peer }) => peer.right !== tokenCount)) throw new Error('the peer did not read the balances')
    const [first] = runs
    if (first === undefined) return []
    const { requests, up, down } = first.ours
    const right = Math.min(...runs.map(({ ours }) => ours.right))
    // The least of each: what else the machine does only adds to it.
    const least = (who: keyof Run) => Math.min(...runs.map((run) => run[who].wall))
    return [
      holds('balances that are right', { figure: `${right}/${tokenCount}`, bar: 'all', passed: right === tokenCount }),
      atMost('requests', requests, 3),
      atMost("wall ÷ viem multicall's", least('ours') / least('peer'), 0.1),
      atMost('bytes up per read', up / tokenCount, 50),
      atMost('bytes down per read', down / tokenCount, 8),
    ]
  } finally {
    await node.stop()
    rmSync(folder, { recursive: true })
  }
}

type Run = { readonly ours: BalanceReport; readonly peer: BalanceReport }

function run(program: string, args: readonly string[]): Promise<BalanceReport> {
  const child = fork(program, args)
  return new Promise((resolve, reject) => {
    child.once('message', (report) => {
      resolve(report as BalanceReport) // all that it says
      child.kill()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The reads ended with ${code} and no report.`)))
  })
}

/** Puts OpenZeppelin's token, or a proxy before it, at every address. */
async function install(node: DevelopmentNode): Promise<void> {
  await installPreinstalls(node)
  const implementation: Address = '0x00000000000000000000000000000000000c0de5'
  await node.send('anvil_setCode', [implementation, runtimeCode('ERC20PresetFixedSupply')])
  for (let start = 0; start < tokenCount; start += 100) {
    await Promise.all(tokens.slice(start, start + 100).map((token) => installToken(node, token, implementation)))
  }
}

/** Where EIP-1967 keeps the implementation, and OpenZeppelin's ERC-20 the balance. */
const implementationSlot = '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc'
const balanceSlot = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [owner, 0n]))

async function installToken(node: DevelopmentNode, token: Token, implementation: Address): Promise<void> {
  const { address, balance, isProxy } = token
  const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`
  await node.send('anvil_setCode', [address, runtimeCode(isProxy ? 'ERC1967Proxy' : 'ERC20PresetFixedSupply')])
  if (isProxy) await node.send('anvil_setStorageAt', [address, implementationSlot, word(BigInt(implementation))])
  if (balance > 0n) await node.send('anvil_setStorageAt', [address, balanceSlot, word(balance)])
}

const codes = new Map<string, Hex>()

/** As OpenZeppelin publishes it. */
function runtimeCode(name: string): Hex {
  const known = codes.get(name)
  if (known !== undefined) return known
  const file = createRequire(import.meta.url).resolve(`@openzeppelin/contracts/build/contracts/${name}.json`)
  const { deployedBytecode } = JSON.parse(readFileSync(file, 'utf8')) as { deployedBytecode: Hex }
  codes.set(name, deployedBytecode)
  return deployedBytecode
}
