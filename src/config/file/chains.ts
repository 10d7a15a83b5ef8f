/** The chains of a config: their numbers, and who is asked about each. URLs with keys come from the environment. */
import { CheckupError } from '../../core/errors.ts'
import { looksKeyed } from '../keyed-url.ts'
import { SecretVariableError } from '../secret-variable-error.ts'
import { findSecret } from '../secrets.ts'
import type { PlannedChain } from './plan.ts'
import { ConfigFileError, ConfigValueError, type Path } from './problem.ts'
import type { ReadConfig } from './read-config.ts'
import type { ChainConfig } from './schema.ts'
import { expand, hasVariable, type Variables } from './variables.ts'

export type ChainPorts = {
  readonly variables: Variables
  /** A chain by its everyday name. */
  readonly findChain: (name: string) => Promise<{ readonly id: number } | null>
  /** The identity of an endpoint. @throws CheckupError for what is no URL of one */
  readonly endpointIdOf: (url: string) => string
}

export type NamedChain = Pick<PlannedChain, 'id' | 'name'>

/** The chains of the file by name and number, before anybody knows whom to ask. @throws ConfigFileError */
export async function nameChains(
  read: ReadConfig,
  ports: Pick<ChainPorts, 'findChain'>,
): Promise<readonly NamedChain[]> {
  const named: NamedChain[] = []
  for (const [name, config] of Object.entries(read.config.chains ?? {})) {
    const id = config?.id ?? (await idOf(name, read, ports))
    const other = named.find((chain) => chain.id === id)
    if (other !== undefined) {
      const [path, others] = [
        ['chains', name],
        ['chains', other.name],
      ]
      const at = read.file.keyPlaceOf(path)
      throw new ConfigFileError('same-chain', { at, path, name: String(id), other: read.file.keyPlaceOf(others) })
    }
    named.push({ id, name })
  }
  return named
}

/** By the name that the file gives it, in any case, or by its id. @throws ConfigFileError */
export function findNamed(
  chains: readonly NamedChain[],
  asked: string | number,
  where: Pick<ConstructorParameters<typeof ConfigFileError>[1], 'at' | 'path'>,
): NamedChain {
  const word = String(asked).toLowerCase()
  const found = chains.find(({ name, id }) => name.toLowerCase() === word || String(id) === word)
  if (found !== undefined) return found
  throw new ConfigFileError('unknown-chain', { ...where, name: String(asked), known: chains.map(({ name }) => name) })
}

type Given = { readonly read: ReadConfig; readonly ports: ChainPorts }

/** Who is asked about a chain, with all variables filled in. @throws ConfigFileError, ConfigValueError, SecretVariableError */
export function planChain({ id, name }: NamedChain, { read, ports }: Given): PlannedChain {
  const config: ChainConfig = read.config.chains?.[name] ?? {}
  const base: Path = ['chains', name]
  const text = (key: 'logsFrom' | 'logsKey' | 'historyUrl' | 'historyKey') => {
    const given = config[key]
    return given === undefined ? null : readSecretly(given, [...base, key], read, ports)
  }
  const endpoint = (given: string, path: Path) => readEndpoint(given, path, { read, ports })
  const rpc = endpointsOf(config, { base, read, endpoint })
  const second = config.second === undefined ? null : endpoint(config.second, [...base, 'second'])
  if (second !== null && rpc.some((url) => ports.endpointIdOf(url) === ports.endpointIdOf(second))) {
    const path = [...base, 'second']
    throw new ConfigFileError('same-endpoint', { at: read.file.placeOf(path), path })
  }
  return {
    id,
    name,
    rpc,
    second,
    logsFrom: text('logsFrom'),
    logsKey: text('logsKey'),
    historyUrl: text('historyUrl'),
    historyKey: text('historyKey'),
    fromBlock: config.fromBlock === undefined ? null : BigInt(config.fromBlock),
    maximumRps: config.maxRps ?? null,
    maximumRequests: config.maxRequests ?? null,
    timeoutMs: config.timeout === undefined ? null : config.timeout * 1000,
  }
}

type Reader = {
  readonly base: Path
  readonly read: ReadConfig
  readonly endpoint: (given: string, path: Path) => string
}

function endpointsOf({ rpc = [] }: ChainConfig, { base, read: { file }, endpoint }: Reader): readonly string[] {
  if (typeof rpc === 'string') return [endpoint(rpc, [...base, 'rpc'])]
  const urls = rpc.map((given, index) => endpoint(given, [...base, 'rpc', index]))
  const again = urls.findIndex((url, index) => urls.indexOf(url) !== index)
  if (again < 0) return urls
  const [path, others] = [
    [...base, 'rpc', again],
    [...base, 'rpc', urls.indexOf(urls[again] ?? '')],
  ]
  throw new ConfigFileError('endpoint-twice', { at: file.placeOf(path), path, other: file.placeOf(others) })
}

async function idOf(name: string, { file }: ReadConfig, { findChain }: Pick<ChainPorts, 'findChain'>): Promise<number> {
  if (/^[1-9]\d{0,14}$/.test(name)) return Number(name)
  const found = await findChain(name)
  if (found !== null) return found.id
  const path = ['chains', name]
  throw new ConfigFileError('missing', {
    at: file.keyPlaceOf(path),
    path,
    name: 'id',
    expected: { kind: 'whole', values: ['1', '8453'], from: 1 },
  })
}

function readEndpoint(given: string, path: Path, { read, ports }: Given): string {
  const url = readSecretly(given, path, read, ports)
  try {
    ports.endpointIdOf(url)
  } catch (error) {
    throw error instanceof CheckupError ? new ConfigValueError(error, { at: read.file.placeOf(path), path }) : error
  }
  return url
}

/**
 * A URL, or a key: what of it is secret comes from a variable.
 * @throws ConfigFileError, SecretVariableError
 */
export function readSecretly(
  given: string,
  path: Path,
  { file }: ReadConfig,
  ports: Pick<ChainPorts, 'variables'>,
): string {
  const where = { at: file.placeOf(path), path }
  const isKey = /(?:Key|secret|token)$/.test(String(path.at(-1)))
  if (looksKeyed(given) || (isKey && !hasVariable(given))) throw new ConfigFileError('url-key', where)
  return expand(given, where, { variables: ports.variables, check: isKey ? () => {} : refuseSecret })
}

function refuseSecret(name: string, given: string): void {
  const kind = findSecret(given)
  if (kind !== null) throw new SecretVariableError(kind, name)
}
