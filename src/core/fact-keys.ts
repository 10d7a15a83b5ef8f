/** The names of all facts, in the order they are read. Apart from their schemas, which take long to load. */
import type { FactKey } from './facts.ts'

const keys = {
  chain: true,
  account: true,
  nonces: true,
  mempool: true,
  fees: true,
  logs: true,
  tokens: true,
  approvals: true,
  activity: true,
  threats: true,
  safe: true,
  second: true,
  transfers: true,
  sweeps: true,
  baseline: true,
  outgoing: true,
  misdirected: true,
} as const satisfies Record<FactKey, true>

export const factKeys = Object.keys(keys) as readonly FactKey[] // the keys of the table above
