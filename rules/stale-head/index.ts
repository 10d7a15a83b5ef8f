import { type ChainFacts, defineRule, isDevelopmentChain, value, z } from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

/** Where the block time is not known, a head up to this age may be the chain's newest all the same. */
const doubtfulAgeSeconds = 15 * 60

export default defineRule({
  id: 'stale-head',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain'],
  text: { en, ja },
  options: z.object({
    blockTimes: z.number().positive().default(3).describe('How many block times the newest block may be old.'),
    leastAgeSeconds: z.number().positive().default(60).describe('An age in seconds that is never called old.'),
  }),
  judge: ({ chain }, { blockTimes, leastAgeSeconds }) => {
    const ageSeconds = chain.observedAt - chain.head.timestamp
    const isOld = ageSeconds > Math.max(blockTimes * (chain.blockTimeSeconds ?? 0), leastAgeSeconds)
    if (!isOld && chain.isSyncing !== true) return []
    return [
      {
        ...weigh(chain, ageSeconds),
        subject: { kind: 'endpoint', host: chain.endpointHost },
        data: {
          host: value.text(chain.endpointHost),
          block: value.block(chain.head.number),
          blockTime: value.time(chain.head.timestamp),
          age: value.seconds(ageSeconds),
        },
        evidence: [
          {
            kind: 'read',
            method: 'eth_getBlockByNumber',
            block: String(chain.head.number),
            value: String(chain.head.timestamp),
          },
        ],
      },
    ]
  },
})

function weigh(chain: ChainFacts, ageSeconds: number) {
  if (chain.isSyncing === true) return { messageId: 'syncing' } as const
  // Such a node may make a block for each transaction, and none without.
  if (isDevelopmentChain(chain)) return { messageId: 'development', severity: 'low' } as const
  const isDoubtful = chain.blockTimeSeconds === null && ageSeconds <= doubtfulAgeSeconds
  return isDoubtful ? ({ messageId: 'old', confidence: 'possible' } as const) : ({ messageId: 'old' } as const)
}
