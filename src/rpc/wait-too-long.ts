import { value } from '../core/value.ts'
import { RpcError, type RpcPlace } from './errors.ts'

/** Whoever asks for more than that may ask for ever. */
const longestToldMs = 10 * 365 * 86_400_000

/** Refused for its rate, for longer than anything is waited for here: asked before that, it would only refuse again. */
export class WaitTooLongError extends RpcError {
  constructor(place: RpcPlace, waitMs: number) {
    const seconds = Math.ceil(Math.min(waitMs, longestToldMs) / 1000)
    super('wait-too-long', place, {
      message: `${place.host} refused ${place.method}: too many requests. It asks to wait ${seconds} s, so it was not asked again.`,
      data: { wait: value.seconds(seconds) },
      hints: ['Run this check again after that time, or use another endpoint.'],
    })
  }
}
