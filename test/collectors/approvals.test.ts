import type { Address } from 'viem'
import { encodeAbiParameters, getAddress } from 'viem/utils'
import { describe, expect, test } from 'vitest'
import approvalsCollector from '../../src/collectors/approvals.ts'
import type { ApprovalEvent } from '../../src/core/facts.ts'
import type { ReadMethod } from '../../src/core/rpc.ts'
import {
  ConnectionError,
  HttpStatusError,
  InvalidReplyError,
  MethodNotSupportedError,
  RateLimitedError,
  RpcRefusedError,
  RpcTimeoutError,
  StateUnavailableError,
} from '../../src/rpc/errors.ts'
import {
  at,
  chain,
  hashOf,
  logAt,
  logs as logFacts,
  missing as missingEntry,
  owner,
  threats,
  tokens,
} from '../../src/testing.ts'
import { type FakeContract, fakeContracts, host, reverted } from '../support/fake-contracts.ts'
import { read } from '../support/fake-rpc.ts'

const token = at(0x70)
const spender = at(0x5e)
const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const pinned = chain().block

function event(over: Partial<ApprovalEvent> = {}): ApprovalEvent {
  return { kind: 'erc20', contract: token, spender, tokenId: null, permit2: null, log: logAt(5n), ...over }
}
/** What one Approval log becomes: a candidate of either standard. */
const approval = (over: Partial<ApprovalEvent> = {}) => [event(over), event({ ...over, kind: 'erc721', tokenId: 12n })]
const operator = (over: Partial<ApprovalEvent> = {}) => event({ kind: 'operator', ...over })
const grant2 = (over: Partial<ApprovalEvent> = {}) => event({ kind: 'permit2', permit2, ...over })

const operatorSet = (over: Partial<ApprovalEvent> = {}) => event({ kind: 'operator-set', ...over })
const operator777 = (over: Partial<ApprovalEvent> = {}) => event({ kind: 'erc777-operator', ...over })
const item = (over: Partial<ApprovalEvent> = {}) => event({ kind: 'item-allowance', tokenId: 12n, ...over })

const string = (text: string) => encodeAbiParameters([{ type: 'string' }], [text])
const tuple = (amount: bigint, expiration: number, nonce = 0): `0x${string}` =>
  `0x${[amount, expiration, nonce].map((number) => hashOf(number).slice(2)).join('')}`

const known = { chain: chain(), tokens: tokens(), threats: threats() }
/** What holds for the account, and not for everybody. */
const ofOwner = (answer: bigint) => (of?: bigint) => (of === BigInt(owner) ? answer : 0n)
const erc20: FakeContract = {
  'allowance(address,address)': ofOwner(40n),
  'balanceOf(address)': 100n,
  'totalSupply()': 1000n,
  'symbol()': string('TKN'),
  'name()': string('Token'),
  'decimals()': 6n,
}
const erc721: FakeContract = {
  'ownerOf(uint256)': BigInt(owner),
  'getApproved(uint256)': BigInt(spender),
  'isApprovedForAll(address,address)': ofOwner(1n),
  'supportsInterface(bytes4)': (id = 0n) => (id.toString(16).startsWith('80ac58cd') ? 1n : 0n),
  'balanceOf(address)': 2n,
  'symbol()': string('NFT'),
  'name()': string('Items'),
}
const permit2Contract: FakeContract = {
  'allowance(address,address,address)': tuple(9n, pinned.timestamp),
}

const ledger: FakeContract = {
  'isOperator(address,address)': ofOwner(1n),
  'allowance(address,address,uint256)': (_owner, _spender, id = 0n) => (id === 12n ? 8n : 0n),
  'balanceOf(address,uint256)': 30n,
}
const operated: FakeContract = {
  ...erc20,
  'isOperatorFor(address,address)': (who = 0n, holder = 0n) =>
    who === BigInt(spender) && holder === BigInt(owner) ? 1n : 0n,
}

async function readWith(
  approvals: readonly ApprovalEvent[],
  contracts: Readonly<Record<Address, FakeContract>>,
  {
    over = {},
    ...logs
  }: { over?: { readonly [Method in ReadMethod]?: unknown } } & Parameters<typeof logFacts>[0] = {},
) {
  const rpc = fakeContracts(new Map(Object.entries(contracts) as [Address, FakeContract][]), over)
  return read(approvalsCollector, { rpc, facts: { ...known, logs: logFacts({ approvals, ...logs }) } })
}

