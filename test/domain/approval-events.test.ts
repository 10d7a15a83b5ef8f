import type { Address, Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { approvalReader, receivedReader } from '../../src/domain/approval-events.ts'
import type { LogEntry, LogReader } from '../../src/domain/newest-logs.ts'
import { addressTopic, topics } from '../../src/domain/topics.ts'
import { at, hashOf, owner } from '../../src/testing/build-facts.ts'

const word = (number: bigint | number) => hashOf(number)
const data = (...words: readonly Hex[]): Hex => `0x${words.map((one) => one.slice(2)).join('')}`
const lower = (address: Address) => address.toLowerCase() as Address

const token = at(0x70)
const spender = at(0x5e)
const permit2 = at(0x22)
const own = addressTopic(owner)
const by = addressTopic(spender)

function log(over: Partial<LogEntry> = {}): LogEntry {
  return {
    address: lower(token),
    topics: [topics.approval, own, by],
    data: word(5),
    blockNumber: 10n,
    transactionHash: hashOf(0xabc),
    logIndex: 3,
    ...over,
  }
}

function readWith<Item>(reader: LogReader<Item>, logs: readonly LogEntry[]) {
  // One by one, as parts of a scan arrive.
  for (const log of logs) reader.add([log])
  return reader.result()
}
const decode = (...logs: readonly LogEntry[]) =>
  readWith(approvalReader({ owner, isPermit2: (contract) => contract === lower(permit2) }), logs)
const readReceived = (...logs: readonly LogEntry[]) => readWith(receivedReader(owner), logs)
const position = { block: 10n, transaction: hashOf(0xabc), index: 3 }

describe('approvals', () => {
  test('a usual ERC-20 Approval is a candidate of both standards', () => {
    const shared = { contract: token, spender, permit2: null, log: position }
    expect(decode(log())).toEqual({
      items: [
        { ...shared, kind: 'erc20', tokenId: null },
        { ...shared, kind: 'erc721', tokenId: 5n },
      ],
      unreadable: [],
    })
  })

  test.each([
    [
      'four topics, as ERC-721 and ERC-20s with an indexed amount send',
      { topics: [topics.approval, own, by, word(7)], data: '0x' },
      7n,
    ],
    ['only the owner indexed', { topics: [topics.approval, own], data: data(by, word(8)) }, 8n],
  ] as const)('an Approval with %s is read', (_, over, tokenId) => {
    expect(decode(log(over)).items).toMatchObject([
      { kind: 'erc20', spender },
      { kind: 'erc721', spender, tokenId },
    ])
  })

  test('an Approval without an amount still names its spender', () => {
    expect(decode(log({ data: '0x' })).items).toMatchObject([{ kind: 'erc20', spender }])
  })

  test('an ApprovalForAll names an operator, whatever it says about being approved', () => {
    const forAll = log({ topics: [topics.approvalForAll, own, by], data: word(0) })
    expect(decode(forAll).items).toEqual([
      { kind: 'operator', contract: token, spender, tokenId: null, permit2: null, log: position, isEnd: true },
    ])
    expect(decode(log({ topics: [topics.approvalForAll, own], data: data(by, word(1)) })).items).toMatchObject([
      { kind: 'operator', spender },
    ])
  })

  test.each([
    [
      'an operator of ERC-6909 or ERC-7540',
      { topics: [topics.operatorSet, own, by], data: word(0) },
      'operator-set',
      { isEnd: true },
    ],
    ['one that is not indexed', { topics: [topics.operatorSet, own], data: data(by, word(1)) }, 'operator-set', {}],
    ['an ERC-777 operator', { topics: [topics.authorizedOperator, by, own], data: '0x' }, 'erc777-operator', {}],
    [
      'an ERC-777 operator taken back',
      { topics: [topics.revokedOperator, by, own], data: '0x' },
      'erc777-operator',
      { isEnd: true },
    ],
  ] as const)('%s', (_, over, kind, end) => {
    expect(decode(log(over)).items).toEqual([
      { kind, contract: token, spender, tokenId: null, permit2: null, log: position, ...end },
    ])
  })

  test('an allowance of one item of ERC-6909, for each spender and item', () => {
    const item = (id: number, who = by) => log({ topics: [topics.itemApproval, own, who, word(id)], data: word(9) })
    expect(decode(item(1)).items).toEqual([
      { kind: 'item-allowance', contract: token, spender, tokenId: 1n, permit2: null, log: position },
    ])
    expect(decode(item(1), item(2), item(1, addressTopic(at(1)))).items).toHaveLength(3)
    const plain = log({ topics: [topics.itemApproval, own, by], data: data(word(3), word(9)) })
    expect(decode(plain).items).toMatchObject([{ spender, tokenId: 3n }])
    const bare = log({ topics: [topics.itemApproval, own], data: data(by, word(4), word(9)) })
    expect(decode(bare).items).toMatchObject([{ spender, tokenId: 4n }])
    expect(decode(log({ topics: [topics.itemApproval, own, by], data: '0x' })).unreadable).toEqual([token])
  })

  test('an ERC-777 operator that somebody else named is unreadable', () => {
    expect(decode(log({ topics: [topics.authorizedOperator, own, by] })).unreadable).toEqual([token])
  })

  test.each([
    ['Approval', { topics: [topics.permit2Approval, own, addressTopic(token), by], data: data(word(1), word(9)) }, {}],
    [
      'Permit',
      { topics: [topics.permit2Permit, own, addressTopic(token), by], data: data(word(1), word(9), word(0)) },
      {},
    ],
    ['Lockdown', { topics: [topics.permit2Lockdown, own], data: data(addressTopic(token), by) }, { isEnd: true }],
  ] as const)("Permit2's %s names the token, the spender and the deployment", (_, over, end) => {
    expect(decode(log({ address: lower(permit2), ...over })).items).toEqual([
      { kind: 'permit2', contract: token, spender, tokenId: null, permit2, log: position, ...end },
    ])
  })

  test.each([
    ['as Permit2 writes it', [topics.permit2Approval, own, addressTopic(token), by], spender],
    ['that names no spender', [topics.permit2Approval, own, addressTopic(token)], at(0)],
  ] as const)(
    "an event shaped like Permit2's from another contract, %s, is that contract's and no grant",
    (_, shape, named) => {
      const spoof = log({ address: lower(at(0xbad)), topics: [...shape], data: '0x' })
      expect(decode(spoof)).toEqual({
        items: [
          { kind: 'like-permit2', contract: at(0xbad), spender: named, tokenId: null, permit2: null, log: position },
        ],
        unreadable: [],
      })
    },
  )

  test('of the events of one grant the newest is kept, in whatever order they come', () => {
    const events = [
      log({ blockNumber: 11n, logIndex: 1 }),
      log({ blockNumber: 11n, logIndex: 2 }),
      log({ blockNumber: 9n }),
    ]
    for (const logs of [events, events.toReversed()]) {
      expect(decode(...logs).items.map((item) => item.log)).toEqual(
        Array(2).fill({ ...position, block: 11n, index: 2 }),
      )
    }
  })

  test('an item has one approved address: a newer event replaces the spender of an older one', () => {
    const items = (...logs: readonly LogEntry[]) => decode(...logs).items.filter(({ kind }) => kind === 'erc721')
    const four = (spender: Hex, blockNumber: bigint, id: number) =>
      log({ topics: [topics.approval, own, spender, word(id)], data: '0x', blockNumber })
    const found = items(four(by, 1n, 1), four(addressTopic(at(0)), 2n, 1), four(by, 1n, 2))
    expect(found).toMatchObject([
      { spender, tokenId: 2n },
      { spender: at(0), tokenId: 1n },
    ])
  })

  test('different spenders, contracts and kinds are different grants', () => {
    const logs = [
      log(),
      log({ topics: [topics.approval, own, addressTopic(at(1))] }),
      log({ address: lower(at(2)) }),
      log({ topics: [topics.approvalForAll, own, by] }),
    ]
    expect(decode(...logs).items.filter(({ kind }) => kind !== 'erc721')).toHaveLength(4)
  })

  test.each([
    ['a spender that is no address', { topics: [topics.approval, own, word(2n ** 200n)] }],
    ['another owner than was asked for', { topics: [topics.approval, addressTopic(at(1)), by] }],
    ['another event than was asked for', { topics: [word(1), own, by] }],
    ['no topics at all', { topics: [] }],
    ['data that ends early', { topics: [topics.approvalForAll, own], data: '0x1234' }],
  ] as const)('a log with %s is counted, and loses none of the others', (_, over) => {
    const found = decode(log({ address: lower(at(0xbad)), ...over }), log())
    expect(found.unreadable).toEqual([at(0xbad)])
    expect(found.items).toHaveLength(2)
  })

  test.each([
    ['a transfer from the account', [topics.transfer, own, by]],
    ['ERC-1155 items that left', [topics.transferSingle, by, own, by]],
    ['several ERC-1155 items that left', [topics.transferBatch, by, own, by]],
  ] as const)('%s is not a grant, and nothing is missing', (_, topics) => {
    expect(decode(log({ topics }))).toEqual({ items: [], unreadable: [] })
  })

  test('a Lockdown that ends early is counted', () => {
    const short = log({ address: lower(permit2), topics: [topics.permit2Lockdown, own], data: by })
    expect(decode(short)).toEqual({ items: [], unreadable: [permit2] })
  })
})

describe('the event that gave a grant', () => {
  const inBlock = (blockNumber: bigint, over: Partial<LogEntry> = {}) =>
    log({ blockNumber, transactionHash: hashOf(blockNumber), logIndex: 0, ...over })
  const left = (blockNumber: bigint, over: Partial<LogEntry> = {}) =>
    inBlock(blockNumber, { topics: [topics.transfer, own, by], logIndex: 1, ...over })
  const used = (blockNumber: bigint, remainder = 3) => [
    inBlock(blockNumber, { data: word(remainder) }),
    left(blockNumber),
  ]
  const place = (block: bigint) => ({ block, transaction: hashOf(block), index: 0 })
  const allowanceOf = (...logs: readonly LogEntry[]) => decode(...logs).items.find(({ kind }) => kind === 'erc20')

  test.each([
    ['the only one', [inBlock(5n)], { log: place(5n) }],
    ['the newest of several', [inBlock(5n), inBlock(6n)], { log: place(6n) }],
    ['not one of a use', [inBlock(5n), ...used(6n), ...used(7n)], { log: place(7n), given: place(5n) }],
    ['one after uses', [inBlock(5n), ...used(6n), inBlock(7n)], { log: place(7n) }],
    [
      'the first use, where there is no other',
      [...used(6n), ...used(7n)],
      { log: place(7n), given: place(6n), isUse: true },
    ],
    [
      'a use, when what was given before has ended',
      [inBlock(5n, { data: word(0) }), ...used(6n)],
      { log: place(6n), isUse: true },
    ],
    [
      'one in a transaction that moves another token',
      [inBlock(5n), left(5n, { address: lower(at(0x71)) })],
      { log: place(5n) },
    ],
    ['one in the same block as a use', [inBlock(5n), left(5n, { transactionHash: hashOf(0x99) })], { log: place(5n) }],
  ] as const)('%s', (_, logs, expected) => {
    const found = allowanceOf(...logs)
    expect({ log: found?.log, given: found?.given, isUse: found?.isUse }).toEqual({
      given: undefined,
      isUse: undefined,
      ...expected,
    })
  })

  test('transactions come in any order', () => {
    const transactions = [[inBlock(5n)], used(6n), used(7n)]
    for (const order of [transactions, transactions.toReversed(), [used(7n), [inBlock(5n)], used(6n)]]) {
      expect(allowanceOf(...order.flat())).toMatchObject({ log: place(7n), given: place(5n) })
    }
  })

  test('a transfer before or after it in its transaction makes it a use', () => {
    expect(allowanceOf(left(5n), inBlock(5n))).toMatchObject({ isUse: true })
    expect(allowanceOf(inBlock(5n), left(5n))).toMatchObject({ isUse: true })
  })

  test('the same events twice, as two parts of a scan may bring them, change nothing', () => {
    const logs = [inBlock(5n), ...used(6n)]
    expect(decode(...logs, ...logs)).toEqual(decode(...logs))
    expect(allowanceOf(...used(6n), ...used(6n))).toMatchObject({ log: place(6n), isUse: true })
  })
})

describe('transfers to the account', () => {
  const from = addressTopic(at(9))

  test.each([
    ['fungible', [topics.transfer, from, own]],
    ['nft', [topics.transfer, from, own, word(1)]],
    ['multi', [topics.transferSingle, from, from, own]],
    ['multi', [topics.transferBatch, from, from, own]],
  ] as const)('%s', (kind, topics) => {
    expect(readReceived(log({ topics }))).toEqual({
      items: [{ contract: token, kind, log: position }],
      unreadable: [],
    })
  })

  test('the newest of each contract is kept', () => {
    const transfers = [1n, 3n, 2n].map((blockNumber) => log({ topics: [topics.transfer, from, own], blockNumber }))
    expect(readReceived(...transfers).items.map(({ log }) => log.block)).toEqual([3n])
  })

  test('the order in which logs arrive changes nothing', () => {
    const logs = [1, 2, 3].map((number) =>
      log({ address: lower(at(0x70 - number)), topics: [topics.transfer, from, own], blockNumber: BigInt(number % 3) }),
    )
    const contracts = [at(0x6d), at(0x6f), at(0x6e)]
    expect(readReceived(...logs).items.map(({ contract }) => contract)).toEqual(contracts)
    expect(readReceived(...logs.toReversed()).items.map(({ contract }) => contract)).toEqual(contracts)
  })

  test.each([
    ['an ERC-777 operator', [topics.authorizedOperator, from, own]],
    ['an ERC-777 operator taken back', [topics.revokedOperator, from, own]],
    ['ERC-1155 items that left', [topics.transferSingle, from, own, from]],
    ['several ERC-1155 items that left', [topics.transferBatch, from, own, from]],
  ] as const)('%s: nothing came, and nothing is missing', (_, topics) => {
    expect(readReceived(log({ topics }))).toEqual({ items: [], unreadable: [] })
  })

  test('ERC-1155 items sent to oneself came', () => {
    const found = readReceived(log({ topics: [topics.transferSingle, own, own, own] }))
    expect(found.items).toMatchObject([{ kind: 'multi' }])
  })

  test('a transfer to somebody else is counted as unreadable', () => {
    expect(readReceived(log({ topics: [topics.transfer, own, from] }))).toEqual({
      items: [],
      unreadable: [token],
    })
  })
})
