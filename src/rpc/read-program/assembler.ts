/** A small assembler, so that the program the node runs for us can be read, changed and checked as text. */
import type { Hex } from 'viem'

const opcodes: Readonly<Record<string, number>> = {
  ADD: 0x01,
  MUL: 0x02,
  SUB: 0x03,
  LT: 0x10,
  ISZERO: 0x15,
  AND: 0x16,
  OR: 0x17,
  BYTE: 0x1a,
  SHL: 0x1b,
  SHR: 0x1c,
  KECCAK256: 0x20,
  CALLDATALOAD: 0x35,
  CALLDATASIZE: 0x36,
  CALLDATACOPY: 0x37,
  CODESIZE: 0x38,
  CODECOPY: 0x39,
  RETURNDATASIZE: 0x3d,
  RETURNDATACOPY: 0x3e,
  POP: 0x50,
  MLOAD: 0x51,
  MSTORE: 0x52,
  MSTORE8: 0x53,
  JUMP: 0x56,
  JUMPI: 0x57,
  GAS: 0x5a,
  JUMPDEST: 0x5b,
  DUP1: 0x80,
  DUP2: 0x81,
  DUP3: 0x82,
  DUP4: 0x83,
  SWAP1: 0x90,
  SWAP2: 0x91,
  CALL: 0xf1,
  RETURN: 0xf3,
  STATICCALL: 0xfa,
  REVERT: 0xfd,
}

/** Memory places by name. */
export type Slots = Readonly<Record<string, number>>

/**
 * Turns text into EVM code. Words are opcodes, or:
 * `0x…` push these bytes · `name:` a place to jump to · `@name` push that place · `@END` push the length of the code ·
 * `?name` jump there if the top is not zero · `!name` jump there · `[name]` push what the slot holds · `=name` store the
 * top into the slot · `;` the rest of the line is a comment. PUSH0 is avoided: some chains do not have it.
 * Throws for a word it does not know.
 */
export function assemble(source: string, slots: Slots): Hex {
  const words = source.replace(/;.*$/gm, '').split(/\s+/).filter(Boolean)
  const pieces = words.flatMap((word) => piecesOf(word, slots))
  const places = new Map<string, number>()
  let length = 0
  for (const piece of pieces) {
    if (piece.kind === 'here') places.set(piece.name, length)
    length += piece.kind === 'bytes' ? piece.hex.length / 2 : piece.kind === 'place' ? 3 : 1
  }
  places.set('END', length)
  return `0x${pieces.map((piece) => encode(piece, places)).join('')}`
}

type Piece =
  | { readonly kind: 'bytes'; readonly hex: string }
  | { readonly kind: 'here' | 'place'; readonly name: string }

function piecesOf(word: string, slots: Slots): readonly Piece[] {
  if (word.endsWith(':')) return [{ kind: 'here', name: word.slice(0, -1) }]
  if (word.startsWith('0x')) return [push(word.slice(2))]
  const name = word.slice(1)
  switch (word[0]) {
    case '@':
      return [{ kind: 'place', name }]
    case '?':
      return [{ kind: 'place', name }, opcode('JUMPI')]
    case '!':
      return [{ kind: 'place', name }, opcode('JUMP')]
    case '[':
      return [slot(name.slice(0, -1), slots), opcode('MLOAD')]
    case '=':
      return [slot(name, slots), opcode('MSTORE')]
    default:
      return [opcode(word)]
  }
}

function opcode(name: string): Piece {
  const code = opcodes[name]
  if (code === undefined) throw new Error(`the assembler knows no ${name}`)
  return { kind: 'bytes', hex: byte(code) }
}

function push(hex: string): Piece {
  return { kind: 'bytes', hex: byte(0x5f + hex.length / 2) + hex }
}

function slot(name: string, slots: Slots): Piece {
  const address = slots[name]
  if (address === undefined) throw new Error(`the assembler knows no slot ${name}`)
  return push(address.toString(16).padStart(4, '0'))
}

function encode(piece: Piece, places: ReadonlyMap<string, number>): string {
  if (piece.kind === 'bytes') return piece.hex
  if (piece.kind === 'here') return '5b'
  const place = places.get(piece.name)
  if (place === undefined) throw new Error(`the assembler knows no place ${piece.name}`)
  return `61${place.toString(16).padStart(4, '0')}`
}

function byte(value: number): string {
  return value.toString(16).padStart(2, '0')
}