const nftToken = { address: token, standard: 'erc721', symbol: 'NFT', name: 'Items', decimals: null }
const erc20Token = { address: token, standard: 'erc20', symbol: 'TKN', name: 'Token', decimals: 6 }

describe('live grants', () => {
  const contractSpender = { [spender]: {} }
  // The code of every block is the same: this node tells no past state.
  const created = { error: expect.objectContaining({ code: 'creation-not-told' }) }
  const who = { address: spender, code: 'contract', nonce: null, proxy: null, created }
  const given = { ...logAt(5n), sender: owner, timestamp: pinned.timestamp }
  // These contracts only answer questions.
  const revocation = { variant: 'usual', simulation: { status: 'reverts', block: String(pinned.number) } }

  test('an allowance, with the amount of now', async () => {
    const facts = await readWith(approval(), { [token]: erc20, ...contractSpender })
    expect(facts.grants).toEqual([
      {
        kind: 'allowance',
        token: erc20Token,
        spender: who,
        amount: 40n,
        balance: 100n,
        totalSupply: 1000n,
        origin: 'event',
        log: given,
        lastTransfer: null,
        revocation,
      },
    ])
    expect(facts).toMatchObject({ missing: [], endedCount: 0 })
  })

  test('one item of a collection', async () => {
    const facts = await readWith(approval(), { [token]: erc721, ...contractSpender })
    expect(facts.grants).toEqual([
      { kind: 'nft', token: nftToken, spender: who, tokenId: 12n, log: given, lastTransfer: null, revocation },
    ])
    expect(facts).toMatchObject({ missing: [], endedCount: 0 })
  })

  test('an operator of a whole collection', async () => {
    const facts = await readWith([operator()], { [token]: erc721, ...contractSpender })
    expect(facts.grants).toEqual([
      {
        kind: 'operator',
        origin: 'event',
        standard: 'nft',
        token: nftToken,
        spender: who,
        balance: 2n,
        log: given,
        lastTransfer: null,
        revocation,
      },
    ])
    expect(facts).toMatchObject({ missing: [], endedCount: 0 })
  })

  test('a grant inside Permit2, with the allowance around it', async () => {
    const contracts = { [token]: erc20, [permit2]: permit2Contract, ...contractSpender }
    const facts = await readWith([grant2()], contracts)
    const amounts = { amount: 9n, expiration: pinned.timestamp, outerAllowance: 40n, balance: 100n }
    expect(facts.grants).toEqual([
      {
        kind: 'permit2',
        permit2,
        token: erc20Token,
        spender: who,
        ...amounts,
        log: given,
        lastTransfer: null,
        revocation,
      },
    ])
    expect(facts).toMatchObject({ missing: [], endedCount: 0 })
  })

  test('an operator of a contract that does not know ERC-165 has no known standard, and an ERC-1155 no balance', async () => {
    const plain = { 'isApprovedForAll(address,address)': 1n }
    const multi: FakeContract = {
      ...plain,
      'supportsInterface(bytes4)': (id = 0n) => (id >> 224n === 0xd9b67a26n ? 1n : 0n),
    }
    const facts = await readWith([operator(), operator({ contract: at(0x71) })], { [token]: plain, [at(0x71)]: multi })
    expect(facts.grants).toMatchObject([
      { token: { standard: 'unknown' }, balance: null },
      { token: { standard: 'erc1155' }, balance: null },
    ])
    expect(facts.missing).toEqual([])
  })

  test('both kinds of a mixed contract are found', async () => {
    const mixed = { ...erc20, 'ownerOf(uint256)': BigInt(owner), 'getApproved(uint256)': BigInt(spender) }
    const facts = await readWith(approval(), { [token]: mixed })
    expect(facts.grants.map(({ kind }) => kind)).toEqual(['allowance', 'nft'])
  })

  test('an item is approved for whom state names, whoever the event named', async () => {
    const facts = await readWith(approval(), { [token]: { ...erc721, 'getApproved(uint256)': BigInt(at(0xbad)) } })
    expect(facts.grants).toMatchObject([{ kind: 'nft', spender: { address: at(0xbad) } }])
  })

  test.each([
    ['reverts', reverted()],
    ['answers with nothing', '0x'],
  ] as const)('a token whose total supply %s: whether the allowance is above it is missing', async (_, supply) => {
    const facts = await readWith(approval(), { [token]: { ...erc20, 'totalSupply()': supply } })
    expect(facts.grants).toMatchObject([{ totalSupply: null, balance: 100n }])
    expect(facts.missing).toMatchObject([
      { about: 'token-metadata', contract: token, error: { code: 'supply-not-told' } },
    ])
  })

  test.each([
    ['2^255', 2n ** 255n, []],
    ['one below it', 2n ** 255n - 1n, [{ about: 'token-metadata' }]],
    ['uint96 max', 2n ** 96n - 1n, []],
  ])('an allowance of %s is unlimited or not whatever the supply', async (_, amount, missing) => {
    const silent = { ...erc20, 'allowance(address,address)': amount, 'totalSupply()': reverted() }
    const facts = await readWith(approval(), { [token]: silent })
    expect(facts.grants).toMatchObject([{ amount, totalSupply: null }])
    expect(facts.missing).toMatchObject(missing)
  })
})

