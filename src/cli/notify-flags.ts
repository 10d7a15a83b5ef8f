/** `--notify TYPE=VARIABLE[,VARIABLE]`: who is told what changed. The option names variables, because a URL of a webhook is a key. */
import { SecretVariableError } from '../config/secret-variable-error.ts'
import { findSecret } from '../config/secrets.ts'
import { value } from '../core/value.ts'
import { suchAs } from '../domain/expectation.ts'
import type { Notifier } from '../notify/requests.ts'
import type { CheckFlags } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { badValue, UsageError } from './usage-error.ts'

/** @throws UsageError, SecretVariableError */
export function readNotifyFlags(
  { notify = [] }: Pick<CheckFlags, 'notify'>,
  { variables }: Pick<CliContext, 'variables'>,
): readonly Notifier[] {
  return notify.map((text) => readNotifier(text, variables))
}

type Variables = Readonly<Record<string, string | undefined>>

const examples = suchAs(
  'slack=SLACK_URL',
  'discord=DISCORD_URL',
  'webhook=HOOK_URL,HOOK_SECRET',
  'telegram=BOT_TOKEN,CHAT_ID',
)

function readNotifier(text: string, variables: Variables): Notifier {
  const [, type = '', first = '', second] = /^([a-z]+)=(\w+)(?:,(\w+))?$/.exec(text) ?? []
  const filled = (name: string) => fill(name, variables)
  const url = () => checkUrl(first, filled(first))
  switch (type) {
    case 'slack':
    case 'discord':
      if (second === undefined) return { type, url: url() }
      break
    case 'webhook':
      return { type, url: url(), ...(second !== undefined && { secret: filled(second) }) }
    case 'telegram':
      if (second !== undefined) return { type, token: filled(first), chat: filled(second) }
  }
  throw badValue('--notify', examples)
}

function fill(name: string, variables: Variables): string {
  const given = Object.hasOwn(variables, name) ? variables[name]?.trim() : undefined
  if (given === undefined || given === '') throw new UsageError('usage-notify-variable', { name: value.text(name) })
  return given
}

function checkUrl(name: string, url: string): string {
  const kind = findSecret(url)
  if (kind !== null) throw new SecretVariableError(kind, name)
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError('usage-notify-url', { name: value.text(name) })
  }
  return url
}
