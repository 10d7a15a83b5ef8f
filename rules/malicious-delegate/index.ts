import {
  type AccountFacts,
  dangerousDelegateName,
  defineRule,
  type Evidence,
  findDelegateFamily,
  findThreats,
  listEvidence,
  type ThreatFacts,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

type Code = Extract<AccountFacts['code'], { kind: 'delegated' }>

export default defineRule({
  id: 'malicious-delegate',
  severity: 'critical',
  confidence: 'certain',
  needs: ['chain', 'account', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'delegate-code',
  judge: ({ chain, account, threats }) => {
    if (account.code.kind !== 'delegated') return []
    const known = findListed(threats, account.code) ?? findDangerous(threats, account.code)
    if (known === null) return []
    const block = String(chain.block.number)
    const { delegate, delegateCodeHash } = account.code
    const code = { kind: 'read', method: 'eth_getCode', block } as const
    return [
      {
        messageId: known.messageId,
        subject: { kind: 'delegate', delegate },
        data: { delegate: value.address(delegate), ...known.data },
        evidence: [
          { ...code, address: account.address, value: `0xef0100${delegate.slice(2).toLowerCase()}` },
          // What the lists of families name is the hash of the code.
          ...(delegateCodeHash === null
            ? []
            : [{ ...code, address: delegate, value: `keccak256 ${delegateCodeHash}` }]),
          ...known.evidence,
        ],
      },
    ]
  },
})

function findListed(threats: ThreatFacts, { delegate, delegateCodeHash }: Code) {
  const [entry] = findThreats(threats, 'delegate', delegate)
  const found = entry ?? (delegateCodeHash === null ? null : findDelegateFamily(threats, delegateCodeHash))
  if (found === null) return null
  const list = listEvidence(threats, found.list)
  const data = { list: value.text(list.name), listDate: value.text(list.date) }
  return entry === undefined
    ? ({
        messageId: 'family',
        data: { ...data, family: value.text(found.name ?? list.name) },
        evidence: [list],
      } as const)
    : ({ messageId: 'listed', data, evidence: [list] } as const)
}

function findDangerous(threats: ThreatFacts, { delegate }: Code) {
  const name = dangerousDelegateName(threats, delegate)
  const evidence: readonly Evidence[] = []
  return name === null ? null : ({ messageId: 'open-to-all', data: { name: value.text(name) }, evidence } as const)
}
