/**
 * The program that a node runs inside one eth_call to read thousands of contracts. It calls each contract in turn with
 * bounded gas and writes short answers one behind the other, so a contract can spoil nothing but its own answer. It stops
 * by itself when gas or room runs low; whoever asked goes on from there in another call.
 *
 * Input: gas per read (3 bytes), gas to keep (3), gas to keep per byte of answers (1), room for answers (3), then segments
 * of reads that are alike:
 *   length of all items (3), length of the prefix (1), words per item (1), bytes per word (1), words per answer (1),
 *   the prefix (the calldata that all items share), and the items: the contract (20), then its words without leading zeros.
 * Answer: 0x57, the first four bytes of the hash of what follows, then one answer per item, in order:
 *   per word its length (1) and that many bytes; or one of the status bytes below.
 */
import type { Hex } from 'viem'
import { assemble, type Slots } from './assembler.ts'

export const magicByte = 0x57
/** In place of an answer's first length. A length is at most 32, so none of these can be taken for one. */
export const statusBytes = {
  /** Reverted without data, with gas to spare: the same would happen with more. */
  reverted: 0xfd,
  /** Succeeded and returned nothing. */
  empty: 0xfe,
  /** Ended in a way that only a call of its own can tell: with data, with too little of it, or for want of gas. */
  unclear: 0xff,
} as const

/** 0x00 to 0x5f hold the words that a contract returned, 0x80 to 0xff the calldata it is called with. */
const slots: Slots = {
  gasBefore: 0x60,
  item: 0x100, // where the next item begins
  out: 0x120, // where the next answer goes
  end: 0x140, // the end of the input
  gas: 0x160, // gas per read
  keep: 0x180, // gas below which no further read begins
  limit: 0x1a0, // no further read begins once answers reach this far
  segmentEnd: 0x1c0,
  header: 0x1e0, // the segment's header, in the first bytes of the word
  perByte: 0x200, // gas to keep besides, for each byte of answers
}

const body = `
  ; the input lies at 0x0220, its length is on the stack
  0x0220 ADD =end
  0x0220 MLOAD
  DUP1 0xe8 SHR =gas
  DUP1 0xd0 SHR 0xffffff AND =keep
  DUP1 0x06 BYTE =perByte
  0xb0 SHR 0xffffff AND
  [end] 0x25 ADD                        ; 32 bytes behind the input, 5 for the magic byte and the hash
  DUP1 =out
  ADD =limit
  0x022a =item

segment:
  [end] [item] LT ISZERO ?done
  [item] MLOAD =header
  [item] 0x07 ADD
  DUP1 MLOAD 0x80 MSTORE                ; the prefix; what is copied beyond it is overwritten or not sent
  DUP1 0x20 ADD MLOAD 0xa0 MSTORE
  DUP1 0x40 ADD MLOAD 0xc0 MSTORE
  DUP1 0x60 ADD MLOAD 0xe0 MSTORE
  [header] 0x03 BYTE ADD
  DUP1 =item
  [header] 0xe8 SHR ADD =segmentEnd

read:
  [segmentEnd] [item] LT ISZERO ?segment
  [end] 0x25 ADD [out] SUB [perByte] MUL [keep] ADD GAS LT ?done
  [out] [limit] LT ?done
  [item] 0x14 ADD                       ; from: the item's first word
  [header] 0x03 BYTE 0x80 ADD           ; to: behind the prefix
  [header] 0x04 BYTE                    ; words left              ; from to left
word:
  DUP1 ISZERO ?call
  DUP3 MLOAD [header] 0x05 BYTE 0x03 SHL 0x0100 SUB SHR           ; from to left value
  DUP3 MSTORE
  0x01 SWAP1 SUB
  SWAP1 0x20 ADD SWAP1
  SWAP2 [header] 0x05 BYTE ADD SWAP2
  !word
call:
  POP 0x80 SWAP1 SUB                    ; next item, length of the calldata
  [header] 0x06 BYTE 0x05 SHL           ; next length wanted
  DUP1 0x00 DUP4 0x80                   ; next length wanted | wanted 0 length 0x80
  [item] MLOAD 0x60 SHR                 ; the contract
  GAS =gasBefore
  [gas] STATICCALL                      ; next length wanted success
  ?returned
  POP POP =item
  ; Half of the gas left says that no call inside ran out of it: each passes on all but a 64th.
  GAS [gasBefore] SUB 0x01 SHL [gas] SWAP1 LT                     ; isCheap
  RETURNDATASIZE ISZERO AND 0x01 SHL 0xff SUB                     ; 0xfd or 0xff
  !status
returned:
  RETURNDATASIZE LT ?short              ; what was returned is less than wanted
  POP =item
  0x00                                  ; index of the word
write:
  [header] 0x06 BYTE DUP2 LT ISZERO ?next
  DUP1 0x05 SHL MLOAD
  0x00                                  ; index value bytes: how many bytes the value has, by halves
  DUP2 0x80 SHR ISZERO ?half16 0x10 ADD
half16: DUP2 DUP2 0x03 SHL 0x40 ADD SHR ISZERO ?half8 0x08 ADD
half8:  DUP2 DUP2 0x03 SHL 0x20 ADD SHR ISZERO ?half4 0x04 ADD
half4:  DUP2 DUP2 0x03 SHL 0x10 ADD SHR ISZERO ?half2 0x02 ADD
half2:  DUP2 DUP2 0x03 SHL 0x08 ADD SHR ISZERO ?half1 0x01 ADD
half1:  DUP2 DUP2 0x03 SHL SHR ISZERO ?counted 0x01 ADD
counted:
  DUP1 [out] MSTORE8
  [out] 0x01 ADD                        ; index value bytes place
  SWAP2                                 ; index place bytes value
  DUP2 0x03 SHL 0x0100 SUB SHL          ; the value at the left of its word
  DUP3 MSTORE
  ADD =out
  0x01 ADD
  !write
next:
  POP
  !read
short:
  POP =item
  RETURNDATASIZE ISZERO 0xff SUB        ; 0xfe when nothing came back, else 0xff
status:
  [out] MSTORE8
  [out] 0x01 ADD =out
  !read

done:
  [end] 0x25 ADD
  DUP1 [out] SUB                        ; answers, their length
  DUP2 KECCAK256 0xe0 SHR
  0x57 0x20 SHL OR                      ; the magic byte and the hash, five bytes
  DUP2 0x20 SWAP1 SUB MSTORE            ; right before the answers
  0x05 SWAP1 SUB
  DUP1 [out] SUB SWAP1 RETURN
`

let assembled: { readonly runtime: Hex; readonly creation: Hex } | null = null

/** `runtime` takes its input as calldata, `creation` takes it behind its own code. Assembled at the first use. */
export function programCode(): { readonly runtime: Hex; readonly creation: Hex } {
  assembled ??= {
    runtime: assemble(`CALLDATASIZE 0x00 0x0220 CALLDATACOPY CALLDATASIZE ${body}`, slots),
    creation: assemble(`@END CODESIZE SUB DUP1 @END 0x0220 CODECOPY ${body}`, slots),
  }
  return assembled
}
