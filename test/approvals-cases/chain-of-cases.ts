/** A development chain for the cases: an account of its own for each, and everything that a run reads about it. */
import type { Address } from 'viem'
import { getAddress } from 'viem/utils'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { type ContractCall, contract, deploy as deployAt, fund, transact } from '../../fixtures/chains/contracts.ts'
import { installPreinstalls, permit2Abi, permit2Address } from '../../fixtures/chains/preinstalls.ts'
import rules from '../../rules/index.ts'
import collectors from '../../src/collectors/index.ts'
import type { FactMap, Grant } from '../../src/core/facts.ts'
import type { LogSource } from '../../src/core/log-source.ts'
import type { Outcome } from '../../src/core/outcome.ts'
import type { RpcClient } from '../../src/core/rpc.ts'
import type { Store } from '../../src/core/store.ts'
import { collect } from '../../src/engine/collect.ts'
import { judge } from '../../src/engine/judge.ts'
import { createRpcClient } from '../../src/rpc/client.ts'
import { at } from '../../src/testing.ts'
import { collectOptions } from '../support/fake-rpc.ts'
import { stoppable } from '../support/stoppable.ts'

export type Checked = {
  readonly facts: FactMap
  readonly grants: readonly Grant[]
  readonly outcome: (ruleId: string) => Outcome
}

type Options = Parameters<typeof collectOptions>[0]
type Setting = {
  readonly client?: RpcClient
  readonly options?: Options
  readonly logSource?: LogSource
  readonly store?: Store
}

export type CaseChain = Awaited<ReturnType<typeof startCaseChain>>

export const maximum = 2n ** 256n - 1n
/** Made to hold allowances: it has code. */
export const friend = at(0xf1e4d)

/** @param flags of anvil, beside its own */
export async function startCaseChain(flags: readonly string[] = []) {
  const node = await startAnvil(flags)
  await installPreinstalls(node)
  const rpc = createRpcClient({ url: node.url })
  await fund(node, friend, 10n ** 20n)
  let accounts = 0
  const deploy = async (name: string, ...args: readonly unknown[]) => getAddress(await deployAt(node, { name, args }))
  const router = await deploy('Router')
  await fund(node, router, 10n ** 20n)
  return {
    node,
    rpc,
    /** A contract that holds the allowances. */
    router,
    deploy,
    /** Deployed by that account: what it may do with its contract is up to the contract. */
    deployFrom: async (from: Address, name: string, ...args: readonly unknown[]) =>
      getAddress(await deployAt(node, { name, args, from })),
    stop: node.stop,
    newOwner: async () => {
      const owner = at(0xacc0000n + BigInt(++accounts))
      await fund(node, owner, 10n ** 20n)
      return owner
    },
    send: sender(node),
    permit2: (from: Address, functionName: string, ...args: readonly unknown[]) =>
      transact(node, { from, to: permit2Address, abi: permit2Abi, functionName, args }),
    check: (owner: Address, { client = rpc, options = {}, logSource, store }: Setting = {}) =>
      check(
        { rpc: client, ...(logSource !== undefined && { logSource }), store: store ?? null },
        { ...options, account: owner },
      ),
  }
}

/** `send(name, from, to)(functionName, ...args)` */
function sender(node: DevelopmentNode) {
  return (name: string, from: Address, to: Address) =>
    (functionName: string, ...args: ContractCall['args'] & object) =>
      transact(node, { from, to, abi: contract(name).abi, functionName, args })
}

async function check(
  asked: { readonly rpc: RpcClient; readonly logSource?: LogSource; readonly store: Store | null },
  options: Options & { readonly account: Address },
): Promise<Checked> {
  const results = await collect(collectors, {
    ...asked,
    options: collectOptions(options),
    signal: stoppable().signal,
    now: () => Math.floor(Date.now() / 1000),
    report: () => undefined,
  })
  const facts = Object.fromEntries(
    Object.entries(results).map(([key, result]) => {
      if (result.status === 'failed') throw new Error(`${key} failed: ${result.error.message}`)
      return [key, result.value]
    }),
  ) as unknown as FactMap // one entry per collector, each looked at
  const outcomes = judge(rules, { account: options.account, facts: results as Parameters<typeof judge>[1]['facts'] })
  return {
    facts,
    grants: facts.approvals.grants,
    outcome: (ruleId) => {
      const found = outcomes.find((each) => each.ruleId === ruleId)
      if (found === undefined) throw new Error(`no rule ${ruleId}`)
      return found
    },
  }
}

/** What a grant is in a line, for tables. */
export function brief(grants: readonly Grant[]): readonly string[] {
  return grants.map((grant) => {
    const what = 'tokenId' in grant ? ` ${grant.tokenId}` : grant.kind === 'operator' ? ` ${grant.standard}` : ''
    const amount = 'amount' in grant ? ` ${grant.amount === maximum ? 'max' : grant.amount}` : ''
    return `${grant.kind}${what}${amount}`
  })
}
