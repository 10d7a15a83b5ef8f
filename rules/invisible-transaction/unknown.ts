/** What is said about transactions that the endpoint does not know. */
import { allWaiting, type Draft, type FactMap, type NamedTransaction, value } from '../../src/rule.ts'

type Facts = Pick<FactMap, 'chain' | 'nonces' | 'mempool'>
const mostShown = 10

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
  const taken = takenNonces({ nonces, mempool })
  const asked = unknown.flatMap(({ elsewhere }) => elsewhere ?? [])
  const [elsewhere] = asked
  const silent = asked.filter(({ found }) => found === 'unread').length
  return [
    {
      messageId: 'unknown',
      // A node that keeps no old index answers the same for what was mined.
      confidence: 'likely',
      subject: { kind: 'account' },
      data: {
        count: value.count(unknown.length),
        hashes: value.text(endsOf(unknown)),
        host: value.text(chain.endpointHost),
        // What it was asked about it has seen, whether it answered or not.
        second: value.keyword(elsewhere === undefined ? 'none' : 'asked'),
        answers: value.keyword(silent === 0 ? 'all' : silent === asked.length ? 'no' : 'some'),
        silent: value.count(silent),
        ...(elsewhere !== undefined && { secondHost: value.text(elsewhere.host) }),
        chain: value.text(chain.name),
        next: value.nonce(nonces.latest),
        others: value.keyword(taken.length > 0 || allWaiting(mempool).length > 0 ? 'some' : 'unseen'),
        waiting: value.keyword(taken.length > 0 ? 'some' : 'unseen'),
        taken: value.text(taken.join(', ')),
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

/** The nonces of what waits, lowest first: what the endpoint counts without a gap ("7-9"), then each one that it shows. */
function takenNonces({ nonces: { latest, pending }, mempool }: Pick<Facts, 'nonces' | 'mempool'>): readonly string[] {
  const next = Math.max(pending ?? latest, latest)
  const last = next - 1
  const counted = last < latest ? [] : [last === latest ? `${latest}` : `${latest}-${last}`]
  const behind = new Set(allWaiting(mempool).map(({ nonce }) => nonce))
  const shown = [...counted, ...[...behind].filter((nonce) => nonce >= next).map(String)]
  return shown.length > mostShown ? [...shown.slice(0, mostShown), '…'] : shown
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
