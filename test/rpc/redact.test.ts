import { describe, expect, test } from 'vitest'
import { redactText, redactUrl } from '../../src/rpc/redact.ts'

test.each([
  ['https://rpc.example/v2/k3y-in-the-path', 'https://rpc.example'],
  ['http://user:pass@127.0.0.1:8545/?apikey=abc', 'http://127.0.0.1:8545'],
  ['https://[::1]:8545/x', 'https://[::1]:8545'],
  ['k3y-in-the-path', '(not a URL)'],
  ['', '(not a URL)'],
])('%s → %s', (url, safe) => {
  expect(redactUrl(url)).toBe(safe)
})

describe('text', () => {
  const url = 'https://oper%40tor:hunter22@rpc.example/v2/k3y-in-the-path?apikey=query-k3y&x=1#fragment-k3y'

  test.each([
    ['the whole URL', `cannot reach ${url}.`, 'cannot reach https://rpc.example.'],
    ['the path', 'POST /v2/k3y-in-the-path failed', 'POST *** failed'],
    ['the key', 'key k3y-in-the-path is invalid', 'key *** is invalid'],
    ['a query value', 'apikey query-k3y', 'apikey ***'],
    ['a fragment', 'at fragment-k3y', 'at ***'],
    ['the password', 'no hunter22 here', 'no *** here'],
    ['the user, decoded', 'no oper@tor here', 'no *** here'],
    ['the user as written', 'no oper%40tor here', 'no *** here'],
    ['Basic authorization', `Basic ${Buffer.from('oper@tor:hunter22').toString('base64')}`, 'Basic ***'],
    ['twice', 'k3y-in-the-path and k3y-in-the-path', '*** and ***'],
    ['a word that is no secret', 'v2 of rpc.example, x=1', 'v2 of rpc.example, x=1'],
  ])('%s', (_, text, safe) => {
    expect(redactText(text, [url])).toBe(safe)
  })

  test('several URLs, and what is no URL', () => {
    const urls = ['https://a.example/first-key', 'https://b.example/second-key', 'not a url']
    expect(redactText('first-key second-key not a url', urls)).toBe('*** *** (not a URL)')
  })

  test('no URLs leave the text alone', () => {
    expect(redactText('k3y', [])).toBe('k3y')
    expect(redactText('k3y', [''])).toBe('k3y')
  })
})
