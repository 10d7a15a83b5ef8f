/** What is sent to each kind of receiver: where, and which bytes. Pure but for the clock that comes in. */
import { createHmac } from 'node:crypto'
import type { Severity } from '../core/finding.ts'
import { tool } from '../core/tool.ts'
import { discordText, slackText, telegramText } from './escape.ts'
import type { Notification } from './notification.ts'
import { chatText } from './text.ts'

type Choice = {
  /** All when absent. `unknown` is about both directions, `resolved` also about what a baseline has accepted. */
  readonly on?: readonly ('new' | 'worse' | 'resolved' | 'unknown')[] | undefined
  /** Of findings; what became unknown has none. */
  readonly minimumSeverity?: Severity | undefined
}

/** Who is told. URLs, tokens and secrets are secret, and part of no message, error or report. */
export type Notifier = Choice &
  (
    | { readonly type: 'webhook'; readonly url: string; readonly secret?: string | undefined }
    | { readonly type: 'slack' | 'discord'; readonly url: string }
    | {
        readonly type: 'telegram'
        readonly token: string
        readonly chat: string
        /** Telegram's own when absent. */
        readonly server?: string
      }
  )

export type NotifyRequest = {
  readonly url: string
  readonly body: string
  /** Made anew for each try. @param nowSeconds Unix seconds */
  readonly headers: (nowSeconds: number) => Readonly<Record<string, string>>
}

/** Longer ones are refused, or folded away. */
const longest = { slack: 3000, discord: 2000, telegram: 4000 } as const

export function requestTo(notifier: Notifier, notification: Notification): NotifyRequest {
  switch (notifier.type) {
    case 'webhook':
      return webhook(notifier, JSON.stringify(notification))
    case 'slack': {
      const text = chatText(notification, { harmless: slackText, longest: longest.slack })
      const block = { type: 'section', text: { type: 'plain_text', text, emoji: false } }
      return plain(notifier.url, { text, mrkdwn: false, unfurl_links: false, unfurl_media: false, blocks: [block] })
    }
    case 'discord': {
      const content = chatText(notification, { harmless: discordText, longest: longest.discord })
      // 4: no previews of links.
      return plain(notifier.url, { content, allowed_mentions: { parse: [] }, flags: 4 })
    }
    case 'telegram': {
      const { server = 'https://api.telegram.org', token, chat } = notifier
      const text = chatText(notification, { harmless: telegramText, longest: longest.telegram })
      return plain(`${server}/bot${token}/sendMessage`, {
        chat_id: chat,
        text,
        link_preview_options: { is_disabled: true },
      })
    }
    default:
      return notifier satisfies never
  }
}

function plain(url: string, body: Readonly<Record<string, unknown>>): NotifyRequest {
  return { url, body: JSON.stringify(body), headers: () => ({}) }
}

/** Signed over the time and the bytes, so that nobody can send an old message again later. */
function webhook({ url, secret }: { readonly url: string; readonly secret?: string | undefined }, body: string) {
  const headers = (nowSeconds: number) => {
    const timestamp = String(nowSeconds)
    const signature =
      secret === undefined ? null : createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
    return {
      [`${tool.name}-timestamp`]: timestamp,
      ...(signature !== null && { [`${tool.name}-signature`]: `sha256=${signature}` }),
    }
  }
  return { url, body, headers }
}
