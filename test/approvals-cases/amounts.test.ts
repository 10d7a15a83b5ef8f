/** What a spender may take of a fungible token, whatever its events say. */
import { afterAll, beforeAll } from 'vitest'
import { type CaseChain, friend, maximum, startCaseChain } from './chain-of-cases.ts'
import { type Case, contractAt, type Scene, testCases } from './scenario.ts'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
}, 60_000)
afterAll(() => chain?.stop())

const named = ({ deploy, owner }: Scene, decimals = 18) => deploy('NamedToken', 'Named', 'NMD', decimals, 1000n, owner)
const preset = ({ deploy, owner }: Scene) => deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, owner)
const narrow = ({ deploy, owner }: Scene, bits: number) => deploy('NarrowToken', bits, 1000n, owner)

async function changing({ deploy, owner }: Scene) {
  const implementation = await deploy('ChangingToken')
  const proxy = await deploy('ERC1967Proxy', implementation.address, '0x')
  const token = contractAt(chain, 'ChangingToken', proxy.address)
  await token.from(friend, 'mint', owner, 1000n)
  return token
}

const spent: readonly Case[] = [
  {
    name: 'spent in part, without an event',
    act: async (scene) => {
      const token = await named(scene)
      await token.from(scene.owner, 'approve', chain.router, 100n)
      await token.from(chain.router, 'transferFrom', scene.owner, friend, 60n)
    },
    found: ['grant of allowance 40'],
  },
  {
    name: 'spent whole, without an event',
    act: async (scene) => {
      const token = await named(scene)
      await token.from(scene.owner, 'approve', chain.router, 100n)
      await token.from(chain.router, 'transferFrom', scene.owner, friend, 100n)
    },
    found: [],
  },
  {
    name: 'spent in part, and each time an event says what is left',
    act: async (scene) => {
      const token = await preset(scene)
      await token.from(scene.owner, 'approve', chain.router, 100n)
      for (let times = 0; times < 3; times++) await token.from(chain.router, 'transferFrom', scene.owner, friend, 20n)
    },
    found: ['grant of allowance 40'],
  },
  {
    name: 'spent in part, and a fee is taken from what arrives',
    act: async (scene) => {
      const token = await scene.deploy('DriftingToken', 1000n, scene.owner)
      await token.from(scene.owner, 'approve', chain.router, 400n)
      await token.from(chain.router, 'transferFrom', scene.owner, friend, 100n)
    },
    found: ['grant of allowance 300'],
  },
]

const unlimited: readonly Case[] = [
  {
    name: 'without end, which spending does not lower',
    act: async (scene) => {
      const token = await preset(scene)
      await token.from(scene.owner, 'approve', chain.router, maximum)
      await token.from(chain.router, 'transferFrom', scene.owner, friend, 60n)
    },
    found: ['grant of allowance max', 'medium unlimited-allowance/held max, 940 now'],
  },
  {
    name: 'without end, which spending does lower',
    act: async (scene) => {
      const token = await named(scene)
      await token.from(scene.owner, 'approve', chain.router, maximum)
      await token.from(chain.router, 'transferFrom', scene.owner, friend, 60n)
    },
    found: [`grant of allowance ${maximum - 60n}`, `medium unlimited-allowance/held ${maximum - 60n}, 940 now`],
  },
  ...[96, 128, 160].map((bits): Case => {
    const largest = 2n ** BigInt(bits) - 1n
    return {
      name: `without end, in a number of ${bits} bits`,
      act: async (scene) => (await narrow(scene, bits)).from(scene.owner, 'approve', chain.router, maximum),
      found: [`grant of allowance ${largest}`, `medium unlimited-allowance/held ${largest}, 1000 now`],
    }
  }),
  {
    name: 'more than there is',
    act: async (scene) => (await preset(scene)).from(scene.owner, 'approve', chain.router, 1001n),
    found: ['grant of allowance 1001', 'medium unlimited-allowance/held 1001, 1000 now'],
  },
  {
    name: 'all there is, and no more',
    act: async (scene) => (await preset(scene)).from(scene.owner, 'approve', chain.router, 1000n),
    found: ['grant of allowance 1000'],
  },
  {
    name: 'of a token that the account no longer holds',
    act: async (scene) => {
      const token = await preset(scene)
      await token.from(scene.owner, 'approve', chain.router, maximum)
      await token.from(scene.owner, 'transfer', friend, 1000n)
    },
    found: ['grant of allowance max', 'low unlimited-allowance/not-held max, 0 now'],
  },
]

