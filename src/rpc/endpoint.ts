/** An RPC URL taken apart, so that the URL itself need not be kept where an error could show it. */
import { Agent } from 'node:http'
import { sha256, stringToBytes } from 'viem/utils'
import { InvalidEndpointError } from './errors.ts'
import { basicCredentials, createRedactor } from './redact.ts'

/** As many requests may be under way at once. */
const maximumSockets = 64
/** A connection that nobody used for so long is closed: whoever checks every minute would gather idle ones. */
const idleMs = 60_000

export type Endpoint = {
  /** hostname[:port], the only part that may be printed. */
  readonly host: string
  /** See `RpcClient.endpointId`. */
  readonly id: string
  readonly protocol: 'http:' | 'https:'
  readonly hostname: string
  readonly port: string
  readonly path: string
  readonly authorization: string | null
  readonly agent: Agent
  /** Masks every part of the URL that may be secret, in the node's own words for example. */
  readonly redact: (text: string) => string
}

/** Throws `InvalidEndpointError` for anything but an http or https URL. */
export function parseEndpoint(text: string): Endpoint {
  const url = urlOf(text)
  const protocol = url.protocol === 'https:' ? 'https:' : 'http:'
  const id = idOf(url)
  return {
    host: url.host,
    id,
    protocol,
    // URLs write IPv6 hosts in brackets, sockets do not.
    hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port,
    path: url.pathname + url.search,
    authorization: url.username === '' && url.password === '' ? null : `Basic ${basicCredentials(url)}`,
    agent: agentOf(id, protocol),
    redact: createRedactor([text, url.href]),
  }
}

const agents = new Map<string, Agent>()

/** The one agent of an endpoint in this process: runs that follow each other would else leave idle connections each. */
function agentOf(id: string, protocol: Endpoint['protocol']): Agent {
  const known = agents.get(id)
  if (known !== undefined) return known
  const options = { keepAlive: true, maxSockets: maximumSockets, timeout: idleMs }
  const agent = new (protocol === 'https:' ? secureHttp().Agent : Agent)(options)
  agents.set(id, agent)
  return agent
}

/** Takes as long to load as all the rest of a request's code: a node on this computer needs none of it. */
export function secureHttp() {
  return process.getBuiltinModule('node:https')
}

function urlOf(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidEndpointError('malformed')
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new InvalidEndpointError('scheme')
  return url
}

/** The endpoint's `RpcClient.endpointId`. Throws `InvalidEndpointError` as `parseEndpoint` does. */
export function endpointIdOf(text: string): string {
  return idOf(urlOf(text))
}

/**
 * A hash, because it is kept on disk. Keys in the path or query are long enough to be hidden by it;
 * a password may not be, so only the user's name, which tells accounts apart, is part of it.
 */
function idOf({ protocol, username, host, pathname, search }: URL): string {
  const named = `${protocol}//${username}@${host}${pathname}${search}`
  return sha256(stringToBytes(named)).slice(2, 18)
}
