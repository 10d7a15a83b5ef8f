/** Names and coins of chains, and what the wallet does on them. */
import type { ChainFacts } from '../core/facts.ts'

type Coin = { readonly symbol: string; readonly decimals: number }
type ChainName = { readonly name: string; readonly coin: Coin }

const ether: Coin = { symbol: 'ETH', decimals: 18 }

/** The chains most people use. Others are called by their id, with a coin whose symbol we do not know. */
const chains: Readonly<Record<number, ChainName>> = {
  1: { name: 'Ethereum', coin: ether },
  10: { name: 'OP Mainnet', coin: ether },
  25: { name: 'Cronos', coin: { symbol: 'CRO', decimals: 18 } },
  56: { name: 'BNB Smart Chain', coin: { symbol: 'BNB', decimals: 18 } },
  100: { name: 'Gnosis', coin: { symbol: 'XDAI', decimals: 18 } },
  130: { name: 'Unichain', coin: ether },
  137: { name: 'Polygon', coin: { symbol: 'POL', decimals: 18 } },
  143: { name: 'Monad', coin: { symbol: 'MON', decimals: 18 } },
  250: { name: 'Fantom', coin: { symbol: 'FTM', decimals: 18 } },
  324: { name: 'ZKsync Era', coin: ether },
  480: { name: 'World Chain', coin: { symbol: 'ETH', decimals: 18 } },
  999: { name: 'HyperEVM', coin: { symbol: 'HYPE', decimals: 18 } },
  1101: { name: 'Polygon zkEVM', coin: ether },
  1284: { name: 'Moonbeam', coin: { symbol: 'GLMR', decimals: 18 } },
  1329: { name: 'Sei', coin: { symbol: 'SEI', decimals: 18 } },
  5000: { name: 'Mantle', coin: { symbol: 'MNT', decimals: 18 } },
  8453: { name: 'Base', coin: ether },
  31337: { name: 'development chain', coin: ether },
  42161: { name: 'Arbitrum One', coin: ether },
  42220: { name: 'Celo', coin: { symbol: 'CELO', decimals: 18 } },
  43114: { name: 'Avalanche C-Chain', coin: { symbol: 'AVAX', decimals: 18 } },
  59144: { name: 'Linea', coin: ether },
  80094: { name: 'Berachain', coin: { symbol: 'BERA', decimals: 18 } },
  81457: { name: 'Blast', coin: ether },
  534352: { name: 'Scroll', coin: ether },
  11155111: { name: 'Sepolia', coin: ether },
}

export function chainName(chainId: number): ChainName {
  return chains[chainId] ?? { name: `chain ${chainId}`, coin: { symbol: 'native coin', decimals: 18 } }
}

/** What development nodes take unless told otherwise. No public chain has these IDs. */
const developmentChains: ReadonlySet<number> = new Set([1337, 31337])
const developmentNode = /^(?:anvil|hardhat|ganache|ethereumjs testrpc)/i

/** Whether a chain is somebody's own, for tests: by its ID, or by its node where the ID is not that of a public chain. */
export function isDevelopmentChain({ chainId, clientVersion }: Pick<ChainFacts, 'chainId' | 'clientVersion'>): boolean {
  if (developmentChains.has(chainId)) return true
  // A copy of a public chain keeps its ID: wallets take it for that chain.
  return !(chainId in chains) && clientVersion !== null && developmentNode.test(clientVersion)
}

/** Chains on which MetaMask looks for tokens by itself (its `SupportedTokenDetectionNetworks`, read 2026-08-20). */
const detectedChains: ReadonlySet<number> = new Set([
  1, 10, 25, 56, 100, 137, 143, 250, 324, 999, 1101, 1284, 1285, 1329, 4663, 5042, 8453, 42161, 42220, 43114, 59140,
  59144, 1313161554,
])

export function walletDetectsTokens(chainId: number): boolean {
  return detectedChains.has(chainId)
}
