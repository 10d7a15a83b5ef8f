/** The accounts of a config, wherever they are named: in the file itself, or in a table beside it. */
import { CheckupError } from '../../core/errors.ts'
import { type AddressInput, parseAddress } from '../address.ts'
import { SecretInputError } from '../secrets.ts'
import { ConfigFileError, ConfigValueError, type Path, type Position } from './problem.ts'
import type { ReadConfig } from './read-config.ts'
import type { AccountConfig } from './schema.ts'

export type DeclaredAccount = {
  readonly account: AccountConfig
  /** As `parseAddress` understands it: EIP-55, or an ENS name. */
  readonly address: string
  /** Where it stands, or one of its parts. */
  readonly at: (...inner: Path) => Position
  readonly path: (...inner: Path) => Path
}

type Undecided = Omit<DeclaredAccount, 'address'>

/** @throws ConfigFileError, ConfigValueError, SecretInputError */
export function accountsOf({ config: { accounts = [] }, file }: ReadConfig): readonly DeclaredAccount[] {
  return accounts.map((account, index) => {
    const path = (...inner: Path): Path => ['accounts', index, ...inner]
    return withAddress({ account, path, at: (...inner) => file.placeOf(path(...inner)) })
  })
}

/** @throws ConfigValueError, SecretInputError */
export function withAddress(declared: Undecided): DeclaredAccount {
  const where = { at: declared.at('address'), path: declared.path('address') }
  const input = readAddress(declared.account.address, where)
  return { ...declared, address: input.kind === 'address' ? input.address : input.name }
}

/** @throws ConfigValueError, SecretInputError */
export function readAddress(text: string, where: { readonly at: Position; readonly path: Path }): AddressInput {
  try {
    return parseAddress(text)
  } catch (error) {
    if (error instanceof SecretInputError) throw new SecretInputError(error.kind, where.at.file)
    throw error instanceof CheckupError ? new ConfigValueError(error, where) : error
  }
}

/** Two accounts of one name could not be told apart by it. @throws ConfigFileError */
export function refuseSameLabels(accounts: readonly DeclaredAccount[]): void {
  const known = new Map<string, DeclaredAccount>()
  for (const declared of accounts) {
    const { label } = declared.account
    if (label === undefined) continue
    const other = known.get(label)
    if (other !== undefined && !isSameAddress(other.address, declared.address)) {
      const [at, path] = [declared.at('label'), declared.path('label')]
      throw new ConfigFileError('same-label', { at, path, name: label, other: other.at('label') })
    }
    known.set(label, declared)
  }
}

type Named = { readonly label: string | null; readonly address: string }

/** Whether somebody who writes this means the account: by its label, or by its address. */
export function isCalled({ label, address }: Named, word: string): boolean {
  return label === word || isSameAddress(address, word)
}

function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
