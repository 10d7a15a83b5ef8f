import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readMethods } from '../src/core/rpc.ts'

const root = resolve(import.meta.dirname, '..')
const files = ['src', 'rules'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
)
const sourceOf = (file: string) => readFileSync(join(root, file), 'utf8')

/** Files that name what they refuse. */
const refusals: ReadonlySet<string> = new Set(['src/config/secrets.ts', 'src/config/phrases.ts'])

const forbidden: readonly (readonly [string, RegExp])[] = [
  ['a module that holds accounts', /['"]viem\/(?:accounts|account-abstraction)['"]/],
  ['a wallet client', /\b(?:createWalletClient|walletActions|privateKeyToAccount|mnemonicToAccount|hdKeyToAccount)\b/],
  ['a signer of ethers', /\b(?:BaseWallet|HDNodeWallet|HDNodeVoidWallet|SigningKey|JsonRpcSigner|AbstractSigner)\b/],
  ['the wallet of ethers', /\b(?:new |ethers\.|\{ ?|, )(?:Wallet|Mnemonic)\b/],
  [
    'a module of keys or phrases',
    /['"][^'"]*\b(?:bip32|bip39|hdkey|secp256k1|keythereum|ethereumjs-wallet)\b[^'"]*['"]/,
  ],
  ['a keystore reader', /\b(?:decryptKeystoreJson|encryptKeystoreJson|decryptCrowdsaleJson|fromEncryptedJson)\b/],
  ['a method that signs or sends', /\b(?:eth_send|eth_sign|personal_|wallet_|account_sign|anvil_|hardhat_|evm_)\w*/],
  [
    'a method that signs or sends, of viem',
    /\b(?:sendTransaction|sendRawTransaction|signMessage|signTypedData|signTransaction|writeContract)\b/,
  ],
]

describe('no file of the program holds', () => {
  test.each(forbidden)('%s', (_, pattern) => {
    const found = files.filter((file) => !refusals.has(file) && pattern.test(sourceOf(file)))
    expect(found).toEqual([])
  })

  test('and there are files to look at', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(files).toEqual(expect.arrayContaining([...refusals]))
  })
})

test('even the files that name what they refuse import none of it', () => {
  for (const file of refusals) {
    const imports = [...sourceOf(file).matchAll(/\bfrom '([^']+)'/g)].map(([, specifier]) => specifier ?? '')
    expect(imports.filter((specifier) => !specifier.startsWith('.'))).toEqual([])
  }
})

test('packages are imported by the parts that hold no keys', () => {
  const specifiers = new Set(
    files.flatMap((file) =>
      [...sourceOf(file).matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*)'([@\w][@\w/.:-]*)'/g)].map(
        ([, specifier = '']) => specifier,
      ),
    ),
  )
  const packages = [...specifiers].filter((specifier) => !specifier.startsWith('node:')).sort()
  const allowed =
    /^(?:viem|libsql|croner|viem\/(?:actions|chains|ens|utils)|ethers\/(?:abi|crypto|providers|utils)|zod|commander|csv-parse\/sync|import-meta-resolve|intl-messageformat|yaml)$/
  expect(packages.filter((specifier) => !allowed.test(specifier))).toEqual([])
})

test('every JSON-RPC method that may be sent is a read', () => {
  expect(
    readMethods.filter(
      (method) =>
        !/^(?:alchemy_getTokenBalances$|eth_(?:get|call$|chainId$|blockNumber$|blobBaseFee$|estimateGas$|feeHistory$|gasPrice$|maxPriorityFeePerGas$|simulateV1$|syncing$)|ots_|trace_filter$|txpool_(?:content(?:From)?|inspect)$|web3_clientVersion$)/.test(
          method,
        ),
    ),
  ).toEqual([])
})

test('no dependency of the package is a wallet', () => {
  const { dependencies } = createRequire(import.meta.url)('../package.json') as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  expect(Object.keys(dependencies).filter((name) => /wallet|bip|hdkey|keystore|signer/.test(name))).toEqual([])
})
