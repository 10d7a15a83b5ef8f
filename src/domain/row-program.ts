/**
 * The part of writing rows that machines do 32 digits at a time, as a program of WebAssembly. `write-rows.wat` is its
 * source; a test compiles it and compares.
 */

/** Where the program reads and writes. Each call begins anew. */
export type RowProgram = {
  /** The texts of the logs, each a character. */
  readonly text: Uint8Array
  /** By log 16 bytes: block 6, index 4, count of topics 1, nothing 1, length of the data 4 with the lowest byte first. */
  readonly logs: DataView
  /** The rows of so many logs, until the next call; null when something in them was no digit. */
  readonly run: (count: number) => Uint8Array | null
}

export const logLength = 16
/** Where the parts of the memory begin, 192 KiB in all: room for a full text and one more log, whatever it is made of. */
const logsAt = 65_536
const rowsAt = 73_728

type Exports = {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly writeRows: (text: number, log: number, count: number, to: number) => number
}

declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array) => object
      readonly Instance: new (module: object) => { readonly exports: unknown }
    }
  | undefined

let kept: RowProgram | null | undefined

/** Null where there is no WebAssembly, or not all of it: an old processor, or a page that forbids it. */
export function rowProgram(): RowProgram | null {
  if (kept === undefined) kept = start()
  return kept
}

function start(): RowProgram | null {
  if (typeof WebAssembly === 'undefined') return null
  try {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(rowProgramBytes, 'base64')))
    const { memory, writeRows } = instance.exports as Exports // what the source exports
    return {
      text: new Uint8Array(memory.buffer, 0, logsAt),
      logs: new DataView(memory.buffer, logsAt, rowsAt - logsAt),
      run: (count) => {
        const end = writeRows(0, logsAt, count, rowsAt)
        return end === 0 ? null : new Uint8Array(memory.buffer, rowsAt, end - rowsAt)
      },
    }
  } catch {
    // Without it the same rows are written, more slowly.
    return null
  }
}

export const rowProgramBytes =
  'AGFzbQEAAAABHgVgAn9/AGABfwF/YAF/AGAEf39/fwF/YAN/f38BfwMJCAAAAQIDBAEDBQMBAAMGBgF/AUEACwcWAgZtZW1vcnkCAAl3cml0ZVJvd3MABwreCAisAwEEeyAA/QAEACECIAD9AAQQIQMgAv0MICAgICAgICAgICAgICAgIP1Q/QxhYWFhYWFhYWFhYWFhYWFh/XH9DAYGBgYGBgYGBgYGBgYGBgb9JiEEIAP9DCAgICAgICAgICAgICAgICD9UP0MYWFhYWFhYWFhYWFhYWFhYf1x/QwGBgYGBgYGBgYGBgYGBgYG/SYhBSAEIAL9DDAwMDAwMDAwMDAwMDAwMDD9cf0MCgoKCgoKCgoKCgoKCgoKCv0m/VAgBSAD/QwwMDAwMDAwMDAwMDAwMDAw/XH9DAoKCgoKCgoKCgoKCgoKCgr9Jv1Q/U79Y0UEQEEBJAALIAL9DA8PDw8PDw8PDw8PDw8PDw/9TiAE/QwJCQkJCQkJCQkJCQkJCQkJ/U79biECIAP9DA8PDw8PDw8PDw8PDw8PDw/9TiAF/QwJCQkJCQkJCQkJCQkJCQkJ/U79biEDIAEgAkEE/YsBIAJBCP2NAf1Q/Qz/AP8A/wD/AP8A/wD/AP8A/U4gA0EE/YsBIANBCP2NAf1Q/Qz/AP8A/wD/AP8A/wD/AP8A/U79Zv0LBAALFAAgACABEAAgAEEgaiABQRBqEAALOAEBfyAALQAAIQEgAUEwa0EKSQRAIAFBMGsPCyABQSByQeEAayEBIAFBBk8EQEEBJAALIAFBCmoLEwAgAC8BAEGw8AFHBEBBASQACwtWACAAEAMgAEECaiABEAEgASkDAEIAUgRAIAFBIGoPCyABKAIIBEAgAUEgag8LIAEgAf0ABAz9CwQAIAEgASgCHDYCECACIAItAA4gA3I6AA4gAUEUagtkAQF/IAEgAmohAwJAA0AgAUEQaiADSw0BIAAgARAAIABBIGohACABQRBqIQEMAAsLAkADQCABIANPDQEgASAAEAJBBHQgAEEBahACcjoAACAAQQJqIQAgAUEBaiEBDAALCyADC2YCAX8BewJAA0AgACABaikDAEIAUg0BIAFBCGohASABQSBJDQALIAAPCyABIAAgAWopAwB6QgOIp2ohASAAIAFq/QAEECECIAAgACABav0ABAD9CwQAIAAgAv0LBBAgAEEgaiABawuoAgEEf0EAJAACQANAIAJFDQEgAyEEIARBADsBACAEIAEpAwA3AwQgBCABLwEIOwEMIAEtAAohBSABKAIMIQcgBCAFOgAOIAAQAyAAQQJqIARBD2oQACAAQQpqIARBE2oQACAAQSpqEAMgAEEsaiAEQSNqEAEgAEHsAGohACAEQcMAaiEDQQghBgJAA0AgBUUNASAAIAMgBCAGEAQhAyAAQcIAaiEAIAZBAXQhBiAFQQFrIQUMAAsLIAAQAyAAQQJqIQAgACADIAcQBSEDIAAgB0EBdGohACAHQSBGBEAgA0EgaxAGIQMgBCAELQAOQYABcjoADgsgBCADIARrQQh2OgACIAQgAyAEazoAAyABQRBqIQEgAkEBayECDAALCyMABH9BAAUgAwsL'
