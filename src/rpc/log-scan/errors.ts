/** Losses that a node does not admit: each becomes a gap with its reason. */
import { CheckupError } from '../../core/errors.ts'
import { value } from '../../core/value.ts'

/** One block with exactly as many logs as nodes stop at without saying so: nothing smaller can be asked to compare. */
export class LogsCutError extends CheckupError {
  constructor(logs: number) {
    super('logs-cut', {
      message: `The answer for one block has exactly ${logs} logs, where some nodes stop without a word.`,
      data: { logs: value.count(logs) },
      hints: ['Use another endpoint.'],
    })
  }
}

/** An old block that must hold logs by its own header came back without any. `since` is the first block with logs. */
export class LogsPrunedError extends CheckupError {
  constructor(host: string, since: bigint) {
    super('logs-pruned', {
      message: `${host} answers as if there were no logs before block ${since}, but there are.`,
      data: { host: value.text(host), since: value.block(since) },
      hints: ['Use an endpoint that keeps all logs.'],
    })
  }
}

/** No block answered with the logs that its header announces, so an empty answer says nothing. */
export class LogsUnconfirmedError extends CheckupError {
  constructor(host: string) {
    super('logs-unconfirmed', {
      message: `${host} finds no logs in blocks that hold some, so its empty answers cannot be believed.`,
      data: { host: value.text(host) },
      hints: ['Use another endpoint.'],
    })
  }
}

/** A machine behind the endpoint has not seen the pinned block yet. */
export class EndpointBehindError extends CheckupError {
  constructor(host: string, block: bigint) {
    super('endpoint-behind', {
      message: `A machine behind ${host} does not know block ${block} yet, so the newest logs may be missing.`,
      data: { host: value.text(host), block: value.block(block) },
      hints: ['Run this check again in a minute.'],
    })
  }
}

/** The pinned block is no longer on the chain. */
export class ReorganisedError extends CheckupError {
  constructor(block: bigint) {
    super('reorganised', {
      message: `Block ${block} was replaced by another while its logs were read.`,
      data: { block: value.block(block) },
      hints: ['Run this check again in a minute.'],
    })
  }
}
