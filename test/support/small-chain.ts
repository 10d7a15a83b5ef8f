/** A node of a chain on which nothing ever happened to the account: enough of one for the whole command. */
import { hashOf } from '../../src/testing.ts'
import { type Handler, type Reply, startJsonRpcServer } from './json-rpc-server.ts'

const gwei = 1_000_000_000n
const headNumber = 1000
const hex = (number: number | bigint) => `0x${number.toString(16)}`

type Setting = {
  /** How old the newest block is. */
  readonly ageSeconds?: number
  /** Other answers for some methods. */
  readonly over?: Readonly<Record<string, Handler | Reply>>
}

export function startSmallChain({ ageSeconds = 2, over = {} }: Setting = {}) {
  const headTime = Math.floor(Date.now() / 1000) - ageSeconds
  const blockAt = (number: number) => ({
    number: hex(number),
    hash: hashOf(number),
    timestamp: hex(headTime - (headNumber - number) * 12),
    baseFeePerGas: hex(gwei),
    transactions: [],
  })
  const blockOf: Handler = ({ params: [tag] }) => ({
    result: blockAt(typeof tag === 'string' && tag.startsWith('0x') ? Number(tag) : headNumber),
  })
  return startJsonRpcServer({
    eth_chainId: { result: hex(31_337) },
    eth_blockNumber: { result: hex(headNumber) },
    eth_getBlockByNumber: blockOf,
    web3_clientVersion: { result: 'small-chain/1' },
    eth_syncing: { result: false },
    eth_getBalance: { result: hex(10n ** 18n) },
    eth_getCode: { result: '0x' },
    eth_getTransactionCount: { result: '0x0' },
    eth_gasPrice: { result: hex(2n * gwei) },
    eth_maxPriorityFeePerGas: { result: hex(gwei) },
    eth_feeHistory: {
      result: {
        oldestBlock: hex(headNumber - 19),
        baseFeePerGas: Array(21).fill(hex(gwei)),
        gasUsedRatio: Array(20).fill(0.5),
        reward: Array(20).fill([hex(gwei), hex(gwei), hex(gwei)]),
      },
    },
    txpool_contentFrom: { result: { pending: {}, queued: {} } },
    eth_getLogs: { result: [] },
    ...over,
  })
}
