import { CheckupError } from '../../core/errors.ts'
import { value } from '../../core/value.ts'

/** A contract that is a Safe, or one that acts for it, gave an answer that its published code never gives. */
export class SafeUnreadableError extends CheckupError {
  constructor() {
    super('safe-unreadable', {
      message: 'A contract of the Safe account gave an answer that the published contracts never give.',
    })
  }
}

/** A list goes on behind the last entry that was read. */
export class SafeListUnfinishedError extends CheckupError {
  constructor(read: number) {
    super('safe-list-unfinished', {
      message: `A list of the Safe account is longer than what is read of it: ${read} entries.`,
      data: { read: value.count(read) },
    })
  }
}
