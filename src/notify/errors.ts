import { CheckupError } from '../core/errors.ts'
import { value } from '../core/value.ts'

/** A message did not arrive. Of where it should have gone only the host is said: the rest of the URL is the key to it. */
export class DeliveryError extends CheckupError {
  constructor({ host, reason, tries }: { readonly host: string; readonly reason: string; readonly tries: number }) {
    super('delivery-failed', {
      message: `The message to ${host} was not delivered (${reason}; tries: ${tries}).`,
      data: { host: value.text(host), reason: value.untrustedText(reason), tries: value.count(tries) },
    })
  }
}
