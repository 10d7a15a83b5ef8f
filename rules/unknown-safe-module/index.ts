import {
  type Draft,
  defineRule,
  findThreats,
  listEvidence,
  partEvidence,
  partsOf,
  removalCalls,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

type PlacedPart = ReturnType<typeof partsOf>[number]
type Verdict = Pick<Draft<keyof typeof en.messages>, 'messageId' | 'severity'>

export default defineRule({
  id: 'unknown-safe-module',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'safe', 'threats'],
  text: { en, ja },
  options: z.object({
    expected: z
      .array(z.string())
      .default([])
      .describe('Addresses of modules, guards and handlers that you set up yourself.'),
  }),
  reliesOn: ({ about }) => about === 'safe' || about === 'safe-module',
  applies: ({ safe }) => safe.kind !== 'none',
  judge: ({ chain, account, safe, threats }, { expected }) => {
    if (safe.kind !== 'safe') return []
    const known = new Set(expected.map((address) => address.toLowerCase()))
    return partsOf(safe).flatMap((placed) => {
      const { place, part } = placed
      const [threat] = findThreats(threats, 'drainer', part.address)
      const verdict = threat === undefined ? judgePart(placed, known) : listedIn
      if (verdict === null) return []
      const list = threat && listEvidence(threats, threat.list)
      return [
        {
          ...verdict,
          subject: {
            kind: 'module',
            safe: account.address,
            module: part.address,
            ...(place !== 'module' && { place }),
          },
          data: {
            // A hyphen cannot stand in the name of a message's branch.
            place: value.keyword(place.replace('-', '')),
            module: value.address(part.address),
            code: value.keyword(part.code),
            modules: value.count(safe.modules.length),
            removal: value.keyword(failing.includes(part.removal?.status) ? 'failing' : 'open'),
            ...(list !== undefined && { list: value.text(list.name), listDate: value.text(list.date) }),
          },
          evidence: [
            ...partEvidence(safe, placed, { safe: account.address, block: chain.block.number }),
            ...(list === undefined ? [] : [list]),
          ],
          remedy: removalCalls(safe, placed, { safe: account.address, chainId: chain.chainId }),
        },
      ]
    })
  },
})

const failing: readonly (string | undefined)[] = ['reverts', 'no-effect']

const listedIn: Verdict = { messageId: 'listed', severity: 'critical' }

function judgePart({ place, part }: PlacedPart, expected: ReadonlySet<string>): Verdict | null {
  // What stands at an address that was not read is missing: it is neither known nor unknown.
  if (part.release !== null || part.code === 'unknown' || expected.has(part.address.toLowerCase())) return null
  if (place === 'module') return { messageId: part.code === 'contract' ? 'module' : 'person' }
  if (place === 'singleton') return { messageId: 'singleton' }
  return { messageId: place === 'fallback-handler' ? 'handler' : 'guard', severity: 'medium' }
}
