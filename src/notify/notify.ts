/** Tells everybody who wants to know what changed. */
import { createHash } from 'node:crypto'
import { toFactError } from '../core/errors.ts'
import type { Report } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import { isLoopback } from '../domain/loopback.ts'
import { InvalidEndpointError } from '../rpc/errors.ts'
import { DeliveryError } from './errors.ts'
import { makeNotification, type Transition } from './notification.ts'
import { type Notifier, requestTo } from './requests.ts'
import { type SendPorts, send } from './send.ts'

export type Delivery = NonNullable<Report['run']['deliveries']>[number]

/** @returns null when nothing changed that this one wants to know: then nothing is sent. Never throws */
export async function tell(
  notifier: Notifier,
  { transitions, report }: { readonly transitions: readonly Transition[]; readonly report: Report },
  ports: SendPorts,
): Promise<Delivery | null> {
  const wanted = transitions.filter((transition) => isWanted(transition, notifier))
  if (wanted.length === 0) return null
  const request = requestTo(notifier, makeNotification(wanted, report))
  const place = { kind: notifier.type, host: hostOf(request.url) }
  try {
    await send(request, ports)
    return { ...place, status: 'delivered' }
  } catch (error) {
    // Of a node there would be other words for a URL that is none.
    const told =
      error instanceof InvalidEndpointError
        ? new DeliveryError({ host: place.host, reason: 'no web address', tries: 0 })
        : error
    return { ...place, status: 'failed', error: toFactError(told) }
  }
}

/** What is kept for one that is told, so that a message which did not arrive is sent with the next run. Says nothing of its URL. */
export function notifierKey(notifier: Notifier): string {
  const { type } = notifier
  const receiver = type === 'telegram' ? [notifier.token, notifier.chat] : [notifier.url]
  const { on = [], minimumSeverity = '' } = notifier
  const named = JSON.stringify([type, ...receiver, [...on].sort(), minimumSeverity])
  return createHash('sha256').update(named).digest('hex').slice(0, 32)
}

/** The host that gets its messages unencrypted, over a network; null where nobody can listen. */
export function overheardHost(notifier: Notifier): string | null {
  if (notifier.type === 'telegram' || !URL.canParse(notifier.url)) return null
  const { protocol, hostname, host } = new URL(notifier.url)
  return protocol !== 'http:' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1')) ? null : host
}

function isWanted(transition: Transition, { on, minimumSeverity = 'info' }: Notifier): boolean {
  if (on !== undefined && !on.includes(kindOf(transition))) return false
  if (!('finding' in transition)) return true
  return severities.indexOf(transition.finding.severity) <= severities.indexOf(minimumSeverity)
}

/** By the words that a user chooses from. */
function kindOf({ change }: Transition): NonNullable<Notifier['on']>[number] {
  if (change === 'known') return 'unknown'
  return change === 'accepted' ? 'resolved' : change
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '(no URL)'
}