describe('ended grants', () => {
  test.each([
    ['an allowance that was spent or revoked', approval(), { ...erc20, 'allowance(address,address)': 0n }],
    ['an operator that was dismissed', [operator()], { ...erc721, 'isApprovedForAll(address,address)': 0n }],
    ['an item whose approval was cleared', approval(), { ...erc721, 'getApproved(uint256)': 0n }],
    ['an item that moved on, though still approved', approval(), { ...erc721, 'ownerOf(uint256)': BigInt(at(9)) }],
    ['an item that was burned', approval(), { ...erc721, 'ownerOf(uint256)': reverted() }],
    ['a token that is gone', approval(), null],
    ['a collection that is gone', [operator()], null],
    ['a grant to the zero address', [event({ spender: at(0) })], erc20],
  ] as const)('%s', async (_, events, contract) => {
    const facts = await readWith(events, contract === null ? {} : { [token]: contract })
    expect(facts).toMatchObject({ grants: [], missing: [], endedCount: 1 })
  })

  test.each([
    ['the last second', pinned.timestamp, 9n, 1],
    ['a second after it', pinned.timestamp - 1, 9n, 0],
    ['for ever', 2 ** 48 - 1, 2n ** 160n - 1n, 1],
    ['nothing left', 2 ** 48 - 1, 0n, 0],
  ])('inside Permit2: %s', async (_, expiration, amount, grants) => {
    const answer = { 'allowance(address,address,address)': tuple(amount, expiration) }
    const facts = await readWith([grant2()], { [token]: erc20, [permit2]: answer })
    expect(facts.grants).toHaveLength(grants)
    expect(facts.endedCount).toBe(1 - grants)
    expect(facts.missing).toEqual([])
  })

  test('an ERC-20 is not asked about items that its amounts look like', async () => {
    const facts = await readWith(approval(), {
      [token]: { ...erc20, 'ownerOf(uint256)': new Error('asked for an owner') },
    })
    expect(facts.grants.map(({ kind }) => kind)).toEqual(['allowance'])
    expect(facts.missing).toEqual([])
  })
})

const place = { host, method: 'eth_call' }
const refusal = (code: number, message: string) => new RpcRefusedError(place, { code, message })

/** Everything a node may say instead of an answer, after the client's retries. */
const failures: readonly (readonly [string, Error | '0x'])[] = [
  ['429 for ever', new RateLimitedError(place)],
  ['HTTP 503', new HttpStatusError(place, 503)],
  ['a closed connection', new ConnectionError(place, 'ECONNRESET')],
  ['a timeout', new RpcTimeoutError(place, 30_000)],
  ['garbage', new InvalidReplyError(place, 'json')],
  ['missing trie node', new StateUnavailableError(place, 'missing trie node')],
  ['-32005 limit exceeded', refusal(-32005, 'limit exceeded')],
  ['-32000 header not found', refusal(-32000, 'header not found')],
  ['-32000 out of gas', refusal(-32000, 'out of gas')],
  ['-32000 execution aborted', refusal(-32000, 'execution aborted (timeout = 5s)')],
  ['-32603 internal error', refusal(-32603, 'internal error')],
  ['-32001 resource not found', refusal(-32001, 'resource not found')],
  ['-32601 no such method', new MethodNotSupportedError(place)],
  ['-32602 invalid params', refusal(-32602, 'invalid params')],
  ['a revert', reverted()],
  ['an empty answer', '0x'],
]

