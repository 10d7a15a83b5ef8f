import {
  type Draft,
  defineRule,
  findThreats,
  isUnlimitedSpending,
  limitData,
  limitEvidence,
  limitRemovalCall,
  limitSubject,
  listEvidence,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

type Verdict = Pick<Draft<keyof typeof en.messages>, 'messageId' | 'severity'>

const failing: readonly (string | undefined)[] = ['reverts', 'no-effect']
const parts = ['safe', 'safe-module', 'spending-limit']
const listed: Verdict = { messageId: 'listed', severity: 'critical' }
const unlimited: Verdict = { messageId: 'unlimited', severity: 'high' }
const limited: Verdict = { messageId: 'limited' }

export default defineRule({
  id: 'safe-spending-limit',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'safe', 'threats'],
  text: { en, ja },
  options: z.object({
    expected: z
      .array(z.string())
      .default([])
      .describe(
        'Addresses of delegates that are meant to spend without the owners (on the command line: --expected-spenders).',
      ),
  }),
  reliesOn: ({ about }) => parts.includes(about),
  applies: ({ safe }) => safe.kind !== 'none',
  judge: ({ chain, account, safe, threats }, { expected }) => {
    if (safe.kind !== 'safe') return []
    const known = new Set(expected.map((address) => address.toLowerCase()))
    return safe.spendingLimits.flatMap((limit) => {
      const [threat] = findThreats(threats, 'drainer', limit.delegate.address)
      if (threat === undefined && known.has(limit.delegate.address.toLowerCase())) return []
      const list = threat && listEvidence(threats, threat.list)
      return {
        ...(list !== undefined ? listed : isUnlimitedSpending(limit) ? unlimited : limited),
        subject: limitSubject(limit, account.address),
        data: {
          ...limitData(limit, chain),
          removal: value.keyword(failing.includes(limit.removal?.status) ? 'failing' : 'open'),
          ...(list !== undefined && { list: value.text(list.name), listDate: value.text(list.date) }),
        },
        evidence: [
          ...limitEvidence(limit, { safe: account.address, block: chain.block.number, threats }),
          ...(list === undefined ? [] : [list]),
        ] as const,
        remedy: [limitRemovalCall(limit, chain.chainId)],
      }
    })
  },
})
