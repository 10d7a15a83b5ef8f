/**
 * A blob that is all zeros. Its polynomial is zero, so its commitment and its proof are the point at infinity (EIP-4844), and a
 * test needs no trusted setup to have a real one.
 */
import { bytesToHex, concatHex, hexToBytes, sha256, sliceHex } from 'viem/utils'

const infinity = concatHex(['0xc0', bytesToHex(new Uint8Array(47))])

export const emptyBlob = {
  /** Version 1, and the rest of the SHA-256 of the commitment. */
  versionedHash: concatHex(['0x01', sliceHex(sha256(hexToBytes(infinity)), 1)]),
  /** As eth_sendTransaction takes it. */
  sidecar: { blobs: [bytesToHex(new Uint8Array(131_072))], commitments: [infinity], proofs: [infinity] },
}
