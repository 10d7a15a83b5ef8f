import type { Hex } from 'viem'
import { expect, test } from 'vitest'
import logsCollector from '../../src/collectors/logs.ts'
import type { Progress } from '../../src/core/collector.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { at, chain, hashOf, owner } from '../../src/testing.ts'
import { collectOptions, fakeRpc, read, refused } from '../support/fake-rpc.ts'
import { stoppable } from '../support/stoppable.ts'

type Filter = {
  readonly fromBlock?: Hex
  readonly toBlock?: Hex
  readonly blockHash?: Hex
  readonly topics?: readonly (Hex | Hex[] | null)[]
}

const pinned = { number: 100n, hash: hashOf(100), timestamp: 1_730_000_000 }
const facts = { chain: chain({ block: pinned, head: pinned }) }
const own = addressTopic(owner)

function logAt(block: number, over: { address?: Hex; topics: readonly Hex[]; data?: Hex }) {
  return {
    address: at(0x70).toLowerCase(),
    data: hashOf(5),
    blockNumber: `0x${block.toString(16)}`,
    blockHash: hashOf(block),
    transactionHash: hashOf(0xf00 + block),
    transactionIndex: '0x0',
    logIndex: '0x2',
    removed: false,
    ...over,
  }
}

/** Answers every filter out of one chain, as a node does. */
function nodeWith(logs: readonly ReturnType<typeof logAt>[]) {
  return ({ fromBlock = '0x0', toBlock = '0xfff', blockHash, topics = [] }: Filter) =>
    logs.filter(
      (log) =>
        BigInt(log.blockNumber) >= BigInt(fromBlock) &&
        BigInt(log.blockNumber) <= BigInt(toBlock) &&
        (blockHash === undefined || log.blockHash === blockHash) &&
        topics.every((topic, index) => topic === null || [topic].flat().includes(log.topics[index] ?? '0x')),
    )
}

/** With a block for every number, none of which announces logs. */
const node = (eth_getLogs: unknown) =>
  fakeRpc({ eth_getLogs, eth_getBlockByNumber: (tag: Hex) => ({ number: tag, hash: hashOf(Number(tag)) }) })

const noTransfers = { parties: [], counterparties: 0, recipients: 0, leftOut: [] }
const approval = logAt(7, { topics: [topics.approval, own, addressTopic(at(0x5e))] })
const transfer = logAt(8, { topics: [topics.transfer, addressTopic(at(9)), own], address: at(0x71) })
const multi = logAt(9, { topics: [topics.transferSingle, own, own, own], address: at(0x72) })

test('approvals by the account and transfers to it are found, each at its place', async () => {
  const rpc = node(nodeWith([approval, transfer, multi]))
  const logs = await read(logsCollector, { rpc, facts })
  expect(logs).toEqual({
    approvals: [
      expect.objectContaining({ kind: 'erc20', contract: at(0x70), spender: at(0x5e) }),
      expect.objectContaining({ kind: 'erc721', contract: at(0x70), tokenId: 5n }),
    ],
    received: [
      { contract: at(0x71), kind: 'fungible', log: { block: 8n, transaction: hashOf(0xf08), index: 2 } },
      { contract: at(0x72), kind: 'multi', log: { block: 9n, transaction: hashOf(0xf09), index: 2 } },
    ],
    // Sent to itself.
    sent: [{ contract: at(0x72), log: { block: 9n, transaction: hashOf(0xf09), index: 2 }, older: [], wholeFrom: 0n }],
    strayed: [],
    transfers: {
      parties: [
        {
          address: at(9),
          sent: null,
          claimedSent: null,
          emptySent: null,
          received: null,
          claimedReceived: { contract: at(0x71), amount: 5n, log: { block: 8n, transaction: hashOf(0xf08), index: 2 } },
        },
      ],
      counterparties: 1,
      recipients: 0,
      leftOut: [],
    },
    coverage: { fromBlock: 0n, toBlock: 100n, gaps: [] },
    missing: [],
  })
})

test('the scan begins where it was told to, and what is older is missing', async () => {
  const rpc = node(nodeWith([approval, transfer, multi]))
  const logs = await read(logsCollector, { rpc, facts, options: { fromBlock: 8n } })
  expect(logs.approvals).toEqual([])
  expect(logs.received).toHaveLength(2)
  const leftOut = { fromBlock: 0n, toBlock: 7n }
  expect(logs.coverage).toEqual({ fromBlock: 0n, toBlock: 100n, gaps: [leftOut] })
  expect(logs.missing).toMatchObject([{ about: 'logs', ranges: [leftOut], error: { code: 'blocks-left-out' } }])
})

test('a node that gives no logs leaves a gap with its reason, and no fact that says there is nothing', async () => {
  const rpc = node(refused('eth_getLogs', 'eth_getLogs is disabled'))
  const logs = await read(logsCollector, { rpc, facts })
  const everything = { fromBlock: 0n, toBlock: 100n }
  expect(logs.coverage.gaps).toEqual([everything])
  expect(logs.missing).toEqual([expect.objectContaining({ about: 'logs', ranges: [everything] })])
})

