/** Grants inside Permit2: what they reach, how long they last, and who only pretends to be Permit2. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { permit2Address } from '../../fixtures/chains/preinstalls.ts'
import { findings } from '../end-to-end/support/demo-check.ts'
import { type CaseChain, friend, maximum, startCaseChain } from './chain-of-cases.ts'
import { type Case, inShort, reportOf, type Scene, sceneOn, testCases } from './scenario.ts'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain?.stop())

const forever = 2n ** 48n - 1n

/** A token of which the account has 1000, and which Permit2 may take up to this amount of. */
async function nested({ deploy, owner }: Scene, outer: bigint) {
  const token = await deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, owner)
  if (outer > 0n) await token.from(owner, 'approve', permit2Address, outer)
  return token
}

const give = (scene: Scene, token: { address: string }, amount: bigint, expiration: bigint = forever) =>
  chain.permit2(scene.owner, 'approve', token.address, chain.router, amount, expiration)

const reach: readonly Case[] = [
  {
    name: 'the outer allowance is the least',
    act: async (scene) => give(scene, await nested(scene, 50n), 70n),
    found: ['grant of allowance 50', 'grant of permit2 70', 'medium permit2-grant/held 70, 50 now'],
  },
  {
    name: 'the inner amount is the least',
    act: async (scene) => give(scene, await nested(scene, 90n), 70n),
    found: ['grant of allowance 90', 'grant of permit2 70', 'medium permit2-grant/held 70, 70 now'],
  },
  {
    name: 'the balance is the least',
    act: async (scene) => {
      const token = await nested(scene, 500n)
      await give(scene, token, 700n)
      await token.from(scene.owner, 'transfer', friend, 990n)
    },
    found: ['grant of allowance 500', 'grant of permit2 700', 'medium permit2-grant/held 700, 10 now'],
  },
  {
    name: 'nothing is held',
    act: async (scene) => {
      const token = await nested(scene, 500n)
      await give(scene, token, 700n)
      await token.from(scene.owner, 'transfer', friend, 1000n)
    },
    found: ['grant of allowance 500', 'grant of permit2 700', 'low permit2-grant/not-held 700, 0 now'],
  },
  {
    name: 'an inner grant without an outer allowance sleeps',
    act: async (scene) => give(scene, await nested(scene, 0n), 70n),
    found: ['grant of permit2 70', 'low dormant-permit2-grant/dormant 70'],
  },
  {
    name: 'an outer allowance without an inner grant waits for a signature',
    act: (scene) => nested(scene, maximum),
    found: ['grant of allowance max', 'low unlimited-allowance/permit2 max, 1000 now'],
  },
  {
    name: 'spent in part, the largest amount not at all',
    act: async (scene) => {
      const token = await nested(scene, 500n)
      await give(scene, token, 70n)
      await chain.permit2(chain.router, 'transferFrom', scene.owner, friend, 30n, token.address)
      const other = await nested(scene, 500n)
      await give(scene, other, 2n ** 160n - 1n)
      await chain.permit2(chain.router, 'transferFrom', scene.owner, friend, 30n, other.address)
    },
    found: [
      'grant of allowance 470',
      'grant of allowance 470',
      'grant of permit2 40',
      `grant of permit2 ${2n ** 160n - 1n}`,
      'medium permit2-grant/held 40, 40 now',
      `medium permit2-grant/held ${2n ** 160n - 1n}, 470 now`,
    ],
  },
]

const end: readonly Case[] = [
  {
    name: 'an end of 0 is the block itself: over in the next',
    act: async (scene) => {
      await give(scene, await nested(scene, 0n), 70n, 0n)
      await chain.node.send('evm_increaseTime', [1])
      await chain.node.send('evm_mine')
    },
    found: [],
  },
  {
    name: 'locked down, several at once',
    act: async (scene) => {
      const [one, other] = [await nested(scene, 0n), await nested(scene, 0n)]
      for (const token of [one, other]) await give(scene, token, 70n)
      const pairs = [one, other].map(({ address }) => ({ token: address, spender: chain.router }))
      await chain.permit2(scene.owner, 'lockdown', pairs)
    },
    found: [],
  },
  {
    name: 'locked down and given anew',
    act: async (scene) => {
      const token = await nested(scene, 0n)
      await give(scene, token, 70n)
      await chain.permit2(scene.owner, 'lockdown', [{ token: token.address, spender: chain.router }])
      await give(scene, token, 80n)
    },
    found: ['grant of permit2 80', 'low dormant-permit2-grant/dormant 80'],
  },
  {
    name: 'announced by another contract than Permit2: nobody has granted anything',
    act: async (scene) => {
      const token = await nested(scene, 0n)
      await (await scene.deploy('Forger')).from(friend, 'forge', scene.owner, token.address, chain.router)
    },
    found: ['info unsolicited-approval/silent'],
  },
  {
    name: 'announced by another contract than Permit2 in a transaction of the account: that is not known',
    act: async (scene) => {
      const token = await nested(scene, 0n)
      await (await scene.deploy('Forger')).from(scene.owner, 'forge', scene.owner, token.address, chain.router)
    },
    found: [],
    unread: [
      'approval-to-account',
      'unexpected-spender',
      'permit2-grant',
      'dormant-permit2-grant',
      'unsolicited-approval',
    ],
  },
]

/** What somebody else sends for an account that is a contract: it agrees to any signature. */
async function permit(scene: Scene, permitted: Readonly<Record<string, unknown>>) {
  const { address } = await scene.deploy('AgreeingAccount')
  await chain.node.send('anvil_setCode', [scene.owner, await chain.node.send('eth_getCode', [address, 'latest'])])
  await chain.permit2(
    friend,
    'permit',
    scene.owner,
    { spender: chain.router, sigDeadline: maximum, ...permitted },
    '0x',
  )
}

const details = (token: { address: string }, amount: bigint, expiration = forever) => {
  return { token: token.address, amount, expiration, nonce: 0n }
}

const signed: readonly Case[] = [
  {
    name: 'given by a signature',
    act: async (scene) => permit(scene, { details: details(await nested(scene, 500n), 70n) }),
    found: ['grant of allowance 500', 'grant of permit2 70', 'medium permit2-grant/held 70, 70 now'],
  },
  {
    name: 'several given by one signature, and one of them locked down',
    act: async (scene) => {
      const [one, other, third] = [await nested(scene, 0n), await nested(scene, 0n), await nested(scene, 0n)]
      await permit(scene, { details: [details(one, 70n), details(other, 80n), details(third, 90n, 1n)] })
      await chain.permit2(scene.owner, 'lockdown', [{ token: other.address, spender: chain.router }])
    },
    found: ['grant of permit2 70', 'low dormant-permit2-grant/dormant 70'],
  },
]

testCases(() => chain, [...reach, ...end, ...signed])

test.each([
  ['a year', 365n, 'short'],
  ['more than a year', 366n, 'long'],
])('an end in %s', async (_, days, length) => {
  const scene = await sceneOn(chain)
  const { timestamp } = (await chain.node.send('eth_getBlockByNumber', ['latest', false])) as { timestamp: string }
  await give(scene, await nested(scene, 500n), 70n, BigInt(timestamp) + days * 86_400n)
  const found = findings(await reportOf(scene), 'permit2-grant')
  expect(found.map(inShort)).toEqual(['medium permit2-grant/held 70, 70 now'])
  expect(found[0]?.data.length).toMatchObject({ value: length })
})
