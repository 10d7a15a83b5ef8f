import { chainName, defineRule, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

export default defineRule({
  id: 'wrong-chain-endpoint',
  severity: 'critical',
  confidence: 'certain',
  needs: ['chain'],
  text: { en, ja },
  options: z.object({}),
  // The chain ID does not depend on any clock.
  reliesOn: ({ about }) => about !== 'clock',
  applies: ({ chain }) => chain.expectedChainId !== null,
  judge: ({ chain }) => {
    const { chainId, expectedChainId, endpointHost } = chain
    if (expectedChainId === null || expectedChainId === chainId) return []
    return [
      {
        messageId: 'other-chain',
        subject: { kind: 'endpoint', host: endpointHost },
        data: {
          host: value.text(endpointHost),
          expectedId: value.text(String(expectedChainId)),
          expectedName: value.text(chainName(expectedChainId).name),
          actualId: value.text(String(chainId)),
          actualName: value.text(chain.name),
        },
        evidence: [{ kind: 'read', method: 'eth_chainId', block: 'latest', value: String(chainId) }],
      },
    ]
  },
})