const everyKind = [
  ['an allowance', approval(), erc20, 'allowance(address,address)', 'allowance'],
  [
    'an item, by its owner',
    approval(),
    { ...erc721, 'supportsInterface(bytes4)': reverted() },
    'ownerOf(uint256)',
    'nft-approval',
  ],
  ['an item, by its approval', approval(), erc721, 'getApproved(uint256)', 'nft-approval'],
  ['an operator', [operator()], erc721, 'isApprovedForAll(address,address)', 'operator'],
  ['an operator of ERC-6909', [operatorSet()], ledger, 'isOperator(address,address)', 'operator'],
  ['one item of ERC-6909', [item()], ledger, 'allowance(address,address,uint256)', 'allowance'],
  ['an operator of ERC-777', [operator777()], operated, 'isOperatorFor(address,address)', 'operator'],
  ['a Permit2 grant', [grant2()], permit2Contract, 'allowance(address,address,address)', 'permit2'],
] as const

describe.each(everyKind)('when the read of %s fails', (_, events, contract, signature, about) => {
  test.each(failures)('by %s, it is missing and not ended', async (_, failure) => {
    const address = events[0]?.permit2 ?? token
    const facts = await readWith(events, { [token]: erc20, [address]: { ...contract, [signature]: failure } })
    expect(facts.grants).toEqual([])
    expect(facts.endedCount).toBe(0)
    expect(facts.missing).toContainEqual(expect.objectContaining({ about, contract: address }))
  })
})

describe('operators that are named in another way', () => {
  const says =
    (id: string) =>
    (asked: bigint = 0n) =>
      asked.toString(16).padStart(64, '0').startsWith(id) ? 1n : 0n
  const asset = { 'asset()': BigInt(at(0xa55e7)) }

  test.each([
    ['ERC-6909, as it says', { ...ledger, 'supportsInterface(bytes4)': says('0f632fb3') }, 'erc6909'],
    ['ERC-7540, as it says', { ...ledger, 'supportsInterface(bytes4)': says('e3bc4e65') }, 'erc7540'],
    ['a vault that does not know ERC-165', { ...ledger, ...asset }, 'erc7540'],
    ['a contract that says yes to everything', { ...ledger, 'supportsInterface(bytes4)': 1n }, 'erc6909'],
    ['a vault that says yes to everything', { ...ledger, ...asset, 'supportsInterface(bytes4)': 1n }, 'erc7540'],
    ['a contract that says nothing', ledger, 'erc6909'],
  ] as const)('%s', async (_, contract, standard) => {
    const facts = await readWith([operatorSet()], { [token]: contract })
    expect(facts.grants).toMatchObject([{ kind: 'operator', standard, balance: null }])
    expect(facts.missing).toEqual([])
  })

  test('which standard it is could not be read', async () => {
    const failing = { ...ledger, 'supportsInterface(bytes4)': refusal(-32603, 'error') }
    const facts = await readWith([operatorSet()], { [token]: failing })
    expect(facts.grants).toMatchObject([{ kind: 'operator', standard: 'erc6909' }])
    expect(facts.missing).toMatchObject([{ about: 'token-metadata', contract: token }])
  })

  test('ERC-777, which names the operator first', async () => {
    const facts = await readWith([operator777()], { [token]: operated })
    expect(facts.grants).toMatchObject([{ kind: 'operator', standard: 'erc777', balance: 100n }])
  })

  test('one item: its own allowance and balance', async () => {
    const facts = await readWith([item(), item({ tokenId: 13n })], { [token]: ledger })
    expect(facts.grants).toMatchObject([{ kind: 'item-allowance', tokenId: 12n, amount: 8n, balance: 30n }])
    expect(facts.endedCount).toBe(1)
  })

  test('the balance of an item that could not be read', async () => {
    const failing = { ...ledger, 'balanceOf(address,uint256)': refusal(-32603, 'error') }
    const facts = await readWith([item()], { [token]: failing })
    expect(facts.grants).toMatchObject([{ amount: 8n, balance: null }])
    expect(facts.missing).toMatchObject([{ about: 'token-balance', contract: token }])
  })
})

