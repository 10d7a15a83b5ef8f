/** One, ten and a hundred accounts of one chain in one run: what the others cost, and whether each is told what it is told alone. */
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Address } from 'viem'
import { encodeFunctionData, getAddress } from 'viem/utils'
import { type DevelopmentNode, startAnvil } from '../../fixtures/chains/anvil.ts'
import { contract, deploy, fund, send } from '../../fixtures/chains/contracts.ts'
import { installPreinstalls } from '../../fixtures/chains/preinstalls.ts'
import { gather, gatherMany, judgeMany } from '../../src/index.ts'
import { at } from '../../src/testing.ts'
import { atMost, holds, isQuick, type Row } from '../row.ts'

const most = isQuick ? 30 : 100
const latencyMs = 20
const accounts = Array.from({ length: most }, (_, index) => getAddress(at(0xacc00000n + BigInt(index))))
const startedAtMs = Date.now()

export default async function many(): Promise<readonly Row[]> {
  const node = await startAnvil()
  const proxy = await startProxy(node.url)
  try {
    await live(node)
    const runs = new Map<number, Measured>()
    for (const count of [1, 10, most]) runs.set(count, await measure(proxy, count))
    const [one, ten, all] = [1, 10, most].map((count) => runs.get(count))
    if (one === undefined || ten === undefined || all === undefined) throw new Error('three runs were made')
    const last = accounts.at(-1) ?? raise()
    const alone = await gather({ address: last, rpcUrl: proxy.url, now: () => startedAtMs })
    const [target] = judgeMany([{ collection: alone }]).result.targets
    const findings = target?.outcomes.filter(({ status }) => status === 'found').length ?? 0
    return [
      atMost(`10 accounts ÷ one: requests (${ten.posts}/${one.posts})`, ten.posts / one.posts, 2),
      atMost(`${most} accounts ÷ one: requests (${all.posts}/${one.posts})`, all.posts / one.posts, 2),
      holds(`${most} accounts: calls in these requests`, { figure: `${all.calls}`, bar: 'no bar', passed: true }),
      atMost(`${most} accounts ÷ one: time (${seconds(all)}/${seconds(one)} s)`, all.ms / one.ms, 8),
      holds('the last account is told what it is told alone', {
        figure: `${findings} rules with findings`,
        bar: 'byte for byte',
        passed: findings > 2 && JSON.stringify(target) === all.targets.get(last),
      }),
    ]
  } finally {
    proxy.stop()
    await node.stop()
  }
}

type Measured = {
  readonly posts: number
  readonly calls: number
  readonly ms: number
  readonly targets: Map<string, string>
}

async function measure(proxy: Proxy, count: number): Promise<Measured> {
  proxy.reset()
  const startedAt = performance.now()
  // A path of its own: nothing that an earlier run learned is known to this one.
  const rpcUrl = `${proxy.url}/${count}`
  const gathered = await gatherMany(
    accounts.slice(-count).map((address) => ({ address, rpcUrl, now: () => startedAtMs })),
  )
  const ms = performance.now() - startedAt
  const { targets } = judgeMany(gathered).result
  return { ...proxy.counts(), ms, targets: new Map(targets.map((target) => [target.account, JSON.stringify(target)])) }
}

function seconds({ ms }: Measured): string {
  return (ms / 1000).toFixed(1)
}

function raise(): never {
  throw new Error('there are accounts')
}

const token = contract('ERC20PresetFixedSupply').abi
const collection = contract('ERC721PresetMinterPauserAutoId').abi
const gas = 200_000n

/** Every account holds tokens, sends some, and has given approvals: an unlimited one, one to a person, one for a collection. */
async function live(node: DevelopmentNode): Promise<void> {
  await installPreinstalls(node)
  const [owner, person] = [getAddress(at(0xf00d)), getAddress(at(0xbad1dea))]
  await fund(node, owner, 10n ** 21n)
  const coin = await deploy(node, { name: 'ERC20PresetFixedSupply', args: ['Harbor', 'HRB', 10n ** 27n, owner] })
  const buoys = await deploy(node, { name: 'ERC721PresetMinterPauserAutoId', from: owner, args: ['Buoys', 'BUOY', ''] })
  const market = await deploy(node, { name: 'Router' })
  await node.send('evm_setAutomine', [false])
  const call = async (from: Address, to: Address, data: ReturnType<typeof encodeFunctionData>) =>
    send(node, { from, to, data, gas })
  for (const [index, account] of accounts.entries()) {
    await fund(node, account, 10n ** 18n)
    const write = (name: string, ...args: readonly unknown[]) =>
      encodeFunctionData({ abi: token, functionName: name, args })
    await call(owner, coin, write('transfer', account, 10n ** 18n))
    await call(account, coin, write('approve', market, 2n ** 256n - 1n))
    await call(account, coin, write('approve', person, 10n ** 17n + BigInt(index)))
    const approve = { abi: collection, functionName: 'setApprovalForAll', args: [market, true] }
    await call(account, buoys, encodeFunctionData(approve))
    if (index % 20 === 19) await node.send('evm_mine')
  }
  await node.send('anvil_mine', ['0x20'])
  await node.send('evm_setAutomine', [true])
}

type Proxy = {
  readonly url: string
  readonly counts: () => { readonly posts: number; readonly calls: number }
  readonly reset: () => void
  readonly stop: () => void
}

/** Counts what passes, and takes the time of a short way to a node. */
async function startProxy(nodeUrl: string): Promise<Proxy> {
  let [posts, calls] = [0, 0]
  const server = createServer(async (incoming, outgoing) => {
    const body = await textOf(incoming)
    const sent = JSON.parse(body) as object | readonly object[] // our own client wrote it
    posts++
    calls += Array.isArray(sent) ? sent.length : 1
    setTimeout(() => {
      const headers = { 'content-type': 'application/json' }
      const passed = request(nodeUrl, { method: 'POST', headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, headers)
        answer.pipe(outgoing)
      })
      passed.end(body)
    }, latencyMs)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's
  return {
    url: `http://127.0.0.1:${port}`,
    counts: () => ({ posts, calls }),
    reset: () => {
      posts = 0
      calls = 0
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of incoming.setEncoding('utf8')) text += part
  return text
}
