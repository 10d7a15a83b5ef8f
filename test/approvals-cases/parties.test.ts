/** Who gave an approval, who holds it, and who only says so. */
import { type Address, toHex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at } from '../../src/testing.ts'
import { findings } from '../end-to-end/support/demo-check.ts'
import { without } from '../support/fake-rpc.ts'
import { type CaseChain, friend, maximum, startCaseChain } from './chain-of-cases.ts'
import { type Case, contractAt, inShort, reportOf, type Scene, sceneOn, testCases, unreadRules } from './scenario.ts'

/** On the bundled list of contracts that everybody uses. */
const conduit: Address = '0x1E0049783F008A0085193E00003D00cd54003c71'

let chain: CaseChain
beforeAll(async () => {
  chain = await startCaseChain()
  await chain.node.send('anvil_setCode', [conduit, '0x6000'])
}, 60_000)
afterAll(() => chain?.stop())

const preset = ({ deploy, owner }: Scene) => deploy('ERC20PresetFixedSupply', 'Coin', 'COIN', 1000n, owner)

async function approved(scene: Scene, spender: Address, amount = 5n) {
  await (await preset(scene)).from(scene.owner, 'approve', spender, amount)
}

/** A token on which anybody may speak for the account: an approval that a signature gave. */
async function signed({ deploy, owner }: Scene) {
  const implementation = await deploy('ChangingToken')
  const proxy = await deploy('ERC1967Proxy', implementation.address, '0x')
  const token = contractAt(chain, 'ChangingToken', proxy.address)
  await token.from(friend, 'mint', owner, 1000n)
  return token
}

let spenders = 0
const newSpender = () => at(0x5be00000n + BigInt(++spenders))
const setNonce = (account: Address, nonce: number) => chain.node.send('anvil_setNonce', [account, toHex(nonce)])

const given: readonly Case[] = [
  {
    name: 'by a signature that somebody else sent, from an account without a transaction',
    act: async (scene) => {
      await (await signed(scene)).from(friend, 'permit', scene.owner, chain.router, 40n)
      expect(await chain.node.send('eth_getTransactionCount', [scene.owner, 'latest'])).toBe('0x0')
    },
    found: ['grant of allowance 40'],
  },
  {
    name: 'by the account, and ended by a signature that somebody else sent',
    act: async (scene) => {
      const token = await signed(scene)
      await token.from(scene.owner, 'approve', chain.router, 40n)
      await token.from(friend, 'permit', scene.owner, chain.router, 0n)
    },
    found: [],
  },
  {
    name: 'by nobody: a contract says so in a transaction of somebody else, and then that there is nothing',
    act: async (scene) => {
      const token = await signed(scene)
      await token.from(friend, 'permit', scene.owner, chain.router, 40n)
      await token.from(friend, 'rewrite', scene.owner, chain.router, 0n)
    },
    found: ['info unsolicited-approval/silent'],
  },
  {
    name: 'by a signature that somebody else sent, and used up',
    act: async (scene) => {
      const token = await signed(scene)
      await token.from(friend, 'permit', scene.owner, chain.router, 40n)
      await token.from(chain.router, 'transferFrom', scene.owner, friend, 40n)
    },
    found: [],
  },
  {
    name: 'by the account, and taken back by the contract without a word',
    act: async (scene) => {
      const token = await signed(scene)
      await token.from(scene.owner, 'approve', chain.router, 40n)
      await token.from(friend, 'rewrite', scene.owner, chain.router, 0n)
    },
    found: [],
  },
  {
    name: 'by nobody: a contract says so and answers no question',
    act: async (scene) =>
      (await scene.deploy('RevertingToken')).from(friend, 'announce', scene.owner, chain.router, maximum),
    found: ['info unsolicited-approval/silent'],
  },
  {
    name: 'by nobody: a contract says so and answers the same about everybody',
    act: async (scene) => (await scene.deploy('BaitToken')).from(friend, 'announce', scene.owner, chain.router),
    found: ['low implicit-approval/built-in max', 'info implicit-approval/built-in max'],
  },
]

const held: readonly Case[] = [
  {
    name: 'by a contract',
    act: (scene) => approved(scene, chain.router),
    found: ['grant of allowance 5'],
  },
  {
    name: 'by a person',
    act: async (scene) => {
      const person = newSpender()
      await setNonce(person, 3)
      await approved(scene, person)
    },
    found: ['grant of allowance 5', 'high approval-to-account/account 5'],
  },
  {
    name: 'by an address that nobody has used',
    act: (scene) => approved(scene, newSpender()),
    found: ['grant of allowance 5', 'high approval-to-account/never-used 5'],
  },
  {
    name: 'by a contract that is not deployed yet',
    act: async (scene) => {
      // The address of the next contract of an account: known before there is code.
      const deployer = newSpender()
      await chain.node.send('anvil_setBalance', [deployer, toHex(10n ** 20n)])
      const next = await chain.deployFrom(deployer, 'Router')
      await chain.node.send('anvil_setCode', [next, '0x'])
      await setNonce(next, 0)
      await approved(scene, next)
    },
    found: ['grant of allowance 5', 'high approval-to-account/never-used 5'],
  },
  {
    name: 'by a contract that destroyed itself after it was approved',
    act: async (scene) => {
      const { address } = await scene.deploy('Router')
      await approved(scene, address)
      await chain.node.send('anvil_setCode', [address, '0x'])
      await setNonce(address, 0)
    },
    found: ['grant of allowance 5', 'high approval-to-account/never-used 5'],
  },
  {
    name: 'by an account that runs a delegate',
    act: async (scene) => {
      const person = newSpender()
      await chain.node.send('anvil_setCode', [person, `0xef0100${chain.router.slice(2).toLowerCase()}`])
      await approved(scene, person)
    },
    found: ['grant of allowance 5', 'high approval-to-account/delegated 5'],
  },
  {
    name: 'by a marketplace that everybody uses, over a whole collection',
    act: async (scene) => {
      const name = 'ERC721PresetMinterPauserAutoId'
      const collection = contractAt(chain, name, await chain.deployFrom(scene.owner, name, 'Items', 'ITM', 'ipfs://'))
      await collection.from(scene.owner, 'mint', scene.owner)
      await collection.from(scene.owner, 'setApprovalForAll', conduit, true)
    },
    found: ['grant of operator', 'low operator-approval/well-known'],
  },
  {
    name: 'by the account itself',
    act: (scene) => approved(scene, scene.owner, maximum),
    found: [],
  },
  {
    name: 'by a spender, of an account that runs a delegate nobody knows',
    act: async (scene) => {
      await approved(scene, chain.router)
      await chain.node.send('anvil_setCode', [scene.owner, `0xef0100${chain.router.slice(2).toLowerCase()}`])
    },
    found: ['grant of allowance 5', 'high unknown-delegate/unknown'],
  },
]

testCases(() => chain, [...given, ...held])

test('a signature that nobody has sent yet leaves no trace: nothing is found', async () => {
  const scene = await sceneOn(chain)
  await signed(scene)
  expect(findings(await reportOf(scene)).map(inShort)).toEqual([])
})

test('who announced what is not there: an endpoint that does not tell leaves only that open', async () => {
  const scene = await sceneOn(chain)
  const token = await signed(scene)
  await token.from(friend, 'permit', scene.owner, chain.router, 40n)
  await token.from(friend, 'rewrite', scene.owner, chain.router, 0n)
  const report = await reportOf(scene, { rpc: without(chain.rpc, 'eth_getTransactionByHash') })
  expect(findings(report)).toEqual([])
  expect(unreadRules(report)).toEqual(['unsolicited-approval'])
})
