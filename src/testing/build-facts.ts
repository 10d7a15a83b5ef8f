/** Facts by hand: each builder makes a healthy one, and takes only what matters for the case at hand. */
import type { Address, Hex } from 'viem'
import { getAddress } from 'viem/utils'
import type {
  AccountFacts,
  ActivityFacts,
  ApprovalFacts,
  BaselineFacts,
  ChainFacts,
  FactMap,
  FeeFacts,
  Grant,
  Holding,
  LogFacts,
  LogRef,
  MempoolFacts,
  MisdirectedFacts,
  Missing,
  NonceFacts,
  Outflow,
  OutgoingFacts,
  OwnTransaction,
  PendingSummary,
  PendingTransaction,
  SafeAccount,
  SafePart,
  SecondFacts,
  SweepFacts,
  ThreatFacts,
  Token,
  TokenFacts,
  TransferFacts,
} from '../core/facts.ts'
import type { AccountState } from '../core/state.ts'

/** A readable address: `at(0xabc)` is 0x…0abc in EIP-55 spelling. */
export function at(number: number | bigint): Address {
  return getAddress(`0x${number.toString(16).padStart(40, '0')}`)
}

/** A readable hash: `hashOf(7)` is 0x…07. */
export function hashOf(number: number | bigint): Hex {
  return `0x${number.toString(16).padStart(64, '0')}`
}

export const owner = at(0x0a11ce)
const blockNumber = 21_000_000n
const blockTimestamp = 1_730_000_000

export const logAt = (block: bigint = 20_000_000n): LogRef => ({ block, transaction: hashOf(block), index: 0 })

export const missing = (about: Missing['about'], code = 'rpc-refused'): Missing => ({
  about,
  error: { code, message: 'The node refused.', data: {}, hints: [] },
})

export function chain(over: Partial<ChainFacts> = {}): ChainFacts {
  const block = { number: blockNumber, hash: hashOf(blockNumber), timestamp: blockTimestamp }
  return {
    chainId: 1,
    expectedChainId: null,
    name: 'Ethereum',
    coin: { symbol: 'ETH', decimals: 18 },
    block,
    head: block,
    observedAt: blockTimestamp + 6,
    blockTimeSeconds: 12,
    clientVersion: 'Geth/v1.17.6',
    isSyncing: false,
    endpointHost: 'rpc.example',
    missing: [],
    ...over,
  }
}

export function account(over: Partial<AccountFacts> = {}): AccountFacts {
  return { address: owner, ensName: null, balance: 10n ** 18n, code: { kind: 'none' }, missing: [], ...over }
}

export function nonces(over: Partial<NonceFacts> = {}): NonceFacts {
  return { latest: 7, pending: 7, missing: [], ...over }
}

export function pendingTransaction(over: Partial<PendingTransaction> = {}): PendingTransaction {
  return {
    hash: hashOf(0xbeef),
    nonce: 7,
    to: at(0xb0b),
    value: 0n,
    gasLimit: 21_000n,
    maxFeePerGas: 40_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
    maxFeePerBlobGas: null,
    isLegacy: false,
    hasAuthorizations: false,
    input: '0x',
    state: 'pending',
    source: 'txpool_contentFrom',
    ...over,
  }
}

/** What a summary tells of a waiting transaction (txpool_inspect). */
export function pendingSummary(over: Partial<PendingSummary> = {}): PendingSummary {
  return {
    nonce: 7,
    to: at(0xb0b),
    value: 0n,
    gasLimit: 21_000n,
    maxFeePerGas: 40_000_000_000n,
    state: 'pending',
    source: 'txpool_inspect',
    ...over,
  }
}

export function mempool(over: Partial<MempoolFacts> = {}): MempoolFacts {
  return {
    sources: [{ method: 'txpool_contentFrom', status: 'answered', error: null }],
    listsQueued: true,
    transactions: [],
    missing: [],
    ...over,
  }
}

/** A market at a base fee of 20 gwei and tips from 0.1 to 3 gwei. */
export function fees(over: Partial<FeeFacts> = {}): FeeFacts {
  return {
    nextBaseFee: 20_000_000_000n,
    gasPrice: 21_000_000_000n,
    tips: { p10: 100_000_000n, p50: 1_000_000_000n, p90: 3_000_000_000n },
    blocks: 20,
    missing: [],
    ...over,
  }
}

export function token(over: Partial<Token> = {}): Token {
  return { address: at(0x70), standard: 'erc20', symbol: 'TKN', name: 'Token', decimals: 18, ...over }
}

export function holding(over: Partial<Holding> = {}): Holding {
  return { token: token(), balance: 5n * 10n ** 18n, lists: ['bundled'], received: null, ...over }
}

const coverage = { fromBlock: 0n, toBlock: blockNumber, gaps: [] }

export function tokens(over: Partial<TokenFacts> = {}): TokenFacts {
  return {
    holdings: [],
    lists: [{ name: 'bundled', date: '2026-10-01', entries: 1200 }],
    shownByWallet: null,
    walletDetectsTokens: true,
    asked: 1200,
    coverage,
    missing: [],
    ...over,
  }
}

export function approvals(grants: readonly Grant[] = [], over: Partial<ApprovalFacts> = {}): ApprovalFacts {
  return { grants, endedCount: 0, unsolicited: [], coverage, missing: [], ...over }
}

export function logs(over: Partial<LogFacts> = {}): LogFacts {
  return { approvals: [], received: [], sent: [], coverage, missing: [], ...over }
}

