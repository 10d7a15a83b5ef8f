import {
  type AccountFacts,
  dangerousDelegateName,
  defineRule,
  findDelegateFamily,
  findThreats,
  knownDelegateName,
  type ThreatFacts,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

type Code = Extract<AccountFacts['code'], { kind: 'delegated' }>

export default defineRule({
  id: 'unknown-delegate',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => about === 'delegate-code',
  judge: ({ chain, account, threats }) => {
    if (account.code.kind !== 'delegated' || isMalicious(threats, account.code)) return []
    const { delegate, delegateCodeHash } = account.code
    const hashed = delegateCodeHash && `keccak256 ${delegateCodeHash}`
    const name = knownDelegateName(threats, delegate)
    const wasRead = account.missing.every(({ about }) => about !== 'delegate-code')
    const code = { kind: 'read', method: 'eth_getCode', block: String(chain.block.number) } as const
    return [
      {
        messageId: name !== null ? 'known' : wasRead && delegateCodeHash === null ? 'no-code' : 'unknown',
        ...(name !== null && { severity: 'info' }),
        subject: { kind: 'delegate', delegate },
        data: { delegate: value.address(delegate), ...(name !== null && { name: value.text(name) }) },
        evidence: [
          { ...code, address: account.address, value: `0xef0100${delegate.slice(2).toLowerCase()}` },
          // The hash of the code stands for it; 0x: nothing is deployed there.
          ...(wasRead ? [{ ...code, address: delegate, value: hashed ?? '0x' }] : []),
        ],
      },
    ]
  },
})

/** Those that malicious-delegate reports. */
function isMalicious(threats: ThreatFacts, { delegate, delegateCodeHash }: Code): boolean {
  return (
    findThreats(threats, 'delegate', delegate).length > 0 ||
    dangerousDelegateName(threats, delegate) !== null ||
    (delegateCodeHash !== null && findDelegateFamily(threats, delegateCodeHash) !== null)
  )
}