test('when one of the three scans fails, its blocks are a gap of the whole', async () => {
  const answers = nodeWith([approval])
  const eth_getLogs = (filter: Filter) =>
    filter.topics?.length === 3 ? refused('eth_getLogs', 'archive requests require a paid plan') : answers(filter)
  const logs = await read(logsCollector, { rpc: node(eth_getLogs), facts })
  expect(logs.approvals).toHaveLength(2)
  expect(logs.coverage.gaps).toEqual([{ fromBlock: 0n, toBlock: 100n }])
  expect(logs.missing.map(({ about, ranges }) => [about, ranges])).toEqual([
    ['logs', [{ fromBlock: 0n, toBlock: 100n }]],
  ])
})

test('a log that no standard explains is missing, by contract, and the others stay', async () => {
  const odd = logAt(6, { topics: [topics.approval, own, hashOf(2n ** 200n)], address: at(0xbad) })
  const logs = await read(logsCollector, { rpc: node(nodeWith([approval, odd])), facts })
  expect(logs.approvals).toHaveLength(2)
  expect(logs.missing).toMatchObject([{ about: 'logs', contract: at(0xbad), error: { code: 'unreadable-log' } }])
  expect(logs.coverage.gaps).toEqual([])
})

test("Permit2's events count from its deployments on this chain only", async () => {
  const event = (block: number, address: Hex) =>
    logAt(block, { topics: [topics.permit2Permit, own, addressTopic(at(0x70)), addressTopic(at(0x5e))], address })
  const rpc = node(nodeWith([event(1, '0x000000000022D473030F116dDEE9F6B43aC78BA3'), event(2, at(0xbad))]))
  const logs = await read(logsCollector, { rpc, facts })
  expect(logs.approvals).toMatchObject([
    { kind: 'permit2', contract: at(0x70), permit2: '0x000000000022D473030F116dDEE9F6B43aC78BA3' },
    { kind: 'like-permit2', contract: at(0xbad), permit2: null },
  ])
  expect(logs.missing).toEqual([])
})

test('a first block after the pinned one is an error, not an empty scan', async () => {
  const rpc = node(nodeWith([]))
  await expect(read(logsCollector, { rpc, facts, options: { fromBlock: 101n } })).rejects.toMatchObject({
    code: 'from-block-too-high',
  })
  const { missing } = await read(logsCollector, { rpc, facts, options: { fromBlock: 100n } })
  expect(missing).toMatchObject([{ error: { code: 'blocks-left-out' } }])
})

test('progress grows to all blocks of all three scans', async () => {
  const reports: Omit<Progress, 'requests'>[] = []
  const context = {
    rpc: node(nodeWith([])),
    options: collectOptions(),
    store: null,
    signal: stoppable().signal,
    now: () => 0,
    report: (progress: Omit<Progress, 'requests'>) => reports.push(progress),
  }
  await logsCollector.fetch(context, facts)
  const blocks = reports.map((progress) => progress.blocks?.read ?? 0n)
  expect(blocks.every((read, index) => index === 0 || read >= (blocks[index - 1] ?? 0n))).toBe(true)
  expect(reports.at(-1)).toEqual({ phase: 'logs', blocks: { read: 303n, total: 303n } })
})

test('blocks that no failure accounts for are missing all the same', () => {
  const unread = [{ fromBlock: 5n, toBlock: 9n }]
  const nothing = { items: [], unreadable: [] }
  const range = { fromBlock: 0n, toBlock: 100n }
  const raw = { range, granted: nothing, received: nothing, sent: [], strayed: [], transfers: noTransfers }
  const logs = logsCollector.decode({ ...raw, reading: { gaps: [], unread, source: null } }, facts)
  expect(logs.coverage.gaps).toEqual(unread)
  expect(logs.missing).toMatchObject([{ about: 'logs', error: { code: 'blocks-not-read' }, ranges: unread }])
})

test('a run that was stopped leaves gaps', async () => {
  const context = {
    rpc: node(nodeWith([approval])),
    options: collectOptions(),
    store: null,
    signal: AbortSignal.abort(),
    now: () => 0,
    report: () => undefined,
  }
  const logs = logsCollector.decode(await logsCollector.fetch(context, facts), facts)
  expect(logs.coverage.gaps).toEqual([{ fromBlock: 0n, toBlock: 100n }])
  expect(logs.missing).toMatchObject([{ about: 'logs', error: { code: 'stopped' } }])
})

test('ERC-1155 items that came to the account are looked for when asked', async () => {
  const sent = { ...multi, topics: [topics.transferSingle, addressTopic(at(9)), addressTopic(at(9)), own] }
  const kinds = async (includesErc1155: boolean) => {
    const rpc = node(nodeWith([approval, transfer, sent]))
    const { received } = await read(logsCollector, { rpc, facts, options: { includesErc1155 } })
    return received.map(({ kind }) => kind)
  }
  expect(await kinds(false)).toEqual(['fungible'])
  expect(await kinds(true)).toEqual(['fungible', 'multi'])
})
