/** What collectors read: one key per collector. Facts are plain data, so they can be saved, judged later and built by hand in tests. */
import { z } from 'zod'
import { factErrorSchema } from './error-schema.ts'
import type { FactError } from './errors.ts'
import { address, amount, count, type DeepReadonly, hash, hex } from './schema.ts'

/** Both ends included. */
const blockRange = z.object({ fromBlock: amount, toBlock: amount })
export type BlockRange = DeepReadonly<z.infer<typeof blockRange>>

/** Which blocks a log scan really read. `gaps` is empty when nothing between the ends is missing. */
export const coverageSchema = z.object({ fromBlock: amount, toBlock: amount, gaps: z.array(blockRange) })
export type Coverage = DeepReadonly<z.infer<typeof coverageSchema>>

/** A part of a fact that could not be read. A rule that relies on it cannot end in `passed`. */
export const missingSchema = z.object({
  about: z.enum([
    'activity',
    'allowance',
    'block-fees',
    'clock',
    'delegate-code',
    'fees',
    'logs',
    'mempool',
    'nft-approval',
    'operator',
    'permit2',
    'revert-reason',
    'spender-code',
    'token-balance',
    'token-metadata',
  ]),
  error: factErrorSchema,
  ranges: z.array(blockRange).optional(),
  /** The contract whose answer is missing, where it is one. */
  contract: address.optional(),
})
export type Missing = DeepReadonly<z.infer<typeof missingSchema>>
const missing = z.array(missingSchema)

const blockRef = z.object({ number: amount, hash, timestamp: count })
export type BlockRef = DeepReadonly<z.infer<typeof blockRef>>

const logRef = z.object({ block: amount, transaction: hash, index: count })
/** Where a log stands: its block, its transaction and its index in the block. */
export type LogRef = DeepReadonly<z.infer<typeof logRef>>

const chain = z.object({
  chainId: count,
  /** The chain the user asked for; null when none was named. */
  expectedChainId: count.nullable(),
  name: z.string(),
  coin: z.object({ symbol: z.string(), decimals: count }),
  /** The block every state read of the run uses. */
  block: blockRef,
  /** The newest block the endpoint knew when the run began. Equal to `block` unless an older one was asked for. */
  head: blockRef,
  /** Our clock when the head was read, Unix seconds. */
  observedAt: count,
  /** Mean seconds between the blocks before the head; null when it could not be measured. */
  blockTimeSeconds: z.number().nonnegative().nullable(),
  /** null when the endpoint does not say. */
  clientVersion: z.string().nullable(),
  isSyncing: z.boolean().nullable(),
  endpointHost: z.string(),
  missing,
})
export type ChainFacts = DeepReadonly<z.infer<typeof chain>>

const account = z.object({
  address,
  /** The name the address was resolved from, when an ENS name was given. */
  ensName: z.string().nullable(),
  /** Wei at the pinned block. */
  balance: amount,
  code: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('contract'), codeHash: hash }),
    /** EIP-7702: the account runs the delegate's code. `delegateCodeHash` is null when nothing is deployed there. */
    z.object({ kind: z.literal('delegated'), delegate: address, delegateCodeHash: hash.nullable() }),
  ]),
  missing,
})
export type AccountFacts = DeepReadonly<z.infer<typeof account>>

const nonces = z.object({
  /** The next nonce by the pinned block's state. */
  latest: count,
  /** The next nonce counting what this node holds as pending; null when it refuses the tag. Equal to `latest` proves nothing. */
  pending: count.nullable(),
  missing,
})
export type NonceFacts = DeepReadonly<z.infer<typeof nonces>>

const pendingTransaction = z.object({
  hash,
  nonce: count,
  to: address.nullable(),
  /** Wei. */
  value: amount,
  gasLimit: amount,
  /** Wei per gas. A legacy transaction has its gas price in both fields. */
  maxFeePerGas: amount,
  maxPriorityFeePerGas: amount,
  /** Wei per blob gas; null for a transaction without blobs. */
  maxFeePerBlobGas: amount.nullable(),
  isLegacy: z.boolean(),
  input: hex,
  /** `pending` could be mined next by its nonce; `queued` stands behind a missing nonce. */
  state: z.enum(['pending', 'queued']),
  /** The method that showed it. */
  source: z.string(),
})
export type PendingTransaction = DeepReadonly<z.infer<typeof pendingTransaction>>

const mempool = z.object({
  /** Every source asked, and what it did. */
  sources: z.array(
    z.object({
      method: z.string(),
      status: z.enum(['answered', 'refused', 'failed', 'not-asked']),
      error: factErrorSchema.nullable(),
    }),
  ),
  /** True when a source answered that lists all transactions of the account that this node holds, queued ones included. */
  listsQueued: z.boolean(),
  /** By nonce, lowest first. */
  transactions: z.array(pendingTransaction),
  missing,
})
export type MempoolFacts = DeepReadonly<z.infer<typeof mempool>>

