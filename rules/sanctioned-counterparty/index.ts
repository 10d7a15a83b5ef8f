import {
  dealingWith,
  defineRule,
  type Evidence,
  mayHideDealing,
  type ProvenParty,
  transferEvidence,
  unreadTransfers,
  unusedLists,
  usableLists,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'transfers', 'transaction-sender', 'activity', 'sanctions-list']

export default defineRule({
  id: 'sanctioned-counterparty',
  severity: 'medium',
  confidence: 'certain',
  needs: ['chain', 'account', 'transfers'],
  text: { en, ja },
  options: z.object({
    maximumListAgeDays: z
      .number()
      .positive()
      .default(30)
      .describe('A list that is older than so many days is not used.'),
  }),
  reliesOn: ({ about }) => parts.includes(about),
  unread: ({ chain, account, transfers }, { maximumListAgeDays }) => [
    ...unusedLists(transfers.sanctions, { now: chain.observedAt, maximumDays: maximumListAgeDays }),
    ...(transfers.parties.some((party) => party.lists.length > 0 && mayHideDealing(party, account))
      ? [unreadTransfers()]
      : []),
  ],
  // A list that names nobody on this chain compares nothing, and may not pass for an answer.
  applies: ({ transfers }) => transfers.sanctions.some(({ entries }) => entries > 0),
  judge: ({ chain, account, transfers }, { maximumListAgeDays }) => {
    const lists = usableLists(transfers.sanctions, { now: chain.observedAt, maximumDays: maximumListAgeDays })
    return transfers.parties.flatMap((party) => {
      const naming = party.lists.toSorted().flatMap((name) => lists.get(name) ?? [])
      const [list] = naming
      const dealing = dealingWith(party, account)
      if (list === undefined || dealing === null) return []
      const [first, ...rest] = [...callsOf(party), ...dealing.transfers.map(transferEvidence)]
      if (first === undefined) return []
      const named = naming.map((each): Evidence => ({ kind: 'list', ...each }))
      return {
        messageId: dealing.kind === 'received' ? ('received' as const) : ('sent' as const),
        ...(dealing.kind === 'maybe-sent' && { confidence: 'possible' as const }),
        subject: { kind: 'counterparty' as const, address: party.address },
        data: {
          counterparty: value.address(party.address),
          list: value.text(list.name),
          date: value.text(list.date),
        },
        evidence: [first, ...rest, ...named] as const,
      }
    })
  },
})

function callsOf({ called }: ProvenParty): readonly Evidence[] {
  return called === null ? [] : [{ kind: 'transaction', hash: called.transaction, block: String(called.block) }]
}