describe('what could not be read about a live grant', () => {
  test('its balance', async () => {
    const facts = await readWith(approval(), { [token]: { ...erc20, 'balanceOf(address)': refusal(-32603, 'error') } })
    expect(facts.grants).toMatchObject([{ amount: 40n, balance: null }])
    expect(facts.missing).toMatchObject([{ about: 'token-balance', contract: token }])
  })

  test('its total supply, without which nothing is known to be bounded', async () => {
    const failing = { ...erc20, 'totalSupply()': refusal(-32603, 'error') }
    const facts = await readWith(approval(), { [token]: failing })
    expect(facts.grants).toMatchObject([{ amount: 40n, balance: 100n, totalSupply: null }])
    expect(facts.missing).toMatchObject([{ about: 'token-metadata', contract: token }])
  })

  test('the allowance around a Permit2 grant', async () => {
    const failing = { ...erc20, 'allowance(address,address)': refusal(-32603, 'error') }
    const facts = await readWith([grant2()], { [token]: failing, [permit2]: permit2Contract })
    expect(facts.grants).toMatchObject([{ kind: 'permit2', outerAllowance: null }])
    expect(facts.missing).toMatchObject([{ about: 'permit2', contract: token }])
  })

  test('its words', async () => {
    const facts = await readWith(approval(), { [token]: { ...erc20, 'name()': refusal(-32603, 'error') } })
    expect(facts.grants).toHaveLength(1)
    expect(facts.missing).toMatchObject([{ about: 'token-metadata', contract: token }])
  })

  test.each([
    ['refused', refusal(-32603, 'error')],
    ['garbage', 'no hex'],
  ])("the spender's code: %s", async (_, answer) => {
    const eth_getCode = (address: Address) => (address === spender ? answer : '0x60')
    const facts = await readWith(approval(), { [token]: erc20 }, { over: { eth_getCode } })
    expect(facts.grants).toMatchObject([{ spender: { code: 'unknown', nonce: null } }])
    expect(facts.missing).toMatchObject([{ about: 'spender-code', contract: spender }])
  })

  test("a person's nonce", async () => {
    const over = { eth_getTransactionCount: refusal(-32603, 'error') }
    const facts = await readWith(approval(), { [token]: erc20 }, { over })
    expect(facts.grants).toMatchObject([{ spender: { code: 'none', nonce: null } }])
    expect(facts.missing).toMatchObject([{ about: 'spender-code', contract: spender }])
  })
})

describe('spenders', () => {
  test.each([
    ['an account without code', '0x', { code: 'none', nonce: 1 }],
    ['a contract', '0x6001', { code: 'contract', nonce: null, proxy: null }],
    [
      'an account that runs a delegate',
      `0xef0100${'ab'.repeat(20)}`,
      { code: 'delegated', nonce: 1, delegate: getAddress(`0x${'ab'.repeat(20)}`) },
    ],
    [
      'code that only begins like a delegation',
      `0xef0100${'ab'.repeat(21)}`,
      { code: 'contract', nonce: null, proxy: null },
    ],
  ] as const)('%s', async (_, code, expected) => {
    const eth_getCode = (address: Address) => (address === spender ? code : '0x60')
    const facts = await readWith(approval(), { [token]: erc20 }, { over: { eth_getCode } })
    const { created, ...who } = facts.grants[0]?.spender ?? {}
    expect(who).toEqual({ address: spender, ...expected })
    expect(created !== undefined).toBe(expected.code === 'contract')
    expect(facts.missing).toEqual([])
  })
})

