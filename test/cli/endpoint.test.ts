import { describe, expect, test } from 'vitest'
import type { CliContext } from '../../src/cli/context.ts'
import { chooseEndpoint } from '../../src/cli/endpoint.ts'
import { cliWords } from '../../src/cli/words/index.ts'
import { readEnvironment } from '../../src/config/environment.ts'

function choose(flags: { readonly rpcUrl?: readonly string[]; readonly chain?: string }, rpcUrl: string | null = null) {
  const said: string[] = []
  const context: CliContext = {
    variables: {},
    locale: 'en',
    words: cliWords('en'),
    environment: { ...readEnvironment({}), rpcUrl },
    signal: new AbortController().signal,
    print: () => {},
    answer: () => {},
    say: (line) => said.push(line),
    stdout: process.stdout,
    stderr: process.stderr,
  }
  return { said, chosen: chooseEndpoint(flags, context, '0x00') }
}

describe('the endpoint', () => {
  test('is the URL that was given, and nothing is said', async () => {
    const { said, chosen } = choose({ rpcUrl: ['https://rpc.example'] })
    expect(await chosen).toEqual({ rpcUrl: 'https://rpc.example' })
    expect(said).toEqual([])
  })

  test.each([
    ['base', 8453],
    ['Ethereum', 1],
    ['137', 137],
    ['987654321', 987_654_321],
  ])('that was given must serve the chain %s', async (chain, chainId) => {
    const { chosen } = choose({ chain }, 'https://rpc.example')
    expect(await chosen).toEqual({ rpcUrl: 'https://rpc.example', chainId })
  })

  test('of a chain alone is a public one, and its host is named', async () => {
    const { said, chosen } = choose({ chain: 'base' })
    const { rpcUrl, chainId } = await chosen
    expect(chainId).toBe(8453)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`a public endpoint for Base is asked: ${new URL(rpcUrl).host}.`)
    expect(said[0]).toContain('sees the address')
  })

  test('of a development chain alone is this computer, which is no public endpoint', async () => {
    const { said, chosen } = choose({ chain: '31337' })
    expect(await chosen).toEqual({ rpcUrl: 'http://127.0.0.1:8545', chainId: 31337 })
    expect(said).toEqual([
      'No --rpc-url was given, so the usual place of a development node on this computer is asked: 127.0.0.1:8545.',
    ])
  })

  test.each([
    ['nothing at all', {}, 'usage-no-endpoint'],
    ['a chain that nobody knows', { chain: 'nowhere' }, 'usage-unknown-chain'],
    [
      'a chain that nobody knows, with a URL',
      { chain: 'nowhere', rpcUrl: ['https://rpc.example'] },
      'usage-unknown-chain',
    ],
    ['a number that nobody knows, alone', { chain: '987654321' }, 'usage-no-public-endpoint'],
    ['zero', { chain: '0' }, 'usage-unknown-chain'],
  ])('of %s is an error', async (_, flags, code) => {
    await expect(choose(flags).chosen).rejects.toMatchObject({ code })
  })
})
