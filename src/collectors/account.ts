/** The account's coin and code at the pinned block. */
import { keccak256, numberToHex } from 'viem/utils'
import { defineCollector } from '../core/collector.ts'
import type { AccountFacts } from '../core/facts.ts'
import { delegateOf } from '../domain/delegation.ts'
import { bytes, quantity } from '../domain/rpc-reply.ts'
import { type Attempt, attempt } from './attempt.ts'

export default defineCollector({
  key: 'account',
  needs: ['chain'],
  fetch: async ({ rpc, options }, { chain }) => {
    const block = numberToHex(chain.block.number)
    const [balance, code] = await Promise.all([
      rpc.request('eth_getBalance', [options.account, block]),
      rpc.request('eth_getCode', [options.account, block]),
    ])
    const delegate = delegateOf(bytes(code, 'eth_getCode'))
    const delegateCode = delegate === null ? null : await attempt(rpc.request('eth_getCode', [delegate, block]))
    return { address: options.account, ensName: options.ensName, balance, code, delegateCode }
  },
  decode: ({ address, ensName, balance, code, delegateCode }): AccountFacts => ({
    address,
    ensName,
    balance: quantity(balance, 'eth_getBalance'),
    code: decodeCode(code, delegateCode),
    missing:
      delegateCode === null || delegateCode.status === 'answered'
        ? []
        : [{ about: 'delegate-code', error: delegateCode.error }],
  }),
})

function decodeCode(reply: unknown, delegateCode: Attempt | null): AccountFacts['code'] {
  const code = bytes(reply, 'eth_getCode')
  if (code === '0x') return { kind: 'none' }
  const delegate = delegateOf(code)
  if (delegate === null) return { kind: 'contract', codeHash: keccak256(code) }
  return { kind: 'delegated', delegate, delegateCodeHash: hashOfDelegate(delegateCode) }
}

function hashOfDelegate(attempted: Attempt | null) {
  if (attempted?.status !== 'answered') return null
  const code = bytes(attempted.reply, "eth_getCode of the account's delegate")
  return code === '0x' ? null : keccak256(code)
}
