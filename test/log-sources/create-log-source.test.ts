import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogSource } from '../../src/log-sources/create-log-source.ts'

function problemOf(text: string, key?: string): string {
  try {
    createLogSource(text, key === undefined ? {} : { key })
  } catch (error) {
    const { code, data, message, hints } = error as {
      code: string
      data: Record<string, { value: string }>
      message: string
      hints: string[]
    }
    const said = `${message} ${hints.join(' ')} ${JSON.stringify(data)}`
    if (key !== undefined) expect(said).not.toContain(key)
    expect(said).not.toContain('secret-part')
    return `${code} ${data.problem?.value}`
  }
  return 'none'
}

describe('a source of logs', () => {
  test.each([
    ['blockscout:https://eth.example', undefined, 'eth.example'],
    ['blockscout:https://api.example/1/', undefined, 'api.example'],
    ['etherscan', 'TESTKEY', 'api.etherscan.io'],
    ['etherscan:https://scan.example/v2/api', undefined, 'scan.example'],
    ['sqd:https://portal.example/datasets/ethereum-mainnet', undefined, 'portal.example'],
    ['rpc:https://rpc.example/v2/secret-part?x=secret-part', undefined, 'rpc.example'],
    ['rpc:http://127.0.0.1:8545', undefined, '127.0.0.1:8545'],
    ['rpc:https://rpc.example/{key}', 'TESTKEY', 'rpc.example'],
  ])('%s is read by its host', (text, key, host) => {
    const source = createLogSource(text, key === undefined ? {} : { key })
    expect(source.host).toBe(host)
    expect(source.requestCount()).toBe(0)
  })

  test.each([
    ['', 'kind'],
    ['blocks', 'kind'],
    ['https://eth.example', 'kind'],
    ['Blockscout:https://eth.example', 'kind'],
    ['blockscout', 'url'],
    ['blockscout:', 'url'],
    ['blockscout:eth.example', 'url'],
    ['sqd:ftp://portal.example', 'url'],
    ['rpc:wss://rpc.example/secret-part', 'url'],
    ['etherscan:secret-part', 'url'],
    ['blockscout:https://eth.example?apikey=secret-part', 'credentials'],
    ['sqd:https://user:secret-part@portal.example/datasets/x', 'credentials'],
    ['etherscan:https://scan.example/v2/api#secret-part', 'credentials'],
  ])('%s is refused and not repeated', (text, problem) => {
    expect(problemOf(text)).toBe(`invalid-log-source ${problem}`)
  })

  test('Etherscan itself needs a key, and so does a place for one', () => {
    expect(problemOf('etherscan')).toBe('log-source-key missing')
    expect(problemOf('rpc:https://rpc.example/{key}')).toBe('log-source-key missing')
  })

  test.each(['two words', 'a\nheader: b', 'schlüssel'])('a key that no key looks like is refused: %j', (key) => {
    expect(problemOf('blockscout:https://eth.example', key)).toBe('log-source-key unreadable')
  })

  test('whatever is given, it is a source or a known refusal', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', 'blockscout:', 'etherscan:', 'sqd:', 'rpc:'), (text, kind) => {
        expect(problemOf(`${kind}${text}`)).toMatch(
          /^(none|invalid-log-source (kind|url|credentials)|log-source-key missing)$/,
        )
      }),
    )
  })
})
