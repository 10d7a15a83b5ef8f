// `npm start -- <address> --rpc-url <url>` checks that account; `npm start` alone shows the demo.
import { spawnSync } from 'node:child_process'

const given = process.argv.slice(2)
const command = ['--import', 'tsx', 'src/cli/main.ts', ...(given.length === 0 ? ['demo'] : given)]
const { status, signal } = spawnSync(process.execPath, command, { stdio: 'inherit' })
process.exitCode = status ?? (signal === 'SIGINT' ? 130 : 143)