const silent: readonly Case[] = [
  {
    name: 'raised without an event',
    act: async (scene) => {
      const token = await changing(scene)
      await token.from(scene.owner, 'approve', chain.router, 5n)
      await token.from(friend, 'rewrite', scene.owner, chain.router, 10n ** 24n)
    },
    found: [`grant of allowance ${10n ** 24n}`, `medium unlimited-allowance/held ${10n ** 24n}, 1000 now`],
  },
  {
    name: 'ended without an event, though the last one said without end',
    act: async (scene) => {
      const token = await changing(scene)
      await token.from(scene.owner, 'approve', chain.router, maximum)
      await token.from(friend, 'rewrite', scene.owner, chain.router, 0n)
    },
    found: [],
  },
  {
    name: 'doubled by an upgrade of the token',
    act: async (scene) => {
      const token = await changing(scene)
      await token.from(scene.owner, 'approve', chain.router, 5n)
      await token.from(friend, 'upgradeTo', (await scene.deploy('DoublingToken')).address)
    },
    found: ['grant of allowance 10'],
  },
  {
    name: 'of two proxies of one implementation, each by itself',
    act: async (scene) => {
      const [one, other] = [await changing(scene), await changing(scene)]
      await one.from(scene.owner, 'approve', chain.router, 5n)
      await other.from(scene.owner, 'approve', chain.router, 6n)
      await other.from(scene.owner, 'approve', chain.router, 0n)
    },
    found: ['grant of allowance 5'],
  },
  {
    name: 'of a token whose balances shrank',
    act: async (scene) => {
      const token = await scene.deploy('DriftingToken', 1000n, scene.owner)
      await token.from(scene.owner, 'approve', chain.router, 400n)
      await token.from(friend, 'rebase', 10n)
    },
    found: ['grant of allowance 400', 'medium unlimited-allowance/held 400, 100 now'],
  },
  {
    name: 'of a token whose balances grew',
    act: async (scene) => {
      const token = await scene.deploy('DriftingToken', 1000n, scene.owner)
      await token.from(scene.owner, 'approve', chain.router, 2000n)
      await token.from(friend, 'rebase', 300n)
    },
    found: ['grant of allowance 2000'],
  },
]

const odd: readonly Case[] = [
  {
    name: 'of a token that returns nothing and must go through zero',
    act: async (scene) => {
      const token = await scene.deploy('TetherLikeToken', 1000n, scene.owner)
      await token.from(scene.owner, 'approve', chain.router, 5n)
      await token.from(scene.owner, 'approve', chain.router, 0n)
      await token.from(scene.owner, 'approve', chain.router, 7n)
    },
    found: ['grant of allowance 7'],
  },
  {
    name: 'of a token that refuses an approval of nothing, the smallest amount there can be',
    act: async (scene) =>
      (await scene.deploy('NoZeroToken', 1000n, scene.owner)).from(scene.owner, 'approve', chain.router, 1n),
    found: ['grant of allowance 1'],
  },
  {
    name: 'of a token whose words are 32 bytes',
    act: async (scene) =>
      (await scene.deploy('Bytes32Token', 1000n, scene.owner)).from(scene.owner, 'approve', chain.router, 6n),
    found: ['grant of allowance 6'],
  },
  {
    name: 'of a token without name, decimals and supply: whether it is above the supply is not known',
    act: async (scene) =>
      (await scene.deploy('NamelessToken', 1000n, scene.owner)).from(scene.owner, 'approve', chain.router, 7n),
    found: ['grant of allowance 7'],
    unread: ['unlimited-allowance'],
  },
  {
    name: 'of a token with a name of 20,000 characters and a symbol that would command a terminal',
    act: async (scene) => {
      const words = ['x'.repeat(20_000), '\u001b[2J\u202e']
      const token = await scene.deploy('NamedToken', ...words, 0, 1000n, scene.owner)
      await token.from(scene.owner, 'approve', chain.router, 8n)
    },
    found: ['grant of allowance 8'],
  },
]

testCases(() => chain, [...spent, ...unlimited, ...silent, ...odd])
