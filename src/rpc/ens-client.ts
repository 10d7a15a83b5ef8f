/** viem's part in reading an ENS name. Loaded by `ens.ts` when there is a name: most runs have none. */
import { type Address, type Chain, createClient, custom } from 'viem'
import { getEnsAddress } from 'viem/actions'
import { normalize as normalizeName } from 'viem/ens'

export type ProviderCall = { readonly method: string; readonly params?: unknown }

/** null when the name has no address. Throws what viem makes of a call that failed. */
export function askForAddress(
  chain: Chain,
  name: string,
  provide: (call: ProviderCall) => Promise<unknown>,
): Promise<Address | null> {
  const transport = custom({ request: provide }, { retryCount: 0 })
  return getEnsAddress(createClient({ chain, transport, ccipRead: false }), { name })
}

/** null for a name that ENS cannot hold. */
export function normalize(name: string): string | null {
  try {
    return normalizeName(name)
  } catch {
    return null // the normalizer throws for letters that ENS does not allow, and only for those
  }
}
