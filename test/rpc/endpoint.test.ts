import { expect, test } from 'vitest'
import { parseEndpoint } from '../../src/rpc/endpoint.ts'

test('readers of one endpoint share its connections, those of another do not', () => {
  const agentOf = (url: string) => parseEndpoint(url).agent
  expect(agentOf('http://127.0.0.1:8545/one')).toBe(agentOf('http://127.0.0.1:8545/one'))
  expect(agentOf('http://127.0.0.1:8545/one')).not.toBe(agentOf('http://127.0.0.1:8545/two'))
  expect(agentOf('https://127.0.0.1:8545/one')).not.toBe(agentOf('http://127.0.0.1:8545/one'))
})
