/**
 * The built-in rules, in the order of a report within one severity: the connection, delegates, Safe accounts, approvals,
 * counterparties, transactions, display.
 * A grant is revoked with coins that a delegate may take, so delegates come first.
 */
import type { Rule } from '../src/rule.ts'
import addressPoisoning from './address-poisoning/index.ts'
import approvalToAccount from './approval-to-account/index.ts'
import balanceDrop from './balance-drop/index.ts'
import delegatedInflightLimit from './delegated-inflight-limit/index.ts'
import disagreeingEndpoints from './disagreeing-endpoints/index.ts'
import dormantPermit2Grant from './dormant-permit2-grant/index.ts'
import drainerApproval from './drainer-approval/index.ts'
import exploitedSpenderApproval from './exploited-spender-approval/index.ts'
import failedTransactions from './failed-transactions/index.ts'
import implicitApproval from './implicit-approval/index.ts'
import insufficientGasCoin from './insufficient-gas-coin/index.ts'
import invisibleTransaction from './invisible-transaction/index.ts'
import lowBalance from './low-balance/index.ts'
import maliciousDelegate from './malicious-delegate/index.ts'
import nonceGap from './nonce-gap/index.ts'
import operatorApproval from './operator-approval/index.ts'
import overpaidGas from './overpaid-gas/index.ts'
import permit2Grant from './permit2-grant/index.ts'
import safeOwnerChanged from './safe-owner-changed/index.ts'
import safeSpendingLimit from './safe-spending-limit/index.ts'
import sanctionedCounterparty from './sanctioned-counterparty/index.ts'
import sentToBurnAddress from './sent-to-burn-address/index.ts'
import sentToLookalike from './sent-to-lookalike/index.ts'
import sentToTokenContract from './sent-to-token-contract/index.ts'
import staleApproval from './stale-approval/index.ts'
import staleHead from './stale-head/index.ts'
import stuckTransaction from './stuck-transaction/index.ts'
import sweptAccount from './swept-account/index.ts'
import unaffordableQueue from './unaffordable-queue/index.ts'
import unexpectedAccountKind from './unexpected-account-kind/index.ts'
import unexpectedOutgoing from './unexpected-outgoing/index.ts'
import unexpectedSpender from './unexpected-spender/index.ts'
import unknownDelegate from './unknown-delegate/index.ts'
import unknownSafeModule from './unknown-safe-module/index.ts'
import unlimitedAllowance from './unlimited-allowance/index.ts'
import unlistedTokenWithBalance from './unlisted-token-with-balance/index.ts'
import unsentApproval from './unsent-approval/index.ts'
import unsolicitedApproval from './unsolicited-approval/index.ts'
import unusedAccount from './unused-account/index.ts'
import unusualGasSpending from './unusual-gas-spending/index.ts'
import weakMultisig from './weak-multisig/index.ts'
import wrongChainEndpoint from './wrong-chain-endpoint/index.ts'

export default [
  wrongChainEndpoint,
  staleHead,
  disagreeingEndpoints,
  maliciousDelegate,
  unknownDelegate,
  sweptAccount,
  unexpectedOutgoing,
  balanceDrop,
  safeOwnerChanged,
  unexpectedAccountKind,
  unknownSafeModule,
  safeSpendingLimit,
  weakMultisig,
  drainerApproval,
  exploitedSpenderApproval,
  approvalToAccount,
  unexpectedSpender,
  unlimitedAllowance,
  operatorApproval,
  permit2Grant,
  dormantPermit2Grant,
  unsentApproval,
  staleApproval,
  implicitApproval,
  unsolicitedApproval,
  sentToLookalike,
  addressPoisoning,
  sentToTokenContract,
  sentToBurnAddress,
  sanctionedCounterparty,
  stuckTransaction,
  nonceGap,
  unaffordableQueue,
  delegatedInflightLimit,
  invisibleTransaction,
  lowBalance,
  insufficientGasCoin,
  failedTransactions,
  overpaidGas,
  unusualGasSpending,
  unlistedTokenWithBalance,
  unusedAccount,
] as const satisfies readonly Rule[]
