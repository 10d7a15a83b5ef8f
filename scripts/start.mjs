// `npm start -- <address> --rpc-url <url>` checks that account; `npm start`, with or without options of its own, shows the demo.
import { spawnSync } from 'node:child_process'

const given = process.argv.slice(2)
const [first] = given
/** What the demo takes; any other option is a check that lacks its address, and the command says so. */
const demoOptions = new Set(['--locale', '--no-color'])
const command = first === undefined || demoOptions.has(first) ? ['demo', ...given] : given
const { status, signal } = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...command], {
  stdio: 'inherit',
})
process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 143)
