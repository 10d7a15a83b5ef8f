/** What `watch` says. Times are ISO 8601, UTC. */
export default {
  serving: (at: string) => `Metrics: http://${at}/metrics   Health: http://${at}/healthz`,
  exposed: (at: string) => `Whoever can reach ${at} can read the accounts and their labels there.`,
  run: (time: string, number: number, result: string) => `${time} Run ${number}: ${result}`,
  stopping: 'Stopping. A run that is under way is given up; what it read is kept. Press Ctrl-C again to quit at once.',
  none: 'no findings',
  unknown: (checks: number) => `${checks} ${checks === 1 ? 'check was' : 'checks were'} not made completely`,
  unchecked: (accounts: number) => `${accounts} ${accounts === 1 ? 'account was' : 'accounts were'} not checked at all`,
  cost: (seconds: string, requests: number) => `${seconds} s, ${requests} ${requests === 1 ? 'request' : 'requests'}`,
  failed: 'it failed',
  missed: (count: number) => `${count} ${count === 1 ? 'run' : 'runs'} came due meanwhile and did not start`,
  next: (time: string) => `next ${time}`,
}
