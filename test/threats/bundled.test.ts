import { getAddress, keccak256 } from 'viem/utils'
import { expect, test } from 'vitest'
import { factSchemas } from '../../src/core/facts.ts'
import { bundledThreats } from '../../src/threats/bundled.ts'
import { spenderNames } from '../../src/threats/spender-names.ts'

test('the facts of a chain are valid threat facts', () => {
  for (const chainId of [1, 56, 137, 31337]) {
    expect(factSchemas.threats.safeParse({ ...bundledThreats(chainId), missing: [] }).error).toBeUndefined()
  }
})

test('entries hold on their own chain only', () => {
  const auctus = getAddress('0xe7597f774fd0a15a617894dc39d45a28b97afa4f')
  expect(bundledThreats(1).entries).toContainEqual({
    address: auctus,
    chainId: 1,
    kind: 'exploited-spender',
    list: 'RevokeCash approval-exploit-list',
    name: 'Auctus Hack',
    incidentDate: '2022-03-29',
    isFixed: false,
    isGiven: false,
  })
  expect(bundledThreats(10).entries.some(({ address }) => address === auctus)).toBe(false)
})

test('attackers and repaired contracts are told apart from contracts that are still open', () => {
  const { entries } = bundledThreats(1)
  const of = (name: string) => entries.find((entry) => entry.name === name)
  expect(of('BadgerDAO Frontend Hack')).toMatchObject({ kind: 'drainer', isFixed: false })
  expect(of('Maestro Hack')).toMatchObject({ kind: 'exploited-spender', isFixed: true })
  expect(of('Socket Hack')).toMatchObject({ kind: 'exploited-spender', isFixed: false })
})

test('nothing got lost: 49 incidents with 354 addresses over all chains, 78 delegates on any', () => {
  const chains = [
    1, 10, 25, 30, 40, 56, 100, 122, 128, 137, 250, 288, 324, 592, 1088, 1101, 1284, 1285, 4689, 5000, 8217, 8453,
    34443, 42161, 42170, 42220, 43114, 59144, 81457, 534352, 1313161554, 1666600000,
  ]
  const spenders = chains.flatMap((chainId) => bundledThreats(chainId).entries.filter((entry) => entry.name !== null))
  expect(new Set(spenders.map(({ name }) => name)).size).toBe(49)
  expect(spenders.length).toBe(354)
  expect(bundledThreats(31337).entries.filter(({ kind }) => kind === 'delegate')).toHaveLength(78)
})

test('lists name their date and count what holds on the chain', () => {
  const { lists, entries } = bundledThreats(1)
  expect(lists).toEqual([
    {
      name: 'RevokeCash approval-exploit-list',
      date: '2024-09-22',
      entries: entries.filter((e) => e.chainId === 1).length,
    },
    { name: 'BundleBear and RevokeCash delegate labels', date: '2026-07-03', entries: 79 },
  ])
})

test('known delegates, dangerous ones and well-known contracts carry the names people know', () => {
  const threats = bundledThreats(1)
  expect(threats.knownDelegates).toContainEqual({
    address: '0x63c0c19a282a1B52b07dD5a65b58948A07DAE32B',
    name: 'MetaMask',
  })
  expect(threats.dangerousDelegates).toEqual([
    { address: '0xcA11bde05977b3631167028862bE2a173976CA11', name: 'Multicall3' },
  ])
  expect(threats.wellKnownContracts).toContainEqual({
    address: '0x000000000022D473030F116dDEE9F6B43aC78BA3',
    name: 'Permit2',
    role: 'spender',
  })
  expect(bundledThreats(31337).wellKnownContracts).toHaveLength(75)
})

test.each([
  ['spender', ['Permit2', 'OpenSea Conduit', 'Uniswap v2 Router 02', 'Lido wstETH', 'CoW Vault Relayer']],
  ['open-executor', ['Multicall3']],
  ['other', ['USDC', 'WETH', 'Beacon Deposit', 'ENS Base Registrar', 'CoW Settlement', 'CreateX']],
] as const)('what an approval to a well-known contract means: %s', (role, names) => {
  const { wellKnownContracts } = bundledThreats(1)
  for (const name of names) expect(wellKnownContracts).toContainEqual(expect.objectContaining({ name, role }))
})

test('names of contracts that hold approvals hold on their own chain, beside those that hold everywhere', () => {
  const nameOf = (chainId: number, address: string) =>
    bundledThreats(chainId).wellKnownContracts.find((contract) => contract.address === getAddress(address))
  const pool = '0x87870bca3f3fd6335c3f4ce8392d69350b4fa4e2'
  expect(nameOf(1, pool)).toMatchObject({ name: 'Aave v3 Ethereum Pool', role: 'spender' })
  expect(nameOf(10, pool)).toBeUndefined()
  expect(nameOf(8453, '0x2626664c2603336e57b271c5c0b26f421741e481')).toMatchObject({ name: 'Uniswap Swap Router 02' })
  expect(nameOf(10, '0xdef1abe32c034e558cdd535791643c58a13acc10')).toMatchObject({ name: '0x Exchange Proxy' })
})

test.each(Object.keys(spenderNames).map(Number))(
  'the names of chain %i: each address once, none of an attacker',
  (chainId) => {
    const { wellKnownContracts, entries } = bundledThreats(chainId)
    const addresses = wellKnownContracts.map(({ address }) => address)
    expect(new Set(addresses).size).toBe(addresses.length)
    expect(wellKnownContracts.filter(({ name }) => !/^[\w .()-]{3,60}$/.test(name))).toEqual([])
    const attackers = new Set(entries.filter(({ kind }) => kind !== 'exploited-spender').map(({ address }) => address))
    const named = (spenderNames[chainId] ?? '').split('\n').filter((line) => line !== '')
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((line) => attackers.has(getAddress(line.slice(0, 42))))).toEqual([])
  },
)

test('addresses that nobody can own are not called well-known contracts', () => {
  const names = bundledThreats(1).wellKnownContracts.map(({ address }) => address)
  expect(names).not.toContain('0x0000000000000000000000000000000000000000')
  expect(names).not.toContain('0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE')
})

test('a malicious delegate is never a known one', () => {
  const { entries, knownDelegates, dangerousDelegates } = bundledThreats(1)
  const bad = new Set(entries.filter(({ kind }) => kind === 'delegate').map(({ address }) => address))
  expect([...knownDelegates, ...dangerousDelegates].filter(({ address }) => bad.has(address))).toEqual([])
})

test('code hashes are hashes of code, not of nothing', () => {
  const { delegateCodeHashes } = bundledThreats(1)
  expect(delegateCodeHashes.map(({ name }) => name)).toEqual(['CrimeEnjoyor'])
  expect(delegateCodeHashes[0]?.hash).not.toBe(keccak256('0x'))
})
