/** Where two endpoints answer the same question differently. */
import type { AccountFacts, BlockRef, ChainFacts, NonceFacts, SecondFacts } from '../core/facts.ts'
import type { Evidence } from '../core/finding.ts'
import { codeWords } from './delegation.ts'

type Shown = {
  readonly chain: ChainFacts
  readonly account: AccountFacts
  readonly nonces: NonceFacts
  readonly endpoint: NonNullable<SecondFacts['endpoint']>
}

export type EndpointDifferences = {
  /** The gravest: another block of the same number, another state at the same block, or a newest block far behind. */
  readonly kind: 'block' | 'state' | 'head'
  /** Which parts of the state differ. */
  readonly parts: readonly ('balance' | 'nonce' | 'code')[]
  /** Both answers of everything that differs. */
  readonly evidence: readonly [Evidence, ...Evidence[]]
}

/** null: they agree as far as both were read. `allowedSeconds` is how far behind the other one newest block may be. */
export function endpointDifferences(shown: Shown, allowedSeconds: number): EndpointDifferences | null {
  const { chain, account, nonces, endpoint } = shown
  const at = { block: String(chain.block.number), hosts: [chain.endpointHost, endpoint.host] } as const
  const block = bothReads('eth_getBlockByNumber', [chain.block.hash, endpoint.block?.hash], at)
  const balance = bothReads('eth_getBalance', [account.balance, endpoint.balance], at)
  const nonce = bothReads('eth_getTransactionCount', [nonces.latest, endpoint.nonce], at)
  const code = bothReads('eth_getCode', [codeWords(account.code), endpoint.code], at)
  const parts = (
    [
      ['balance', balance],
      ['nonce', nonce],
      ['code', code],
    ] as const
  ).flatMap(([part, reads]) => (reads.length > 0 ? [part] : []))
  const [first, ...rest] = [...block, ...balance, ...nonce, ...code]
  if (first !== undefined) return { kind: block.length > 0 ? 'block' : 'state', parts, evidence: [first, ...rest] }
  return secondsBehind(shown) > allowedSeconds
    ? { kind: 'head', parts: [], evidence: [headRead(chain.head, at.hosts[0]), headRead(endpoint.head, at.hosts[1])] }
    : null
}

type Place = { readonly block: string; readonly hosts: readonly [string, string] }
type Answer = string | number | bigint | null | undefined

/** Nothing where they are the same, or where one of them was not read. */
function bothReads(method: string, answers: readonly [Answer, Answer], { block, hosts }: Place): readonly Evidence[] {
  const [first, second] = answers.map((answer) => String(answer ?? ''))
  if (first === second || second === '') return []
  return answers.map((answer, index) => ({
    kind: 'read',
    method,
    block,
    value: String(answer),
    host: hosts[index] ?? '',
  }))
}

/** How much older the newest block of the one is than that of the other; the second was asked later, so its own may be newer by that. */
function secondsBehind({ chain, endpoint }: Shown): number {
  const older = chain.head.timestamp - endpoint.head.timestamp
  return older >= 0 ? older : -older - Math.max(0, endpoint.observedAt - chain.observedAt)
}

/** Which of two newest blocks is the older one. */
export function isSecondBehind({ chain, endpoint }: Pick<Shown, 'chain' | 'endpoint'>): boolean {
  return endpoint.head.timestamp < chain.head.timestamp
}

function headRead({ number, timestamp }: BlockRef, host: string): Evidence {
  return { kind: 'read', method: 'eth_getBlockByNumber', block: String(number), value: String(timestamp), host }
}
