/** The code of a rule as somebody else may write it: plain JavaScript, made without the package. */

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const zod = pathToFileURL(createRequire(import.meta.url).resolve('zod')).href

type Source = {
  readonly rules?: readonly string[]
  /** Fields of the rule, as code, in place of the sound ones. */
  readonly over?: string
}

/** A rule that finds any balance. */
export function pluginSource({ rules = ['acme/idle-balance'], over = '' }: Source = {}): string {
  return `import { z } from '${zod}'
const en = {
  title: 'A balance',
  decides: 'The account holds coins.',
  why: 'They may be idle.',
  messages: { any: { message: 'The account holds {balance}.', steps: ['Use {balance}.'] } },
}
const ja = {
  title: '残高があります',
  decides: 'コインを持っているかを調べます。',
  why: '使われていないかもしれません。',
  messages: { any: { message: '残高は {balance} です。', steps: ['{balance} を使います。'] } },
}
const draft = {
  messageId: 'any',
  subject: { kind: 'account' },
  data: { balance: { type: 'native', value: '1000000000000000000', symbol: 'ETH', decimals: 18 } },
  evidence: [{ kind: 'read', method: 'eth_getBalance', block: '1', value: '1' }],
}
const rule = (id) => ({
  id,
  apiVersion: 1,
  severity: 'high',
  confidence: 'certain',
  needs: ['account'],
  text: { en, ja },
  options: z.object({}),
  reliesOn: () => true,
  unread: () => [],
  applies: () => true,
  judge: ({ account }) => (account.balance > 0n ? [draft] : []),
  ${over}
})
export default ${rules.length === 1 ? `rule(${JSON.stringify(rules[0])})` : `${JSON.stringify(rules)}.map(rule)`}
`.replace('\\\\u001b', '\\u001b')
}
