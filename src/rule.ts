/** `wallet-checkup/rule`: everything a rule may import. The built-in rules use this file too. */
export { z } from 'zod'
export type {
  AccountFacts,
  ActivityFacts,
  ApprovalFacts,
  BaselineFacts,
  ChainFacts,
  FactKey,
  FactMap,
  FeeFacts,
  FeePercentiles,
  Grant,
  Holding,
  ListInfo,
  LogFacts,
  LogRef,
  MempoolFacts,
  MisdirectedFacts,
  MisdirectedToken,
  Missing,
  NamedTransaction,
  NonceFacts,
  Outflow,
  OutgoingFacts,
  OwnTransaction,
  PendingSummary,
  PendingTransaction,
  ProvenParty,
  ProvenTransfer,
  SafeAccount,
  SafeFacts,
  SafePart,
  SecondFacts,
  Spender,
  SpendingLimit,
  SweepFacts,
  ThreatEntry,
  ThreatFacts,
  Token,
  TokenFacts,
  TransferFacts,
} from './core/facts.ts'
export type { Confidence, Evidence, Severity, Subject, UnsignedCall } from './core/finding.ts'
export { type Draft, defineRule, type Rule, type Unread } from './core/rule.ts'
export type { AccountState } from './core/state.ts'
export type { RuleText, Translation } from './core/text.ts'
export { type FindingData, type Value, value } from './core/value.ts'
export { effectiveExposure, isDormant, isUnlimited, isUnlimitedByType } from './domain/allowance.ts'
export { fewestBlocksUntil, forecastBaseFee } from './domain/base-fee-pace.ts'
export { knownPart, tokensBefore, unreadBetween, unreadParts, unreadTokens } from './domain/baseline.ts'
export { blobFeeState, blobFeeUnread } from './domain/blob-fee.ts'
export { chainName, isDevelopmentChain } from './domain/chains.ts'
export { coinUnits } from './domain/coin-units.ts'
export { isLeftToGraverRule, type Keeper, keeperOf } from './domain/dangerous-spender.ts'
export { codeWords } from './domain/delegation.ts'
export { endpointDifferences, isSecondBehind } from './domain/endpoint-differences.ts'
export { grantEvidence, listEvidence, logEvidence, transferEvidence, waitingEvidence } from './domain/evidence.ts'
export { foreignWords } from './domain/foreign-words.ts'
export { isShownAlike } from './domain/format-value.ts'
export { costAtMarket, dataFeeOf, feeAtMarketThen, highestCost, paidFee } from './domain/gas-cost.ts'
export { grantData, grantSubject } from './domain/grant.ts'
export { grantWords } from './domain/grant-words.ts'
export { type Imitation, imitationParts, imitationsOf, mayHideImitation, paymentEvidence } from './domain/imitation.ts'
export { type ImplicitGrant, isImplicit, isRevocable } from './domain/implicit-grant.ts'
export { isLure } from './domain/lure.ts'
export { newestFirst } from './domain/newest-logs.ts'
export { olderUnread } from './domain/older-transactions.ts'
export { unreadTransfers } from './domain/party-transfers.ts'
export { isPermit2 } from './domain/permit2.ts'
export {
  allWaiting,
  inNonceOrder,
  missingBelow,
  type NonceGap,
  nonceGaps,
  queueOf,
  type Shortage,
  shortageOf,
  type Waiting,
} from './domain/queue.ts'
export { roundUpToShown } from './domain/readable-amount.ts'
export { cancelCall, speedUpCall, transferGas } from './domain/replacement-call.ts'
export { isMarketKnown, marketFees, replacementBlobFee, replacementFees } from './domain/replacement-fee.ts'
export { panicCode } from './domain/revert-reason.ts'
export { isSeenToEnd, revokeCall, revokeCalls } from './domain/revoke.ts'
export { ownerEvidence, partEvidence, partsOf, removalCalls, type SafePlace } from './domain/safe-account.ts'
export { dealingWith, mayHideDealing, unusedLists, usableLists } from './domain/sanctions.ts'
export {
  isUnlimitedSpending,
  limitData,
  limitEvidence,
  limitRemovalCall,
  limitSubject,
} from './domain/spending-limit.ts'
export { habitOf } from './domain/statistics.ts'
export {
  dangerousDelegateName,
  findDelegateFamily,
  findThreats,
  knownDelegateName,
  wellKnownName,
  wellKnownRole,
} from './domain/threats.ts'
export { isExpected, listsOfChain } from './domain/token-lists.ts'
export { severalTopUps, topUpWords } from './domain/top-up-words.ts'
export { unreadableApprovals, unreadableData, unreadableSubject } from './domain/unreadable-approvals.ts'
