/** Which node is asked, and which chain it must serve. */
import { value } from '../core/value.ts'
import type { CheckFlags } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { UsageError } from './usage-error.ts'

export type ChosenEndpoint = {
  readonly rpcUrl: string
  /** Others of the same chain, for when it fails; absent without any. */
  readonly failoverUrls?: readonly string[]
  readonly chainId?: number
}

/**
 * The URL that was given, else viem's public endpoint of the chain that was named. Says which host will see the address
 * when the user did not choose it.
 * @throws UsageError
 */
export async function chooseEndpoint(
  flags: CheckFlags,
  { environment, words, say }: CliContext,
  address: string,
): Promise<ChosenEndpoint> {
  const [given, ...others] = flags.rpcUrl ?? []
  const rpcUrl = given ?? environment.rpcUrl
  if (rpcUrl === null) {
    if (flags.chain === undefined) throw new UsageError('usage-no-endpoint', { address: value.text(address) })
    const { id, name } = await namedChain(flags.chain)
    // The list of chains takes long to load: only who needs it waits for it.
    const { publicEndpoint } = await import('../rpc/public-endpoint.ts')
    const url = await publicEndpoint(id)
    if (url === null) throw new UsageError('usage-no-public-endpoint', { chain: value.text(name) })
    const { host, hostname } = new URL(url)
    say(isThisComputer(hostname) ? words.ownNode(host) : words.publicEndpoint(host, name))
    return { rpcUrl: url, chainId: id }
  }
  return {
    rpcUrl,
    ...(others.length > 0 && { failoverUrls: others }),
    ...(flags.chain !== undefined && { chainId: (await namedChain(flags.chain)).id }),
  }
}

/** Where the default of a development chain is: nobody else sees anything. */
function isThisComputer(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/** A number stands for itself: a chain that nobody has listed can be checked all the same. */
async function namedChain(text: string): Promise<{ readonly id: number; readonly name: string }> {
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
  const { findChain } = await import('../rpc/public-endpoint.ts')
  const found = await findChain(text)
  if (found !== null) return found
  if (id === null) throw new UsageError('usage-unknown-chain', { chain: value.untrustedText(text) })
  return { id, name: text }
}
