/** Every collector, each after those it needs. */
import account from './account.ts'
import activity from './activity.ts'
import approvals from './approvals.ts'
import baseline from './baseline.ts'
import chain from './chain.ts'
import fees from './fees.ts'
import logs from './logs.ts'
import mempool from './mempool.ts'
import misdirected from './misdirected.ts'
import nonces from './nonces.ts'
import outgoing from './outgoing.ts'
import quickLogs from './quick-logs.ts'
import safe from './safe.ts'
import second from './second.ts'
import sweeps from './sweeps.ts'
import threats from './threats.ts'
import tokens from './tokens.ts'
import transfers from './transfers.ts'

const state = [chain, second, account, nonces, mempool, fees, safe, baseline] as const

export default [...state, logs, tokens, threats, approvals, activity, transfers, sweeps, outgoing, misdirected] as const

/** State alone: no logs are searched, and what only they would show is missing. */
export const quickCollectors = [
  ...state,
  quickLogs,
  tokens,
  threats,
  approvals,
  activity,
  transfers,
  sweeps,
  outgoing,
  misdirected,
] as const
