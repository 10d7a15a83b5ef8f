/** What can go wrong with a source of logs that is not the endpoint. None of these ever holds its URL, nor its key. */
import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

export const otherSource = 'Use another source with --logs-from or --history-url, or none.'
export const sourceKey =
  'If it wants a key, set WALLET_CHECKUP_LOGS_KEY, or WALLET_CHECKUP_HISTORY_KEY for --history-url.'

/** Not a source. What was given is not repeated, it may hold a key. */
export class LogSourceError extends CheckupError {
  constructor(problem: 'kind' | 'url' | 'credentials') {
    super('invalid-log-source', {
      message: {
        kind: 'This is no source of logs that is known here.',
        url: 'The URL of the source of logs is not a URL that begins with https:// or http://.',
        credentials: 'The URL of the source of logs holds a user, a query or a fragment.',
      }[problem],
      data: { problem: value.keyword(problem) },
      hints: [
        problem === 'credentials'
          ? `Give the URL without them, and the key in ${keyVariable}.`
          : 'Write blockscout:URL, etherscan, etherscan:URL, sqd:URL or rpc:URL.',
      ],
    })
  }
}

/** The one variable that holds the key of a source, whichever it is. */
export const keyVariable = 'WALLET_CHECKUP_LOGS_KEY'

/** The source wants a key, which comes from the environment. */
export class LogSourceKeyError extends CheckupError {
  constructor(problem: 'missing' | 'unreadable') {
    super('log-source-key', {
      message:
        problem === 'missing'
          ? `This source of logs needs a key, in the variable ${keyVariable}.`
          : `The variable ${keyVariable} holds characters that no key has.`,
      data: { problem: value.keyword(problem), variable: value.text(keyVariable) },
      hints: ['Set it to your key for the source, or use another source.'],
    })
  }
}

/** The source answered, and said no. `words` are its own, without secrets. */
export class SourceRefusedError extends CheckupError {
  constructor(host: string, words: string) {
    super('log-source-refused', {
      message: `${host} gave no list.`,
      data: { host: value.text(host), words: value.untrustedText(words) },
      hints: [sourceKey, otherSource],
    })
  }
}

export class SourceWrongChainError extends CheckupError {
  constructor(host: string) {
    super('log-source-wrong-chain', {
      message: `${host} is about another chain: its blocks are not those of the endpoint. It was not asked about the account.`,
      data: { host: value.text(host) },
      hints: [otherSource],
    })
  }
}

/** None of the blocks it was asked for: whether it is about the same chain cannot be told. */
export class SourceChainUnknownError extends CheckupError {
  constructor(host: string) {
    super('log-source-chain-unknown', {
      message: `Whether ${host} is about the same chain could not be told, so it was not asked about the account.`,
      data: { host: value.text(host) },
      hints: [otherSource],
    })
  }
}

export class SourceBehindError extends CheckupError {
  constructor(host: string, block: bigint) {
    super('log-source-behind', {
      message: `${host} could not be shown to have the blocks after ${block}.`,
      data: { host: value.text(host), block: value.block(block) },
      hints: ['Run this check again later, or use another source with --logs-from.'],
    })
  }
}

export class SourceStartsLateError extends CheckupError {
  constructor(host: string, block: bigint) {
    super('log-source-starts-late', {
      message: `${host} has no blocks before ${block}.`,
      data: { host: value.text(host), block: value.block(block) },
      hints: [otherSource],
    })
  }
}

/** It says itself that it has not read the whole chain yet. */
export class SourceIncompleteError extends CheckupError {
  constructor(host: string) {
    super('log-source-incomplete', {
      message: `${host} does not say that it has read all blocks of the chain.`,
      data: { host: value.text(host) },
      hints: [otherSource],
    })
  }
}

/** One block has as many logs about the account as the source lists at once, or a number that sources stop at. */
export class SourceCutError extends CheckupError {
  constructor(host: string, place: { readonly block: bigint; readonly rows: number }) {
    super('log-source-cut', {
      message: `${host} listed ${place.rows} logs of block ${place.block}, where it may have stopped.`,
      data: { host: value.text(host), block: value.block(place.block), rows: value.count(place.rows) },
      hints: [otherSource],
    })
  }
}
