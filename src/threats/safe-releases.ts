/**
 * What the makers of Safe published to be run or called by a Safe account. Names, code hashes and addresses:
 * safe-global/safe-deployments 1.37.56 (MIT) of 2026-05-02 and safe-global/safe-modules-deployments 3.0.10 (MIT)
 * of 2026-09-08; a test compares every one. The hash tells a copy at another address, and other code at a known one.
 */
import type { Address, Hex } from 'viem'

export const safeReleaseList = { name: 'Safe deployments', date: '2026-05-02' } as const

export type SafeRole = 'singleton' | 'fallback-handler' | 'module' | 'guard'

/** Keccak-256 of the runtime code, then the name; a release has code of its own on zkSync chains. */
const byCode = {
  singleton: `
    0xe1f1593df76e69abc2d692792c80f329457551d5e83dde597546a1d58764da80 GnosisSafe 1.0.0
    0x56b8be58b5ad629a621593a2e5e5e8e9a28408dc06e95597497b303902772e45 GnosisSafe 1.1.1
    0x2ae2d1231f0d754a7fa4f5e5d0e5554085e1b500d8e09f95aaaaa3f49c0db922 GnosisSafe 1.2.0
    0xbba688fbdb21ad2bb58bc320638b43d94e7d100f6f3ebaab0a4e4de6304b1c2e GnosisSafe 1.3.0
    0x551b7fdfd2dbcec4f785059e1ef6e0b40ca2e44d792158c4e825bc0b092f15e9 GnosisSafe 1.3.0
    0x21842597390c4c6e3c1239e434a682b054bd9548eee5e9b1d6a4482731023c0f GnosisSafeL2 1.3.0
    0xe2ca068330339d608367d83a0b25545efe39e619098597699ab8ff828cb1ddd8 GnosisSafeL2 1.3.0
    0x1fe2df852ba3299d6534ef416eefa406e56ced995bca886ab7a553e6d0c5e1c4 Safe 1.4.1
    0xfa4d4fc0fa9f1a061571a3f3f66502464edf1a519ab1ab93dc232addf4fbe30f Safe 1.4.1
    0xb1f926978a0f44a2c0ec8fe822418ae969bd8c3f18d61e5103100339894f81ff SafeL2 1.4.1
    0x520462ebe1156cd2d37b1d470c57f23e12fe0c4cda4c62502d96e03fa0cb44da SafeL2 1.4.1
    0xdda019cbd7c867a533a2a86e5c53434fdc50b13122b5a5ddb4a8df61b31c20f2 Safe 1.5.0
    0x180193227186ccb85316c94db1f0d156ed932b14712cfaac78901899178572dc SafeL2 1.5.0
  `,
  'fallback-handler': `
    0x919a9f5dd111a01f7a8e4b1f5c6a972bb2d1441c67bdec71de6a09d0be92f5b9 DefaultCallbackHandler 1.1.1
    0x03e69f7ce809e81687c69b19a7d7cca45b6d551ffdec73d9bb87178476de1abf CompatibilityFallbackHandler 1.3.0
    0x017e9a83d5513f503fb85274f4d1ad1811040d7caa31772750ffb08638c28fbb CompatibilityFallbackHandler 1.3.0
    0x7c6007a5d711cea8dfd5d91f5940ec29c7f200fe511eb1fc1397b367af3c42f9 CompatibilityFallbackHandler 1.4.1
    0x331ff834e83e6e1596325f04eb7d16614155e324010af21f14e9c945e7669d5f CompatibilityFallbackHandler 1.4.1
    0x3c6a85bcf7b563daa624b884b4e9a1b9fa5371edde7be945d998071a48f28bbc CompatibilityFallbackHandler 1.5.0
    0xba5bafdfba82e226b6dc8ae29bedf5026bd854ab4bee00128ca322717a5f2acf ExtensibleFallbackHandler 1.5.0
    0xcbc723172700efa52cc33ee26c7fc7e284edc8097f9dc307857fe525fec98cd8 TokenCallbackHandler 1.5.0
  `,
  module: '',
  // No guard is published as part of Safe.
  guard: '',
} as const satisfies Record<SafeRole, string>

/** Modules are published without hashes of their code: address, then name. Each is at its address on every chain that has it. */
const erc4337 = `
  0xa581c4a4db7175302464ff3c06380bc3270b4037 Safe4337Module 0.2.0
  0x75cf11467937ce3f2f357ce24ffc3dbf8fd5c226 Safe4337Module 0.3.0
`
const spendingLimits = `
  0xcfbfac74c26f8647cbdb8c5caf80bb5b32e43134 AllowanceModule 0.1.0
  0x1fb403834c911eb98d56e74f5182b0d64c3b3b4d AllowanceModule 0.1.0
  0xaa46724893dedd72658219405185fb0fc91e091c AllowanceModule 0.1.1
`
const byAddress = {
  singleton: '',
  // This module is its own fallback handler.
  'fallback-handler': erc4337,
  module: `${spendingLimits}${erc4337}
    0x4aa5bf7d840ac607cb5bd3249e6af6fc86c04897 SocialRecoveryModule 0.1.0
  `,
  guard: '',
} as const satisfies Record<SafeRole, string>

/** The release that a contract is, in that role; null for any other. Give the hash of its code, which must exist. */
export function safeRelease(role: SafeRole, { address, codeHash }: { address: Address; codeHash: Hex }): string | null {
  return nameIn(byCode[role], codeHash) ?? nameIn(byAddress[role], address)
}

/** Whether it is the module that lets delegates spend up to a limit. */
export function isAllowanceModule(address: Address): boolean {
  return nameIn(spendingLimits, address) !== null
}

/** Every release: for the tests, and for how many there are. */
export const safeReleases: readonly { readonly role: SafeRole; readonly key: string; readonly name: string }[] = (
  ['singleton', 'fallback-handler', 'module', 'guard'] as const
).flatMap((role) => [...entries(byCode[role]), ...entries(byAddress[role])].map((entry) => ({ role, ...entry })))

function nameIn(block: string, key: string): string | null {
  return entries(block).find((entry) => entry.key === key.toLowerCase())?.name ?? null
}

function entries(block: string): readonly { readonly key: string; readonly name: string }[] {
  return block.split('\n').flatMap((line) => {
    const [, key, name] = /^\s*(0x[0-9a-f]+) (.+)$/.exec(line) ?? []
    return key === undefined || name === undefined ? [] : [{ key, name }]
  })
}
