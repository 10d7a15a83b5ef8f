import { expect, test } from 'vitest'
import wrongChainEndpoint from '../../rules/wrong-chain-endpoint/index.ts'
import { chain, judgeWith, testRule, wordsOf } from '../../src/testing.ts'

const onPolygon = { chain: chain({ chainId: 137, name: 'Polygon', expectedChainId: 1 }) }

testRule(
  wrongChainEndpoint,
  {
    healthy: {
      'the chain that was asked for': { facts: { chain: chain({ expectedChainId: 1 }) } },
      'no chain asked for': { facts: { chain: chain({ expectedChainId: null }) }, ends: 'not-applicable' },
    },
    unhealthy: { 'another chain': { facts: onPolygon, finds: ['other-chain'] } },
    unknown: { 'an endpoint that could not be asked': { facts: { chain: new Error('refused') } } },
  },
  { test },
)

test('the finding is critical, about the endpoint, and proven by its own answer', () => {
  expect(judgeWith(wrongChainEndpoint, onPolygon)).toMatchObject({
    findings: [
      {
        severity: 'critical',
        confidence: 'certain',
        messageId: 'other-chain',
        subject: { kind: 'endpoint', host: 'rpc.example' },
        evidence: [{ kind: 'read', method: 'eth_chainId', value: '137' }],
      },
    ],
  })
})

test('the words name both chains in both languages', () => {
  const outcome = judgeWith(wrongChainEndpoint, onPolygon)
  expect(wordsOf(wrongChainEndpoint, outcome, 'en')[0]).toBe(
    'rpc.example answers with chain ID 137 (Polygon), but Ethereum (chain ID 1) was asked for. Nothing else was checked.',
  )
  expect(wordsOf(wrongChainEndpoint, outcome, 'ja')[0]).toBe(
    'rpc.example はチェーンID 137(Polygon)を返しました。指定されたのは Ethereum(チェーンID 1)です。ほかの項目は調べていません。',
  )
})