const feePercentiles = z.object({ p10: amount, p50: amount, p90: amount })
export type FeePercentiles = DeepReadonly<z.infer<typeof feePercentiles>>

const fees = z.object({
  /** Wei per gas of the block after the head; null on a chain without EIP-1559. */
  nextBaseFee: amount.nullable(),
  /** Wei per gas. */
  gasPrice: amount.nullable(),
  /** Tips that recent blocks took: the median over those blocks of each block's 10th, 50th and 90th percentile. */
  tips: feePercentiles.nullable(),
  /** How many blocks `tips` was made from. */
  blocks: count,
  missing,
})
export type FeeFacts = DeepReadonly<z.infer<typeof fees>>

const token = z.object({
  address,
  standard: z.enum(['erc20', 'erc721', 'erc1155', 'unknown']),
  /** The deployer's words: hostile until escaped. null when the contract gives none. */
  symbol: z.string().nullable(),
  name: z.string().nullable(),
  /** null when the contract names none. */
  decimals: z.int().min(0).max(255).nullable(),
})
export type Token = DeepReadonly<z.infer<typeof token>>

const listInfo = z.object({ name: z.string(), date: z.string(), entries: count })
/** A bundled or given list: its name, the day its data ends (ISO date), how many entries apply. */
export type ListInfo = DeepReadonly<z.infer<typeof listInfo>>

const tokens = z.object({
  /** Tokens with a balance at the pinned block, by address. */
  holdings: z.array(
    z.object({
      token,
      /** The token's smallest unit; for an NFT collection the number of items. */
      balance: amount,
      /** Names of the lists that have it. Empty: on none of them. */
      lists: z.array(z.string()),
      /** The newest Transfer to the account that was seen, when logs showed it. */
      received: logRef.nullable(),
    }),
  ),
  lists: z.array(listInfo),
  /** What the user said the wallet shows; null when not said. */
  shownByWallet: z.array(address).nullable(),
  /** Whether MetaMask looks for tokens on this chain by itself. */
  walletDetectsTokens: z.boolean(),
  /** How many contracts were asked for a balance. */
  asked: count,
  coverage: coverageSchema.nullable(),
  missing,
})
export type TokenFacts = DeepReadonly<z.infer<typeof tokens>>
export type Holding = TokenFacts['holdings'][number]

const approvalEvent = z.object({
  kind: z.enum(['erc20', 'erc721', 'operator', 'permit2']),
  /** The token, or the collection. */
  contract: address,
  spender: address,
  tokenId: amount.nullable(),
  /** The Permit2 deployment that sent the event. */
  permit2: address.nullable(),
  log: logRef,
})
export type ApprovalEvent = DeepReadonly<z.infer<typeof approvalEvent>>

const logs = z.object({
  /** The newest event of each grant: they say where to look, state says what is so. */
  approvals: z.array(approvalEvent),
  /** Per contract the newest Transfer to the account. */
  received: z.array(z.object({ contract: address, kind: z.enum(['fungible', 'nft', 'multi']), log: logRef })),
  coverage: coverageSchema,
  missing,
})
export type LogFacts = DeepReadonly<z.infer<typeof logs>>

const spender = z.object({
  address,
  /** `none`: an address without code, so a person's account, or a contract that was never deployed or is gone. */
  code: z.enum(['contract', 'none', 'delegated', 'unknown']),
  /** Transactions it has sent; null when not read. Zero and no code: never used. */
  nonce: count.nullable(),
})
export type Spender = DeepReadonly<z.infer<typeof spender>>

/** The event that told where to look; null for a grant that was found by asking state alone. */
const grantLog = logRef.nullable()
const grant = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('allowance'),
    token,
    spender,
    /** The token's smallest unit, read by allowance(owner,spender). */
    amount,
    /** What the owner holds of it; null when it could not be read. */
    balance: amount.nullable(),
    totalSupply: amount.nullable(),
    log: grantLog,
  }),
  z.object({ kind: z.literal('nft'), token, spender, tokenId: amount, log: grantLog }),
  z.object({ kind: z.literal('operator'), token, spender, balance: amount.nullable(), log: grantLog }),
  z.object({
    kind: z.literal('permit2'),
    permit2: address,
    token,
    spender,
    /** The inner amount, uint160. */
    amount,
    /** Unix seconds. The grant may be used up to and including this second. */
    expiration: count,
    /** allowance(owner, Permit2) of the token itself: nothing moves beyond it. null when it could not be read. */
    outerAllowance: amount.nullable(),
    balance: amount.nullable(),
    log: grantLog,
  }),
])
export type Grant = DeepReadonly<z.infer<typeof grant>>

