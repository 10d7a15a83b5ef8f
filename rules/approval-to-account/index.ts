import {
  defineRule,
  type Evidence,
  findThreats,
  type Grant,
  grantData,
  grantEvidence,
  grantSubject,
  isDormant,
  type Keeper,
  keeperOf,
  revokeCalls,
  type Spender,
  value,
  z,
} from '../../src/rule.ts'
import en from './en.ts'
import ja from './ja.ts'

const parts = ['logs', 'allowance', 'operator', 'nft-approval', 'permit2', 'spender-code']

export default defineRule({
  id: 'approval-to-account',
  severity: 'high',
  confidence: 'certain',
  needs: ['chain', 'account', 'approvals', 'threats'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: ({ about }) => parts.includes(about),
  judge: ({ chain, account, approvals, threats }) => {
    // A listed drainer is said once, by the graver rule.
    const isOwn = ({ spender }: Grant) => spender.address.toLowerCase() === account.address.toLowerCase()
    const isListed = ({ spender }: Grant) => findThreats(threats, 'drainer', spender.address).length > 0
    return approvals.grants.flatMap((grant) => {
      const messageId = keeperOf(grant.spender, threats)
      if (messageId === null || isOwn(grant) || isListed(grant)) return []
      const block = chain.block.number
      return {
        messageId,
        severity: severityOf(grant, messageId),
        subject: grantSubject(grant, account.address),
        data: { ...grantData(grant, { account, threats }), ...historyData(grant.spender) },
        evidence: [
          ...grantEvidence(grant, { owner: account.address, block, threats }),
          ...codeEvidence(grant.spender, block),
        ],
        remedy: revokeCalls(grant, chain.chainId),
      }
    })
  },
})

/** What anybody can take is gone soon; what sleeps in Permit2 waits until the token is approved to it again. */
function severityOf(grant: Grant, messageId: Keeper) {
  if (messageId === 'open-to-all') return isDormant(grant) ? 'high' : 'critical'
  return isDormant(grant) ? 'medium' : 'high'
}

function historyData({ nonce }: Spender) {
  return nonce === null
    ? { history: value.keyword('unknown') }
    : { history: value.keyword('known'), sent: value.count(nonce) }
}

function codeEvidence({ address, code, nonce, delegate }: Spender, block: bigint): readonly Evidence[] {
  if (code !== 'none' && code !== 'delegated') return []
  const read = { kind: 'read', address, block: String(block) } as const
  return [
    { ...read, method: 'eth_getCode', value: code === 'delegated' ? designator(delegate) : '0x' },
    ...(nonce === null ? [] : [{ ...read, method: 'eth_getTransactionCount', value: String(nonce) }]),
  ]
}

/** Facts of older versions do not say which delegate. */
function designator(delegate: Spender['delegate']): string {
  return delegate === undefined ? '0xef0100 and the delegate' : `0xef0100${delegate.slice(2).toLowerCase()}`
}
