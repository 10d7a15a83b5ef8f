/** Who is told about changes: where to, with what comes from the environment filled in. */
import { type ChainPorts, readSecretly } from './chains.ts'
import type { Plan } from './plan.ts'
import type { ReadConfig } from './read-config.ts'

/** @throws ConfigFileError, SecretVariableError */
export function planNotify(read: ReadConfig, ports: Pick<ChainPorts, 'variables'>): Plan['notify'] {
  return (read.config.notify ?? []).map((entry, index) => {
    const fill = (key: string, given: string) => readSecretly(given, ['notify', index, key], read, ports)
    if (entry.type === 'telegram') return { ...entry, token: fill('token', entry.token) }
    const url = fill('url', entry.url)
    if (entry.type !== 'webhook' || entry.secret === undefined) return { ...entry, url }
    return { ...entry, url, secret: fill('secret', entry.secret) }
  })
}
