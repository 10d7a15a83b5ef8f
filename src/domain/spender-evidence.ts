/** What is known of the spender of a grant, as evidence: in short, then the reads of a proxy's slots. */
import type { Address } from 'viem'
import type { Spender, ThreatFacts } from '../core/facts.ts'
import type { Evidence } from '../core/finding.ts'
import { type ProxySlot, proxySlots } from './proxy.ts'
import { listsThatName, wellKnownName } from './threats.ts'
import { addressTopic } from './topics.ts'

type SpenderEvidence = Extract<Evidence, { kind: 'spender' }>
type Where = { readonly block: bigint; readonly threats?: ThreatFacts }

export function spenderEvidence(spender: Spender, { block, threats }: Where): readonly Evidence[] {
  const { address, delegate } = spender
  const name = threats === undefined ? null : wellKnownName(threats, address)
  const inShort: SpenderEvidence = {
    kind: 'spender',
    address,
    block: String(block),
    code: spender.code === 'none' && spender.nonce === 0 ? 'never-used' : spender.code,
    ...(name !== null && { name }),
    ...(delegate !== undefined && { delegate }),
    ...proxyPart(spender),
    ...createdPart(spender),
    ...(threats !== undefined && { lists: [...listsThatName(threats, address)] }),
  }
  return [inShort, ...slotReads(spender, block)]
}

function proxyPart({ proxy }: Spender): Partial<SpenderEvidence> {
  if (proxy === undefined) return {}
  if (proxy === null) return { proxy: null }
  if ('error' in proxy) return { proxyError: proxy.error }
  const { implementation, beacon, admin } = proxy
  return {
    proxy: {
      ...(implementation !== null && { implementation }),
      ...(beacon !== null && { beacon }),
      ...(admin !== null && { admin }),
    },
  }
}

function createdPart({ created }: Spender): Partial<SpenderEvidence> {
  if (created === undefined) return {}
  if ('error' in created) return { createdError: created.error }
  return {
    createdBlock: String(created.block),
    ...(created.timestamp !== undefined && { createdAt: created.timestamp }),
  }
}

function slotReads({ address, proxy }: Spender, block: bigint): readonly Evidence[] {
  if (proxy === undefined || proxy === null || 'error' in proxy) return []
  const read = (name: ProxySlot, named: Address | null): readonly Evidence[] => {
    if (named === null) return []
    const at = { address, slot: proxySlots[name], block: String(block) }
    return [{ kind: 'read', method: 'eth_getStorageAt', ...at, value: addressTopic(named) }]
  }
  // Behind a beacon the implementation stands in no slot of the proxy.
  return [
    ...(proxy.beacon === null ? read('implementation', proxy.implementation) : read('beacon', proxy.beacon)),
    ...read('admin', proxy.admin),
  ]
}
