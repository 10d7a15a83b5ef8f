import { codeWords, defineRule, endpointDifferences, isSecondBehind, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'disagreeing-endpoints',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'nonces', 'second'],
  text: { en, ja },
  options: z.object({
    blockTimes: z.number().positive().default(5).describe('How many block times behind the other is still near.'),
    leastSeconds: z.number().positive().default(60).describe('How many seconds behind the other are always near.'),
  }),
  // What else is missing of the account says nothing about what was compared.
  reliesOn: ({ about }) => about === 'second-endpoint',
  applies: ({ second }) => second.endpoint !== null,
  judge: ({ second: { endpoint }, chain, account, nonces }, { blockTimes, leastSeconds }) => {
    if (endpoint === null) return []
    const shown = { chain, account, nonces, endpoint }
    const found = endpointDifferences(shown, Math.max(blockTimes * (chain.blockTimeSeconds ?? 0), leastSeconds))
    if (found === null) return []
    const isBehind = isSecondBehind(shown)
    const [old, recent] = isBehind ? [endpoint.head, chain.head] : [chain.head, endpoint.head]
    const hosts = [chain.endpointHost, endpoint.host].map(value.text)
    const differs = (part: (typeof found.parts)[number]) => value.keyword(found.parts.includes(part) ? 'yes' : 'no')
    const data = {
      first: value.text(chain.endpointHost),
      second: value.text(endpoint.host),
      block: value.block(chain.block.number),
      firstHash: value.hash(chain.block.hash),
      secondHash: value.hash((endpoint.block ?? chain.block).hash),
      hasBalance: differs('balance'),
      firstBalance: value.native(account.balance, chain.coin),
      secondBalance: value.native(endpoint.balance ?? account.balance, chain.coin),
      hasNonce: differs('nonce'),
      firstNonce: value.nonce(nonces.latest),
      secondNonce: value.nonce(endpoint.nonce ?? nonces.latest),
      hasCode: differs('code'),
      firstCode: value.text(codeWords(account.code)),
      secondCode: value.text(endpoint.code ?? codeWords(account.code)),
    }
    return [
      {
        messageId: found.kind,
        subject: { kind: 'endpoint', host: endpoint.host },
        data: {
          ...data,
          behind: (isBehind ? hosts[1] : hosts[0]) ?? data.second,
          ahead: (isBehind ? hosts[0] : hosts[1]) ?? data.first,
          oldBlock: value.block(old.number),
          newBlock: value.block(recent.number),
          age: value.seconds(recent.timestamp - old.timestamp),
        },
        evidence: found.evidence,
      },
    ]
  },
})
