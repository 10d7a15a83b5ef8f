/** Every collector, each after those it needs. */
import account from './account.ts'
import activity from './activity.ts'
import approvals from './approvals.ts'
import chain from './chain.ts'
import fees from './fees.ts'
import logs from './logs.ts'
import mempool from './mempool.ts'
import nonces from './nonces.ts'
import threats from './threats.ts'
import tokens from './tokens.ts'

export default [chain, account, nonces, mempool, fees, logs, tokens, approvals, activity, threats] as const
