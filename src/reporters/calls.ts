import type { Reporter } from '../core/reporter.ts'
import { usableCalls } from './found-calls.ts'
import { harmlessJson } from './json.ts'

/** One unsigned call a line, as JSON: what a wallet or a script needs to sign it, and which finding it is for. */
const calls: Reporter = (report) => {
  const lines = usableCalls(report).calls.map(({ call, finding, target }) => {
    const { chainId, to, value, data, purpose, simulation, ...wishes } = call
    return JSON.stringify({
      account: target.account,
      chainId,
      to,
      value,
      data,
      ...wishes,
      purpose: purpose ?? null,
      simulation: simulation?.status ?? null,
      rule: finding.ruleId,
      finding: finding.fingerprint,
    })
  })
  return lines.map((line) => `${harmlessJson(line)}\n`).join('')
}

export default calls
