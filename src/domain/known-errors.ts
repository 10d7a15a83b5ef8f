/** Errors that many contracts share, by their declarations: the first four bytes of the hash of each name it. */
import type { Hex } from 'viem'
import { decodeAbiParameters, keccak256, stringToBytes } from 'viem/utils'

/** Tokens and their libraries (ERC-6093, ERC-2612, OpenZeppelin), Permit2, and the routers of large exchanges. */
const declarations = [
  'ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'ERC20InvalidSender(address sender)',
  'ERC20InvalidReceiver(address receiver)',
  'ERC20InvalidSpender(address spender)',
  'ERC20InvalidApprover(address approver)',
  'ERC721NonexistentToken(uint256 tokenId)',
  'ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)',
  'ERC721InsufficientApproval(address operator, uint256 tokenId)',
  'ERC721InvalidReceiver(address receiver)',
  'ERC1155InsufficientBalance(address sender, uint256 balance, uint256 needed, uint256 tokenId)',
  'ERC1155MissingApprovalForAll(address operator, address owner)',
  'ERC1155InvalidReceiver(address receiver)',
  'ERC2612ExpiredSignature(uint256 deadline)',
  'ERC2612InvalidSigner(address signer, address owner)',
  'ERC4626ExceededMaxDeposit(address receiver, uint256 assets, uint256 max)',
  'ERC4626ExceededMaxWithdraw(address owner, uint256 assets, uint256 max)',
  'ERC4626ExceededMaxRedeem(address owner, uint256 shares, uint256 max)',
  'InvalidAccountNonce(address account, uint256 currentNonce)',
  'OwnableUnauthorizedAccount(address account)',
  'AccessControlUnauthorizedAccount(address account, bytes32 neededRole)',
  'EnforcedPause()',
  'ExpectedPause()',
  'ReentrancyGuardReentrantCall()',
  'SafeERC20FailedOperation(address token)',
  'AddressEmptyCode(address target)',
  'AddressInsufficientBalance(address account)',
  'InsufficientBalance(uint256 balance, uint256 needed)',
  'FailedInnerCall()',
  'FailedCall()',
  'AllowanceExpired(uint256 deadline)',
  'InsufficientAllowance(uint256 amount)',
  'SignatureExpired(uint256 signatureDeadline)',
  'InvalidNonce()',
  'InvalidSigner()',
  'InvalidAmount(uint256 maxAmount)',
  'TransferFromFailed()',
  'V2TooLittleReceived()',
  'V2TooMuchRequested()',
  'V3TooLittleReceived()',
  'V3TooMuchRequested()',
  'V4TooLittleReceived(uint256 minAmountOutReceived, uint256 amountReceived)',
  'V4TooMuchRequested(uint256 maxAmountInRequested, uint256 amountRequested)',
  'TransactionDeadlinePassed()',
  'DeadlinePassed(uint256 deadline)',
  'InsufficientETH()',
  'InsufficientToken()',
  'ExecutionFailed(uint256 commandIndex, bytes message)',
  'ReturnAmountIsNotEnough(uint256 result, uint256 minReturn)',
] as const

type Known = { readonly name: string; readonly inputs: readonly { readonly type: string; readonly name: string }[] }

let bySelector: ReadonlyMap<string, Known> | null = null

/** Made when the first one is looked up: most runs meet no error. */
function knownErrors(): ReadonlyMap<string, Known> {
  bySelector ??= new Map(
    declarations.map((declaration) => {
      const [name = '', list = ''] = declaration.slice(0, -1).split('(')
      const inputs = list.split(', ').flatMap((input) => {
        const [type = '', label = ''] = input.split(' ')
        return type === '' ? [] : [{ type, name: label }]
      })
      const signature = `${name}(${inputs.map(({ type }) => type).join()})`
      return [keccak256(stringToBytes(signature)).slice(0, 10), { name, inputs }]
    }),
  )
  return bySelector
}

export type KnownError = {
  /** As in `ERC20InsufficientBalance(sender 0x…, balance 1, needed 2)`. */
  readonly words: string
  /** What the error wraps: the bytes that an inner call returned; null for most. */
  readonly inner: Hex | null
}

/** null for an error of another contract, and for bytes that are not what their first four promise. */
export function knownError(data: Hex): KnownError | null {
  const known = knownErrors().get(data.slice(0, 10))
  if (known === undefined) return null
  try {
    const values = known.inputs.length === 0 ? [] : decodeAbiParameters(known.inputs, `0x${data.slice(10)}`)
    const inner = known.inputs.findIndex(({ type }) => type === 'bytes')
    const told = known.inputs.flatMap(({ name }, index) => (index === inner ? [] : [`${name} ${values[index]}`]))
    return { words: `${known.name}(${told.join(', ')})`, inner: inner < 0 ? null : (values[inner] as Hex) } // bytes are hex
  } catch {
    return null
  }
}
