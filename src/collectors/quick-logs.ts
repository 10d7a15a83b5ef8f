/** In place of the search for logs when none are asked for. Nothing was read, and the fact says so. */
import { defineCollector } from '../core/collector.ts'
import { CheckupError, toFactError } from '../core/errors.ts'

export default defineCollector({
  key: 'logs',
  needs: ['chain'],
  fetch: async () => null,
  decode: (_, { chain }) => {
    const everything = { fromBlock: 0n, toBlock: chain.block.number }
    return {
      approvals: [],
      received: [],
      sent: [],
      coverage: { ...everything, gaps: [everything] },
      missing: [{ about: 'logs', error: toFactError(new LogsNotAskedError()), ranges: [everything] }],
    }
  },
})

class LogsNotAskedError extends CheckupError {
  constructor() {
    super('logs-not-asked', {
      message: 'No logs were searched: only listed tokens and known spenders were looked at.',
      hints: ['Run the check again without --quick.'],
    })
  }
}