const approvals = z.object({
  /** Grants that are live in state at the pinned block. */
  grants: z.array(grant),
  /** Pairs that events named and state says are spent or revoked. */
  endedCount: count,
  /**
   * Events that name the account as the owner, from contracts that do not answer for the approval they announce,
   * in transactions that the account did not send: made by somebody else to be noticed.
   */
  unsolicited: z.array(z.object({ contract: address, spender: address, sender: address, log: logRef })),
  coverage: coverageSchema,
  missing,
})
export type ApprovalFacts = DeepReadonly<z.infer<typeof approvals>>

const ownTransaction = z.object({
  hash,
  nonce: count,
  block: amount,
  /** Unix seconds. */
  timestamp: count,
  /** null when it created a contract. */
  to: address.nullable(),
  value: amount,
  /** The first four bytes of the input; 0x for a plain transfer. */
  selector: hex,
  gasLimit: amount,
  gasUsed: amount,
  /** Wei per gas. */
  effectiveGasPrice: amount,
  /** Wei that a roll-up charged for its data on the parent chain; 0 elsewhere. */
  dataFee: amount,
  succeeded: z.boolean(),
  /** The words of a revert when the call could be replayed: hostile until escaped. */
  revertReason: z.string().nullable(),
  /** What others paid in the same block: effective price and tip, wei per gas. null when not read. */
  blockFees: z.object({ baseFee: amount, price: feePercentiles, tip: feePercentiles }).nullable(),
})
export type OwnTransaction = DeepReadonly<z.infer<typeof ownTransaction>>

const activity = z.object({
  /** Newest first; only the account's own transactions. */
  transactions: z.array(ownTransaction),
  source: z.enum([
    'ots_searchTransactionsBefore',
    'eth_getTransactionBySenderAndNonce',
    'nonce-bisection',
    'none-sent',
  ]),
  /** Nonces below the account's that were looked for, both ends included; null when none were. */
  nonceRange: z.object({ from: count, to: count }).nullable(),
  missing,
})
export type ActivityFacts = DeepReadonly<z.infer<typeof activity>>

const threatEntry = z.object({
  address,
  /** null: on any chain. */
  chainId: count.nullable(),
  kind: z.enum(['drainer', 'exploited-spender', 'delegate']),
  list: z.string(),
  /** The incident or family, in the list's words; null when the list names none. */
  name: z.string().nullable(),
  /** ISO date of the incident. */
  incidentDate: z.string().nullable(),
  isFixed: z.boolean(),
  /** True when the user's own list names it: their word is not outranked by contracts that everybody uses. */
  isGiven: z.boolean(),
})
export type ThreatEntry = DeepReadonly<z.infer<typeof threatEntry>>

const namedAddress = z.object({ address, name: z.string() })
const threats = z.object({
  lists: z.array(listInfo),
  /** Entries that hold on this chain. */
  entries: z.array(threatEntry),
  /** Code hashes of malicious delegates, whatever their address. */
  delegateCodeHashes: z.array(z.object({ hash, name: z.string(), list: z.string() })),
  knownDelegates: z.array(namedAddress),
  /** Honest code that hands an account to everybody when it is delegated to. */
  dangerousDelegates: z.array(namedAddress),
  /**
   * Contracts that everybody uses. `spender`: made to hold approvals. `open-executor`: does what anybody tells it, so anybody
   * can use an approval that it holds. All roles but that one outrank the bundled threat lists.
   */
  wellKnownContracts: z.array(namedAddress.extend({ role: z.enum(['spender', 'open-executor', 'other']) })),
  missing,
})
export type ThreatFacts = DeepReadonly<z.infer<typeof threats>>

export const factSchemas = {
  chain,
  account,
  nonces,
  mempool,
  fees,
  logs,
  tokens,
  approvals,
  activity,
  threats,
} as const

/** Collectors in the words of a rule's `needs`. */
export interface FactMap {
  readonly chain: ChainFacts
  readonly account: AccountFacts
  readonly nonces: NonceFacts
  readonly mempool: MempoolFacts
  readonly fees: FeeFacts
  readonly logs: LogFacts
  readonly tokens: TokenFacts
  readonly approvals: ApprovalFacts
  readonly activity: ActivityFacts
  readonly threats: ThreatFacts
}
export type FactKey = keyof FactMap

export type FactResult<Key extends FactKey = FactKey> =
  | { readonly status: 'ok'; readonly value: FactMap[Key] }
  | { readonly status: 'failed'; readonly error: FactError }

/** Everything one run read about one account on one chain. */
export type FactResults = { readonly [Key in FactKey]: FactResult<Key> }
