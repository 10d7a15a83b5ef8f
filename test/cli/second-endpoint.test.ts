import { describe, expect, test } from 'vitest'
import type { CheckFlags } from '../../src/cli/check-flags.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { chooseSecond } from '../../src/cli/second-endpoint.ts'
import { cliWords } from '../../src/cli/words/index.ts'
import { readEnvironment } from '../../src/config/environment.ts'
import { value } from '../../src/core/value.ts'
import { cli } from '../support/cli.ts'

const url = 'https://second.example/v2/key-of-the-test'

function choose(flags: CheckFlags, variables: Readonly<Record<string, string>> = {}) {
  const said: string[] = []
  const context: CliContext = {
    variables: {},
    locale: 'en',
    words: cliWords('en'),
    environment: readEnvironment(variables),
    signal: new AbortController().signal,
    print: () => {},
    answer: () => {},
    say: (text) => said.push(text),
    stdout: process.stdout,
    stderr: process.stderr,
  }
  return { chosen: chooseSecond({ flags, rpcUrl: 'https://rpc.example' }, context), said: said.join('\n') }
}

describe('a second endpoint', () => {
  test('is none unless somebody names one', () => {
    expect(choose({})).toEqual({ chosen: {}, said: '' })
  })

  test.each([
    ['the option', choose({ secondRpcUrl: url })],
    ['the environment', choose({}, { WALLET_CHECKUP_SECOND_RPC_URL: url })],
    ['both: the option', choose({ secondRpcUrl: url }, { WALLET_CHECKUP_SECOND_RPC_URL: 'https://other.example' })],
  ])('is named by %s, and its host is said to see the address', (_, { chosen, said }) => {
    expect(chosen).toEqual({ secondRpcUrl: url })
    expect(said).toContain('read again at second.example')
    expect(said).not.toContain('key-of-the-test')
  })

  test('is not asked where nothing is to be read again, whatever the environment names', () => {
    const off = choose({ secondOpinion: false }, { WALLET_CHECKUP_SECOND_RPC_URL: url })
    expect(off).toEqual({ chosen: { secondOpinion: false }, said: '' })
  })

  test('that is no URL ends the check before anything is asked, and is not repeated', async () => {
    const account = `0x${'12'.repeat(20)}`
    const node = ['--rpc-url', 'http://127.0.0.1:1']
    const { exitCode, stderr } = await cli([account, ...node, '--second-rpc-url', 'second-key-of-the-test'])
    expect(exitCode).toBe(2)
    expect(stderr).not.toContain('second-key-of-the-test')
    expect(stderr).toContain('Error: --second-rpc-url: The RPC URL is not a URL.')
  })

  test('of the environment that is no URL is told by the name of the variable', () => {
    expect(() => choose({}, { WALLET_CHECKUP_SECOND_RPC_URL: 'key' })).toThrow(
      expect.objectContaining({
        code: 'usage-in-value',
        data: expect.objectContaining({ option: value.text('WALLET_CHECKUP_SECOND_RPC_URL') }),
      }),
    )
  })

  test('named beside --no-second-opinion is refused: nobody would ask it', () => {
    expect(() => choose({ secondOpinion: false, secondRpcUrl: url })).toThrow(
      expect.objectContaining({ code: 'usage-second-alone' }),
    )
  })

  test('that is the endpoint under check is no second one', async () => {
    const account = `0x${'12'.repeat(20)}`
    const node = ['--rpc-url', 'http://127.0.0.1:1']
    const { exitCode, stderr } = await cli([account, ...node, '--second-rpc-url', 'http://127.0.0.1:1/'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('The second endpoint is the one under check (127.0.0.1:1)')
  })
})
