// Rewrites src/tokens/bundled-data.ts from npm packages whose licences allow it. Run by hand: node scripts/update-token-list.mjs
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getAddress } from 'viem/utils'
import { publishDate, unpack } from './npm-data.mjs'

/** `read` turns a package's file into its date and `{ chainId, address }`s. A licence outside `allowed` ends the run. */
const allowed = ['MIT', 'ISC']
const sources = [
  {
    letter: 'a',
    name: 'Aave token list',
    package: '@aave-dao/aave-address-book',
    file: 'tokenlist.json',
    read: readUniswapShape,
  },
  {
    letter: 'm',
    name: 'MetaMask contract metadata',
    package: '@metamask/contract-metadata',
    file: 'contract-map.json',
    read: readContractMap,
  },
  {
    letter: 's',
    name: 'Superchain token list',
    package: '@eth-optimism/tokenlist',
    file: 'dist/optimism.tokenlist.mjs',
    read: readModule,
  },
]

/** Not contracts: how lists write a chain's own coin. */
const placeholders = new Set([
  '0x0000000000000000000000000000000000000000',
  '0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',
])

const folder = mkdtempSync(join(tmpdir(), 'token-lists-'))
try {
  const lists = sources.map(load)
  writeFileSync('src/tokens/bundled-data.ts', render(lists, merge(lists)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function load(source) {
  const { path, version, licence } = unpack(source.package, { folder, allowed })
  const { date, tokens } = source.read(readFileSync(join(path, source.file), 'utf8'))
  return { ...source, version, licence, date: date ?? publishDate(source.package, version), tokens }
}

function readUniswapShape(text) {
  const { timestamp, tokens } = JSON.parse(text)
  return { date: timestamp.slice(0, 10), tokens }
}

/** Addresses of Ethereum to what is shown for them; only those marked as ERC-20. */
function readContractMap(text) {
  const entries = Object.entries(JSON.parse(text))
  return { tokens: entries.filter(([, { erc20 }]) => erc20 === true).map(([address]) => ({ chainId: 1, address })) }
}

/** The list as generated code. It is read, not run: two fields a token, one a line. */
function readModule(text) {
  const tokens = [...text.matchAll(/^ {4}chainId: (\d+),\n {4}address: "(0x[0-9a-fA-F]{40})"/gm)]
  const date = /^var timestamp = "(\d{4}-\d\d-\d\d)/m.exec(text)?.[1]
  if (tokens.length === 0) throw new Error('the module has no tokens: its shape changed')
  return { date, tokens: tokens.map(([, chainId, address]) => ({ chainId: Number(chainId), address })) }
}

/** Per chain id, per address in lower case, the letters of the lists that have it. */
function merge(lists) {
  const chains = new Map()
  for (const { letter, tokens } of lists) {
    for (const { chainId, address } of tokens) {
      if (!Number.isSafeInteger(chainId) || !/^0x[0-9a-fA-F]{40}$/.test(address)) continue
      const key = getAddress(address.toLowerCase()).toLowerCase()
      if (placeholders.has(key)) continue
      const chain = chains.get(chainId) ?? new Map()
      chain.set(key, [...new Set([...(chain.get(key) ?? ''), letter])].sort().join(''))
      chains.set(chainId, chain)
    }
  }
  return chains
}

function render(lists, chains) {
  const table = [...chains]
    .sort(([one], [other]) => one - other)
    .map(([chainId, tokens]) => {
      const lines = [...tokens].sort().map(([address, letters]) => `${address} ${letters}`)
      return `  ${chainId}: \`\n${lines.join('\n')}\n\`,`
    })
  return `/**
 * Addresses of tokens on public lists. Made by scripts/update-token-list.mjs; do not edit.
 *
 * From npm packages, each under its own licence:
${lists.map((list) => ` * - ${list.package}@${list.version} (${list.licence}), data of ${list.date}`).join('\n')}
 */

export const sources = {
${lists.map(({ letter, name, date }) => `  ${letter}: { name: '${name}', date: '${date}' },`).join('\n')}
} as const

/** Per chain id one token a line: its address in lower case, then the letters of the lists that have it. */
export const tokensByChain: Readonly<Record<number, string>> = {
${table.join('\n')}
}
`
}
