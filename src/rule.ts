/** `wallet-checkup/rule`: everything a rule may import. The built-in rules use this file too. */
export { z } from 'zod'
export type {
  AccountFacts,
  ActivityFacts,
  ApprovalFacts,
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
  Missing,
  NonceFacts,
  OwnTransaction,
  PendingTransaction,
  Spender,
  ThreatEntry,
  ThreatFacts,
  Token,
  TokenFacts,
} from './core/facts.ts'
export type { Confidence, Evidence, Severity, Subject, UnsignedCall } from './core/finding.ts'
export { type Draft, defineRule, type Rule } from './core/rule.ts'
export type { RuleText, Translation } from './core/text.ts'
export { type FindingData, type Value, value } from './core/value.ts'
export { effectiveExposure, isUnlimited, isUnlimitedByType } from './domain/allowance.ts'
export { grantEvidence, listEvidence } from './domain/evidence.ts'
export { grantData, grantSubject } from './domain/grant.ts'
export { revokeCall } from './domain/revoke.ts'
export {
  dangerousDelegateName,
  findDelegateFamily,
  findThreats,
  knownDelegateName,
  wellKnownName,
} from './domain/threats.ts'