describe('what came after a grant', () => {
  const block = (answer: unknown) => ({ over: { eth_getBlockByNumber: answer } })
  const timed = block((number: string) => ({ timestamp: `0x${(1_000_000 + Number(number)).toString(16)}` }))
  const left = (number: bigint, contract = token) => ({ contract, log: logAt(number) })
  const readGrant = async (over: Parameters<typeof readWith>[2], events = approval()) => {
    const facts = await readWith(events, { [token]: erc20, [spender]: {} }, { ...timed, ...over })
    return { grant: facts.grants[0], missing: facts.missing }
  }

  test.each([
    ['nothing', [], null],
    ['a transfer of the same token', [left(9n)], { ...logAt(9n), timestamp: 1_000_009 }],
    ['a transfer before it', [left(4n)], null],
    ['a transfer of another token', [left(9n, at(0x71))], null],
  ] as const)('%s', async (_, sent, lastTransfer) => {
    const { grant, missing } = await readGrant({ sent })
    expect(grant?.lastTransfer).toEqual(lastTransfer)
    expect(missing).toEqual([])
  })

  test.each([
    ['after it', { fromBlock: 6n, toBlock: 7n }, false],
    ['up to its block', { fromBlock: 0n, toBlock: 5n }, false],
    ['before its block', { fromBlock: 0n, toBlock: 4n }, true],
  ])('with blocks unread %s', async (_, gap, isKnown) => {
    const coverage = { fromBlock: 0n, toBlock: 9n, gaps: [gap] }
    const missing = [{ ...missingEntry('logs'), ranges: [gap] }]
    const { grant } = await readGrant({ sent: [left(9n)], coverage, missing })
    expect(grant !== undefined && 'lastTransfer' in grant).toBe(isKnown)
  })

  test('facts of an older version do not say', async () => {
    const facts = { chain: known.chain, tokens: known.tokens, threats: known.threats }
    const { sent, ...older } = logFacts({ approvals: approval() })
    expect(sent).toEqual([])
    const rpc = fakeContracts(new Map([[token, erc20]]))
    const { grants } = await read(approvalsCollector, { rpc, facts: { ...facts, logs: older } })
    expect(grants[0]).not.toHaveProperty('lastTransfer')
  })

  test.each([
    ['refused', refusal(-32603, 'error')],
    ['unknown', null],
    ['garbage', { timestamp: 'soon' }],
  ])('the time of its block: %s', async (_, answer) => {
    const { grant, missing } = await readGrant({ sent: [], ...block(answer) })
    expect(grant?.log).toEqual({ ...logAt(5n), sender: owner })
    expect(missing).toMatchObject([{ about: 'approval-transaction', contract: token }])
  })

  test.each([
    ['refused', refusal(-32603, 'error')],
    ['unknown', null],
    ['garbage', { from: 'me' }],
  ])('its transaction: %s', async (_, answer) => {
    const { grant, missing } = await readGrant({ over: { ...timed.over, eth_getTransactionByHash: answer } })
    expect(grant?.log).toEqual({ ...logAt(5n), timestamp: 1_000_005 })
    expect(missing).toMatchObject([{ about: 'approval-transaction', contract: token }])
  })

  test.each([
    [200, 200, []],
    [201, 200, [{ about: 'approval-transaction', error: { code: 'old-approvals-unread' } }]],
  ])('of %i transactions the newest %i are looked at', async (count, read, missing) => {
    const events = Array.from({ length: count }, (_, index) =>
      event({ spender: at(0x5e0000 + index), log: logAt(BigInt(5 + index)) }),
    )
    const facts = await readWith(events, { [token]: erc20 }, timed)
    expect(facts.grants.filter(({ log }) => log?.sender !== undefined)).toHaveLength(read)
    expect(facts.grants.at(-1)?.log?.sender).toBe(owner)
    expect(facts.missing).toMatchObject(missing)
  })
})

test.each([
  ['the largest', 2 ** 48 - 1, []],
  ['one more', 2 ** 48, ['permit2']],
])('an expiration that no Permit2 can hold is no answer: %s', async (_, expiration, missing) => {
  const answer = { 'allowance(address,address,address)': tuple(9n, expiration) }
  const facts = await readWith([grant2()], { [token]: erc20, [permit2]: answer })
  expect(facts.missing.map(({ about }) => about)).toEqual(missing)
  expect(facts.endedCount).toBe(0)
})

test('a contract whose code cannot be read is missing, not gone', async () => {
  const facts = await readWith([operator()], {}, { over: { eth_getCode: refusal(-32603, 'error') } })
  expect(facts).toMatchObject({ grants: [], endedCount: 0 })
  expect(facts.missing).toMatchObject([{ about: 'operator', contract: token, error: { code: 'rpc-refused' } }])
})

test('what the log scan lacks, the approvals lack', async () => {
  const gap = { ...missingEntry('logs'), ranges: [{ fromBlock: 1n, toBlock: 2n }] }
  const coverage = { fromBlock: 0n, toBlock: 9n, gaps: [{ fromBlock: 1n, toBlock: 2n }] }
  const facts = await readWith([], {}, { missing: [gap], coverage })
  expect(facts).toEqual({ grants: [], endedCount: 0, unsolicited: [], coverage, missing: [gap] })
})

test.each([
  ['another separator', hashOf(7n), 'unknown-permit2'],
  ['no separator', reverted(), 'unknown-permit2'],
  ['nothing, because the node fails', new RateLimitedError({ host, method: 'eth_call' }), 'rate-limited'],
] as const)(
  'a contract at an address of Permit2 that answers %s is not believed to be Permit2',
  async (_, answer, code) => {
    const contracts = { [token]: erc20, [permit2]: { ...permit2Contract, 'DOMAIN_SEPARATOR()': answer } }
    const facts = await readWith([grant2()], contracts)
    expect(facts.grants).toEqual([])
    expect(facts.missing).toMatchObject([{ about: 'permit2', contract: permit2, error: { code } }])
  },
)