/** A plain transfer that paid the market's middle price. */
export function ownTransaction(over: Partial<OwnTransaction> = {}): OwnTransaction {
  return {
    hash: hashOf(0xace),
    nonce: 6,
    block: 20_990_000n,
    timestamp: blockTimestamp - 86_400,
    to: at(0xb0b),
    value: 0n,
    selector: '0x',
    gasLimit: 21_000n,
    gasUsed: 21_000n,
    effectiveGasPrice: 21_000_000_000n,
    dataFee: 0n,
    succeeded: true,
    revertReason: null,
    blockFees: {
      baseFee: 20_000_000_000n,
      price: { p10: 20_100_000_000n, p50: 21_000_000_000n, p90: 23_000_000_000n },
      tip: { p10: 100_000_000n, p50: 1_000_000_000n, p90: 3_000_000_000n },
    },
    ...over,
  }
}

export function activity(
  transactions: readonly OwnTransaction[] = [],
  over: Partial<ActivityFacts> = {},
): ActivityFacts {
  return {
    transactions,
    source: 'nonce-bisection',
    nonceRange: { from: 0, to: 6 },
    missing: [],
    ...over,
  }
}

export function threats(over: Partial<ThreatFacts> = {}): ThreatFacts {
  return {
    lists: [{ name: 'exploited spenders', date: '2024-09-22', entries: 354 }],
    entries: [],
    delegateCodeHashes: [],
    knownDelegates: [],
    dangerousDelegates: [],
    wellKnownContracts: [],
    missing: [],
    ...over,
  }
}

export function safePart(number: number, over: Partial<SafePart> = {}): SafePart {
  return { address: at(number), code: 'contract', codeHash: hashOf(number), release: null, ...over }
}

/** Two of three owners decide, and nobody else. */
export function safeAccount(over: Partial<SafeAccount> = {}): SafeAccount {
  return {
    kind: 'safe',
    version: '1.4.1',
    singleton: safePart(0x5afe, { release: 'Safe 1.4.1' }),
    owners: [1, 2, 3].map((number) => ({ address: at(0x0e0 + number), code: 'none', nonce: number })),
    threshold: 2,
    nonce: 12n,
    modules: [],
    guard: 'none',
    moduleGuard: 'none',
    fallbackHandler: safePart(0xfa11, { release: 'CompatibilityFallbackHandler 1.4.1' }),
    spendingLimits: [],
    lists: [{ name: 'Safe deployments', date: '2026-05-02', entries: 29 }],
    missing: [],
    ...over,
  }
}

/** No second endpoint. */
export function second(over: Partial<SecondFacts> = {}): SecondFacts {
  return { endpoint: null, missing: [], ...over }
}

/** A second endpoint that says what the first says. */
export function secondEndpoint(over: Partial<NonNullable<SecondFacts['endpoint']>> = {}): SecondFacts {
  const { block } = chain()
  const endpoint = {
    host: 'second.example',
    head: block,
    observedAt: blockTimestamp + 6,
    block,
    balance: 10n ** 18n,
    nonce: 7,
    code: '0x',
    ...over,
  }
  return second({ endpoint })
}

/** What an earlier check knew of the healthy account, a million blocks ago. */
export function baseline(over: Partial<AccountState> = {}): BaselineFacts {
  const block = String(blockNumber - 1_000_000n)
  const state: AccountState = {
    balance: { amount: String(10n ** 18n), block },
    nonce: { next: 7, block },
    tokens: { held: [], block },
    safe: { kind: 'none', block },
    spenders: { known: [], block },
    ...over,
  }
  return { kind: 'known', state, missing: [] }
}

/** Nothing left since the baseline. */
export function outgoing(over: Partial<Extract<OutgoingFacts, { kind: 'compared' }>> = {}): OutgoingFacts {
  return { kind: 'compared', used: { from: 7, to: 7 }, sent: [], moved: [], missing: [], ...over }
}

/** Nobody resembles anybody, and nobody is on a list. */
export function transfers(over: Partial<TransferFacts> = {}): TransferFacts {
  return {
    parties: [],
    counterparties: 40,
    recipients: 12,
    tokens: [],
    sanctions: [],
    coverage,
    missing: [],
    ...over,
  }
}

/** One coin that came and left at once, with almost nothing left behind. */
export function outflow(over: Partial<Outflow> = {}): Outflow {
  return {
    hash: hashOf(0x5e1),
    nonce: 6,
    block: 20_990_000n,
    to: at(0xb0b),
    left: 10n ** 18n,
    blockBefore: 20_989_996n,
    before: 0n,
    after: 0n,
    arrived: 10n ** 18n,
    ...over,
  }
}

/** Nothing left the account at once. */
/** Nothing went astray. */
export function misdirected(over: Partial<MisdirectedFacts> = {}): MisdirectedFacts {
  return { tokens: [], coins: [], missing: [], ...over }
}

export function sweeps(outflows: readonly Outflow[] = [], over: Partial<SweepFacts> = {}): SweepFacts {
  return { outflows, missing: [], ...over }
}

/** Every fact of a healthy account, with the given ones in place. */
export function facts(over: Partial<FactMap> = {}): FactMap {
  return {
    chain: chain(),
    account: account(),
    nonces: nonces(),
    mempool: mempool(),
    fees: fees(),
    logs: logs(),
    tokens: tokens(),
    approvals: approvals(),
    activity: activity(),
    threats: threats(),
    safe: { kind: 'none', missing: [] },
    second: second(),
    transfers: transfers(),
    sweeps: sweeps(),
    baseline: { kind: 'none', missing: [] },
    outgoing: { kind: 'none', missing: [] },
    misdirected: misdirected(),
    ...over,
  }
}
