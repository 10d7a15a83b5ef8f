/** Whether serious findings are read again, and where. */
import type { GatherOptions } from '../index.ts'
import { parseEndpoint } from '../rpc/endpoint.ts'
import type { CheckFlags } from './check-flags.ts'
import type { CliContext } from './context.ts'

/**
 * Says which host will see the address as well.
 * @throws InvalidEndpointError
 */
export function chooseSecond(
  flags: CheckFlags,
  { environment, words, say }: CliContext,
): Pick<GatherOptions, 'secondOpinion' | 'secondRpcUrl'> {
  if (flags.secondOpinion === false) return { secondOpinion: false }
  const secondRpcUrl = flags.secondRpcUrl ?? environment.secondRpcUrl
  if (secondRpcUrl === null) return {}
  say(words.secondEndpoint(parseEndpoint(secondRpcUrl).host))
  return { secondRpcUrl }
}
