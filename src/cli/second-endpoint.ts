/** Whether serious findings are read again, and where. */
import { value } from '../core/value.ts'
import type { GatherOptions } from '../index.ts'
import { endpointIdOf, parseEndpoint } from '../rpc/endpoint.ts'
import { attributed } from './attributed.ts'
import type { CheckFlags } from './check-flags.ts'
import type { CliContext } from './context.ts'
import type { ChosenEndpoint } from './endpoint.ts'
import { UsageError } from './usage-error.ts'

/**
 * Says which host will see the address as well.
 * @throws UsageError, InvalidEndpointError
 */
export function chooseSecond(
  {
    flags,
    rpcUrl,
    failoverUrls = [],
  }: Pick<ChosenEndpoint, 'rpcUrl' | 'failoverUrls'> & { readonly flags: CheckFlags },
  { environment, words, say }: CliContext,
): Pick<GatherOptions, 'secondOpinion' | 'secondRpcUrl'> {
  if (flags.secondOpinion === false) {
    // The environment may name one for every run; whoever names one for this run wants it asked.
    if (flags.secondRpcUrl !== undefined) throw new UsageError('usage-second-alone')
    return { secondOpinion: false }
  }
  const secondRpcUrl = flags.secondRpcUrl ?? environment.secondRpcUrl
  if (secondRpcUrl === null) return {}
  const option = flags.secondRpcUrl === undefined ? 'WALLET_CHECKUP_SECOND_RPC_URL' : '--second-rpc-url'
  const { host, id } = attributed({ option }, () => parseEndpoint(secondRpcUrl))
  if ([rpcUrl, ...failoverUrls].some((url) => endpointIdOf(url) === id))
    throw new UsageError('usage-same-endpoint', { host: value.text(host) })
  say(words.secondEndpoint(host))
  return { secondRpcUrl }
}
