import { decodeFunctionData, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import operatorApproval from '../../rules/operator-approval/index.ts'
import type { Grant } from '../../src/rule.ts'
import {
  allowance,
  approvals,
  at,
  judgeWith,
  missing,
  nftApproval,
  operator,
  owner,
  spender,
  threats,
  token,
  wordsOf,
} from '../../src/testing.ts'
import { expectEveryMessage } from '../support/every-message.ts'

const conduit = spender({ address: at(0xc0d) })
const openExecutor = spender({ address: at(0xca11) })
const registry = spender({ address: at(0x4e6) })
const known = threats({
  wellKnownContracts: [
    { address: conduit.address, name: 'Harbor Market', role: 'spender' },
    { address: openExecutor.address, name: 'Multicall3', role: 'open-executor' },
    { address: registry.address, name: 'Harbor Registry', role: 'other' },
  ],
})
const judge = (grants: readonly Grant[], over = {}) =>
  judgeWith(operatorApproval, { approvals: approvals(grants, over), threats: known })

test.each([
  ['an operator that nobody knows', operator(), 'operator', 'medium'],
  ['an ERC-1155 operator', operator({ token: token({ standard: 'erc1155' }), balance: null }), 'operator', 'medium'],
  ['an ERC-6909 operator', operator({ standard: 'erc6909' }), 'operator', 'medium'],
  ['an ERC-7540 operator', operator({ standard: 'erc7540' }), 'operator', 'medium'],
  ['an ERC-777 operator', operator({ standard: 'erc777' }), 'operator', 'medium'],
  ['an operator of an empty collection', operator({ balance: 0n }), 'operator', 'medium'],
  ['a well-known marketplace', operator({ spender: conduit }), 'well-known', 'low'],
  ['a well-known contract that trades nothing', operator({ spender: registry }), 'operator', 'medium'],
] as const)('%s: %s', (_, grant, messageId, severity) => {
  expect(judge([grant])).toMatchObject({ status: 'found', findings: [{ messageId, severity }] })
})

test.each([
  ['no grants', []],
  ['other kinds of grants', [allowance(), nftApproval()]],
  ['an account without code, left to approval-to-account', [operator({ spender: spender({ code: 'none' }) })]],
  ['a contract that does what anybody tells it, left to approval-to-account', [operator({ spender: openExecutor })]],
])('%s: passed', (_, grants) => {
  expect(judge(grants).status).toBe('passed')
})

test('the finding is about collection and operator, proved by state and log', () => {
  expect(judge([operator()])).toMatchObject({
    findings: [
      {
        subject: { kind: 'operator', collection: at(0x70), owner, operator: at(0x5e) },
        evidence: [
          {
            kind: 'call',
            to: at(0x70),
            function: 'isApprovedForAll(address,address)',
            arguments: [owner, at(0x5e)],
            block: '21000000',
            value: 'true',
          },
          { kind: 'log', block: '20000000' },
          { kind: 'spender', address: at(0x5e), code: 'contract', lists: [] },
        ],
      },
    ],
  })
})

test('the remedy ends it for that operator alone', () => {
  const outcome = judge([operator({ spender: conduit })])
  const remedy = outcome.status === 'found' ? outcome.findings[0].remedy : []
  expect(remedy).toHaveLength(1)
  expect(remedy?.[0]).toMatchObject({ purpose: 'revoke', chainId: 1, to: at(0x70), value: '0' })
  const abi = parseAbi(['function setApprovalForAll(address, bool)'])
  expect(decodeFunctionData({ abi, data: remedy?.[0]?.data ?? '0x' }).args).toEqual([conduit.address, false])
})

test.each(['logs', 'operator'] as const)('%s that could not be read: inconclusive', (about) => {
  expect(judge([], { missing: [missing(about)] }).status).toBe('inconclusive')
})

test('allowances and balances that could not be read change nothing', () => {
  const parts = [missing('allowance'), missing('token-balance'), missing('permit2'), missing('nft-approval')]
  expect(judge([], { missing: parts }).status).toBe('passed')
})

test.each([
  [
    'erc6909',
    `${at(0x5e)} may move every token that the account has in NFT (contract ${at(0x70)})`,
    'setOperator',
    true,
  ],
  [
    'erc7540',
    `${at(0x5e)} may redeem the shares of the account in the vault NFT (contract ${at(0x70)}) and claim what it is due`,
    'setOperator',
    true,
  ],
  [
    'erc777',
    `${at(0x5e)} may move all NFT of the account (token contract ${at(0x70)})`,
    'revokeOperator with the operator',
    false,
  ],
] as const)('the words of %s name its own function', (standard, reach, call, isSet) => {
  const words = wordsOf(operatorApproval, judge([operator({ standard })]), 'en')
  expect(words[0]).toContain(reach)
  expect(words[2]).toContain(call)
  expect(words[2]).not.toContain('token approval page')
  expect(words[3]?.includes('the value false')).toBe(isSet)
})

test('the message names operator and collection', () => {
  expect(wordsOf(operatorApproval, judge([operator({ spender: conduit })]), 'en')[0]).toBe(
    `Harbor Market (${conduit.address}) may move every item of NFT (collection ${at(0x70)}), also what arrives later. Many accounts use this contract; a listing that you signed there can still be filled.`,
  )
  expect(wordsOf(operatorApproval, judge([operator()]), 'ja')[0]).toBe(
    `${at(0x5e)} は、NFT(コレクション ${at(0x70)})のすべてのNFTを移せます。あとから届く分も含みます。`,
  )
})

test('in Japanese an operator is called that everywhere', () => {
  const words = [operator(), operator({ spender: conduit })].flatMap((grant) =>
    wordsOf(operatorApproval, judge([grant]), 'ja'),
  )
  expect(words.filter((sentence) => sentence.includes('使用者'))).toEqual([])
  expect(words.join('')).toContain(`setApprovalForAll を、オペレーター ${at(0x5e)} と false を指定して呼び出します`)
  expect(words.join('')).toContain(`オペレーター ${at(0x5e)} と false が表示されている`)
})

test('every message reads in both languages', () => {
  const nameless = operator({ token: token({ standard: 'erc1155', symbol: null, name: null, decimals: null }) })
  expectEveryMessage(
    operatorApproval,
    [
      operator(),
      nameless,
      operator({ spender: conduit }),
      ...(['erc6909', 'erc7540', 'erc777'] as const).map((standard) => operator({ standard })),
    ].map((grant) => judge([grant])),
  )
})
