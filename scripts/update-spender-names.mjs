// Rewrites src/threats/spender-names.ts from npm packages whose licences allow it. Run by hand: node scripts/update-spender-names.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getAddress } from 'viem/utils'
import { publishDate, unpack } from './npm-data.mjs'

/** Published by the makers of the contracts themselves. Each `read` gives `{ chainId, address, name }`s of what holds approvals. */
const allowed = ['MIT', 'Apache-2.0']
const sources = [
  { package: '@aave-dao/aave-address-book', read: readAave },
  { package: '@uniswap/sdk-core', read: readUniswap },
  { package: '@0x/contract-addresses', read: readZeroEx },
]

const nobody = `0x${'0'.repeat(40)}`
/** Every development node has them. */
const developmentChains = new Set([1337, 31337])

const folder = mkdtempSync(join(tmpdir(), 'spender-names-'))
try {
  const lists = sources.map(load)
  writeFileSync('src/threats/spender-names.ts', render(lists))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function load(source) {
  const { path, version, licence } = unpack(source.package, { folder, allowed })
  const names = source.read(path)
  if (names.length === 0) throw new Error(`${source.package} has no names: its shape changed`)
  return { ...source, version, licence, date: publishDate(source.package, version), names }
}

/** One file a market: `var POOL = "0x…"`. */
function readAave(path) {
  const parts = {
    POOL: 'Pool',
    WETH_GATEWAY: 'Wrapped Coin Gateway',
    REPAY_WITH_COLLATERAL_ADAPTER: 'Repay Adapter',
    SWAP_COLLATERAL_ADAPTER: 'Swap Adapter',
    WITHDRAW_SWAP_ADAPTER: 'Withdraw Adapter',
    DEBT_SWAP_ADAPTER: 'Debt Swap Adapter',
  }
  const markets = readdirSync(join(path, 'dist')).filter((file) => /^AaveV[23][A-Z]\w+\.mjs$/.test(file))
  return markets.flatMap((file) => {
    const text = readFileSync(join(path, 'dist', file), 'utf8')
    const chainId = Number(/^var CHAIN_ID = (\d+);/m.exec(text)?.[1])
    const [, version, words] = /^AaveV([23])(\w+)\.mjs$/.exec(file)
    const market = words.replace(/^Ethereum(?=[A-Z])/, 'Ethereum ')
    return [...text.matchAll(/^var (\w+) = "(0x[0-9a-fA-F]{40})";/gm)]
      .filter(([, name]) => name in parts)
      .map(([, name, address]) => ({ chainId, address, name: `Aave v${version} ${market} ${parts[name]}` }))
  })
}

/** Tables by chain id, in a module that needs nothing but the numbers of chains beside it. */
function readUniswap(path) {
  const tables = createRequire(import.meta.url)(join(path, 'dist', 'cjs', 'src', 'addresses.js'))
  const of = (table, name) =>
    Object.entries(table).map(([chainId, address]) => ({ chainId: Number(chainId), address, name }))
  return [
    ...of(tables.V2_ROUTER_ADDRESSES, 'Uniswap v2 Router 02'),
    ...of(tables.NONFUNGIBLE_POSITION_MANAGER_ADDRESSES, 'Uniswap v3 Position Manager'),
    ...of(tables.V3_MIGRATOR_ADDRESSES, 'Uniswap v3 Migrator'),
    ...of(
      Object.fromEntries(
        Object.keys(tables.CHAIN_TO_ADDRESSES_MAP).map((chainId) => [
          chainId,
          tables.SWAP_ROUTER_02_ADDRESSES(Number(chainId)),
        ]),
      ),
      'Uniswap Swap Router 02',
    ),
  ]
}

function readZeroEx(path) {
  const parts = {
    exchangeProxy: '0x Exchange Proxy',
    exchangeProxyAllowanceTarget: '0x Allowance Target',
    erc20Proxy: '0x v3 ERC-20 Proxy',
    erc721Proxy: '0x v3 ERC-721 Proxy',
    erc1155Proxy: '0x v3 ERC-1155 Proxy',
  }
  const chains = JSON.parse(readFileSync(join(path, 'addresses.json'), 'utf8'))
  return Object.entries(chains).flatMap(([chainId, addresses]) =>
    Object.entries(parts).map(([part, name]) => ({ chainId: Number(chainId), address: addresses[part], name })),
  )
}

/** Per chain id, per address in lower case, its name: the first of a list that names it twice. */
function merge(lists) {
  const chains = new Map()
  for (const { chainId, address, name } of lists.flatMap(({ names }) => names)) {
    if (!Number.isSafeInteger(chainId) || developmentChains.has(chainId)) continue
    if (!/^0x[0-9a-fA-F]{40}$/.test(address ?? '') || address === nobody) continue
    const key = getAddress(address.toLowerCase()).toLowerCase()
    const chain = chains.get(chainId) ?? new Map()
    if (!chain.has(key)) chain.set(key, name)
    chains.set(chainId, chain)
  }
  return chains
}

function render(lists) {
  const table = [...merge(lists)]
    .sort(([one], [other]) => one - other)
    .map(([chainId, names]) => {
      const lines = [...names].sort().map(([address, name]) => `${address} ${name}`)
      return `  ${chainId}: \`\n${lines.join('\n')}\n\`,`
    })
  return `/**
 * Names of contracts that hold approvals, by chain. Made by scripts/update-spender-names.mjs; do not edit.
 *
 * From npm packages that the makers of the contracts publish, each under its own licence:
${lists.map((list) => ` * - ${list.package}@${list.version} (${list.licence}), of ${list.date}`).join('\n')}
 */

/** Per chain id one contract a line: its address in lower case, then its name. */
export const spenderNames: Readonly<Record<number, string>> = {
${table.join('\n')}
}
`
}
