/** What is said about transactions that the endpoint does not know. */
import { allWaiting, type Draft, type FactMap, type NamedTransaction, value } from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'nonces' | 'mempool'>
type Unknown = Extract<NamedTransaction, { readonly status: 'unknown' }>

/** All of them together: what the hashes are is not known, so none of them can be what a finding is about. */
export function unknownDrafts(facts: Facts): readonly Draft<'unknown' | 'elsewhere'>[] {
  const unknown = (facts.mempool.named ?? []).flatMap((named) => (named.status === 'unknown' ? [named] : []))
  const isElsewhere = ({ elsewhere }: Unknown) => elsewhere?.found === 'mined' || elsewhere?.found === 'waiting'
  return [
    ...nowhereDrafts(
      unknown.filter((named) => !isElsewhere(named)),
      facts,
    ),
    ...elsewhereDrafts(unknown.filter(isElsewhere), facts),
  ]
}

function nowhereDrafts(unknown: readonly Unknown[], { chain, nonces, mempool }: Facts): readonly Draft<'unknown'>[] {
  if (unknown.length === 0) return []
  const counted = (nonces.pending ?? nonces.latest) > nonces.latest
  const { elsewhere } = unknown.find((named) => named.elsewhere !== undefined) ?? {}
  return [
    {
      messageId: 'unknown',
      subject: { kind: 'account' },
      data: {
        count: value.count(unknown.length),
        hashes: value.text(endsOf(unknown)),
        host: value.text(chain.endpointHost),
        second: value.keyword(elsewhere === undefined ? 'none' : 'asked'),
        ...(elsewhere !== undefined && { secondHost: value.text(elsewhere.host) }),
        chain: value.text(chain.name),
        next: value.nonce(nonces.latest),
        others: value.keyword(counted || allWaiting(mempool).length > 0 ? 'some' : 'unseen'),
      },
      evidence: [
        notFound(unknown),
        {
          kind: 'read',
          method: 'eth_getTransactionCount',
          block: String(chain.block.number),
          value: String(nonces.latest),
        },
      ],
    },
  ]
}

function elsewhereDrafts(unknown: readonly Unknown[], { chain }: Facts): readonly Draft<'elsewhere'>[] {
  const [first] = unknown
  if (first?.elsewhere === undefined) return []
  const { host } = first.elsewhere
  const mined = unknown.filter(({ elsewhere }) => elsewhere?.found === 'mined')
  return [
    {
      messageId: 'elsewhere',
      subject: { kind: 'endpoint', host },
      data: {
        count: value.count(unknown.length),
        hashes: value.text(endsOf(unknown)),
        host: value.text(chain.endpointHost),
        secondHost: value.text(host),
        mined: value.count(mined.length),
      },
      evidence: [
        notFound(unknown),
        {
          kind: 'read',
          method: 'eth_getTransactionByHash',
          block: 'pending',
          value: unknown
            .map(({ ends, elsewhere }) => `${ends}: ${elsewhere?.found}`)
            .sort()
            .join(', '),
          host,
        },
      ],
    },
  ]
}

function notFound(unknown: readonly Unknown[]) {
  return {
    kind: 'read',
    method: 'eth_getTransactionByHash',
    block: 'pending',
    value: `null (${endsOf(unknown)})`,
  } as const
}

function endsOf(unknown: readonly Unknown[]): string {
  return unknown
    .map(({ ends }) => ends)
    .sort()
    .join(', ')
}
