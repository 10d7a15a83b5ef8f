import type { Address, Hex } from 'viem'
import { expect, test } from 'vitest'
import { tryRevocations, withRevocation } from '../../src/collectors/revocations.ts'
import type { Grant } from '../../src/core/facts.ts'
import { allowance, at, hashOf, logAt, nftApproval, operator, owner, spender, threats } from '../../src/testing.ts'
import { fakeRpc } from '../support/fake-rpc.ts'

const block = 21_000_000n
type Params = {
  readonly blockStateCalls: readonly [{ readonly calls: readonly { readonly to: Hex; readonly data: Hex }[] }]
}
/** Every call works, and every check says that nothing is left. */
const simulating = () =>
  fakeRpc({
    eth_simulateV1: ({ blockStateCalls }: Params) => [
      {
        calls: blockStateCalls[0].calls.map((_, index) => ({
          status: '0x1',
          returnData: hashOf(index % 2 === 0 ? 1 : 0),
          gasUsed: '0x7530',
        })),
      },
    ],
  })
const allowanceTo = (address: Address, number: bigint) =>
  allowance({ spender: spender({ address }), log: logAt(number) })
const statusOf = (grant: Grant) => grant.revocation?.simulation.status

async function tryAll(grants: readonly Grant[], lists = threats(), rpc = simulating()) {
  const trials = await tryRevocations({ rpc, owner, chainId: 1, block }, grants, lists)
  return { rpc, grants: grants.map((grant) => withRevocation(grant, trials, block)) }
}

test('of more than 200 grants the newest are tried, and of those that are not the reason is told', async () => {
  const { grants } = await tryAll(Array.from({ length: 201 }, (_, index) => allowanceTo(at(index + 1), BigInt(index))))
  expect(grants.map(statusOf)).toEqual(['unknown', ...Array.from({ length: 200 }, () => 'succeeds')])
  expect(grants[0]?.revocation?.simulation).toMatchObject({
    block: '21000000',
    error: { code: 'revocation-not-tried' },
  })
})

test('a spender that a list warns of comes first, however old', async () => {
  const entry = { chainId: null, list: 'l', name: null, incidentDate: null, isFixed: false, isGiven: false } as const
  const lists = threats({ entries: [{ ...entry, kind: 'drainer', address: at(1) }] })
  const many = Array.from({ length: 201 }, (_, index) => allowanceTo(at(index + 1), BigInt(index)))
  const { grants } = await tryAll(many, lists)
  expect(grants.map(statusOf).slice(0, 3)).toEqual(['succeeds', 'unknown', 'succeeds'])
})

test('what nobody can end is not tried', async () => {
  const { rpc, grants } = await tryAll([allowance({ origin: 'built-in' })])
  expect(grants[0]).not.toHaveProperty('revocation')
  expect(rpc.asked).toEqual([])
})

test.each([
  ['an operator of NFTs', operator(), '0xe985e9c5'],
  ['an operator of ERC-777', operator({ standard: 'erc777' }), '0xd95b6371'],
  ['an operator of ERC-6909', operator({ standard: 'erc6909' }), '0xb6363cf2'],
  ['one NFT', nftApproval(), '0x081812fc'],
])('whether it ended is asked as it was asked whether it is live: %s', async (_, grant, selector) => {
  const { rpc } = await tryAll([grant])
  const [first] = (rpc.asked[0]?.params ?? []) as readonly Params[] // of eth_simulateV1, as above
  expect(first?.blockStateCalls[0].calls[1]?.data.slice(0, 10)).toBe(selector)
})

test('a node that answers nothing leaves the grant, and tells why nothing is known', async () => {
  const { grants } = await tryAll([allowance()], threats(), fakeRpc({}))
  expect(grants[0]).toMatchObject({
    amount: allowance().amount,
    revocation: { simulation: { status: 'unknown', error: { code: 'method-not-supported' } } },
  })
})
