import { describe, expect, test } from 'vitest'
import { discordText, slackText, telegramText } from '../../src/notify/escape.ts'
import { makeNotification, type Transition } from '../../src/notify/notification.ts'
import { type Notifier, requestTo } from '../../src/notify/requests.ts'
import { transitionsOf } from '../../src/notify/transitions.ts'
import { hostileNames } from '../reporters/hostile-reports.ts'
import { reportOf, sickFacts } from '../reporters/sample-reports.ts'

const notifiers: Readonly<Record<'slack' | 'discord' | 'telegram', Notifier>> = {
  slack: { type: 'slack', url: 'https://hooks.example/x' },
  discord: { type: 'discord', url: 'https://discord.example/x' },
  telegram: { type: 'telegram', token: 't', chat: '1' },
}

/** What a chat shows of a report in which everything is new. */
function shown(kind: keyof typeof notifiers, transitions: readonly Transition[], locale: 'en' | 'ja' = 'en'): string {
  const report = reportOf(sickFacts(), { locale })
  const body = JSON.parse(requestTo(notifiers[kind], makeNotification(transitions, report)).body)
  return kind === 'slack' ? body.blocks[0].text.text : kind === 'discord' ? body.content : body.text
}

const attacks = [
  ...hostileNames,
  ['a mention of everybody in Slack', '<!channel> <!here> <!everyone>'],
  ['a mention of a person in Slack', '<@U012AB3CD> <#C123|general>'],
  ['a link of Slack', '<https://evil.example|Revoke here>'],
  ['a mention of everybody in Discord', '@everyone @here'],
  ['a mention of a role in Discord', '<@&123456789012345678> <@123456789012345678>'],
  ['a time and an emoji of Discord', '<t:1800000000:R> <:a:123456789012345678>'],
  ['a masked link', '[MetaMask support](https://evil.example)'],
  ['a spoiler, a quotation and a heading', '||gone|| >>> quoted ### heading'],
  ['MarkdownV2', '_*[]()~`>#+-=|{}.!'],
  ['a command and a name of Telegram', '/start @support #tag $USDC'],
  ['an address of mail', 'mailto:help@evil.example'],
  ['a link of Telegram', 'tg://resolve?domain=evil t.me/evil'],
  ['a bare host', 'claim.evil.example 203.0.113.7/claim'],
] as const

describe.each(['slack', 'discord', 'telegram'] as const)('%s', (kind) => {
  test.each(attacks)('%s stays a word', (_, symbol) => {
    const text = shown(kind, transitionsOf(null, reportOf(sickFacts(symbol))))
    expect(text).not.toMatch(/https?:\/\/|tg:\/\/|www\./i)
    expect(text).not.toMatch(/(?<!\[)@/)
    expect(text).not.toMatch(/[a-z]\.[a-z]{2,}/i)
    expect(text).not.toMatch(/\d\.\d+\.\d/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/)
    expect(text.split('\n').every((line) => /^(?:Wallet check|New|And )/.test(line.replaceAll('\\', '')))).toBe(true)
    if (kind === 'slack') expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
    if (kind === 'discord') expect(text).not.toMatch(/(?<!\\)[*_~`|<>#[\]()]/)
    if (kind === 'telegram') expect(text).not.toMatch(/(?<![\p{L}\p{N}[])[/#$]\p{L}/u)
  })

  test('a message is no longer than the chat takes, and says how much is missing', () => {
    const [one] = transitionsOf(null, reportOf(sickFacts('A'.repeat(60))))
    if (one === undefined || !('finding' in one)) throw new Error('nothing changed')
    const long = { ...one, finding: { ...one.finding, message: '&*<'.repeat(1000) } }
    const text = shown(kind, Array(300).fill(long))
    expect(text.length).toBeLessThanOrEqual({ slack: 3000, discord: 2000, telegram: 4000 }[kind])
    const told = text.split('\n').length - 2
    expect(told).toBeGreaterThan(0)
    expect(text).toMatch(new RegExp(`And ${300 - told} more\\\\?: see the report`))
  })

  test('amounts and addresses stay readable', () => {
    const text = shown(kind, transitionsOf(null, reportOf(sickFacts())))
    expect(text).toContain('250 USDC')
    expect(text).toMatch(/0x[0-9a-fA-F]{40}/)
  })
})

test('a message in English', () => {
  const target = {
    account: '0x51C451C451c451c451c451C451c451C451c451C4',
    label: 'treasury',
    chain: { id: 1, name: 'Ethereum' },
  }
  const [found] = transitionsOf(null, reportOf(sickFacts()))
  if (found === undefined || !('finding' in found)) throw new Error('nothing changed')
  const transitions: readonly Transition[] = [
    { ...found, target },
    { change: 'resolved', target, finding: found.finding },
    { change: 'unknown', target: { ...target, label: null }, checks: ['nonce-gap', 'stale-head'] },
    { change: 'unknown', target: { account: 'pay.eth', label: null, chain: null }, checks: [] },
    { change: 'known', target, checks: ['nonce-gap'] },
  ]
  expect(shown('telegram', transitions)).toMatchInlineSnapshot(`
    "Wallet check-up: 1 new, 1 resolved, 2 accounts not checked as completely as before, and 1 account known again
    New, Critical (treasury, 0x51C451C451c451c451c451C451c451C451c451C4, Ethereum): A listed thief may take your tokens. 0x0000000000000000000000000000000000000Bad may take up to 250 USDC of yours.
    Resolved, Critical (treasury, 0x51C451C451c451c451c451C451c451C451c451C4, Ethereum): A listed thief may take your tokens
    Unknown (0x51C451C451c451c451c451C451c451C451c451C4, Ethereum): 2 checks can no longer be made: nonce-gap and stale-head
    Unknown (pay[.]eth): nothing could be checked
    Known again (treasury, 0x51C451C451c451c451c451C451c451C451c451C4, Ethereum): 1 check was made: nonce-gap"
  `)
})

test('a message in Japanese', () => {
  const target = {
    account: '0x51C451C451c451c451c451C451c451C451c451C4',
    label: '金庫',
    chain: { id: 1, name: 'Ethereum' },
  }
  const [found] = transitionsOf(null, reportOf(sickFacts(), { locale: 'ja' }))
  if (found === undefined || !('finding' in found)) throw new Error('nothing changed')
  const transitions: readonly Transition[] = [
    { ...found, target },
    { change: 'resolved', target, finding: found.finding },
    { change: 'unknown', target, checks: ['nonce-gap', 'stale-head'] },
    { change: 'known', target, checks: ['nonce-gap'] },
  ]
  expect(shown('telegram', transitions, 'ja')).toMatchInlineSnapshot(`
    "ウォレットのチェック: 新規1件、解消1件、前回より確認できなかったアカウント1件、再び確認できたアカウント1件
    新規、緊急(金庫、0x51C451C451c451c451c451C451c451C451c451C4、Ethereum): リストに載っている相手に使用許可を与えています。0x0000000000000000000000000000000000000Bad は、あなたの 250 USDC までを移動できます。
    解消、緊急(金庫、0x51C451C451c451c451c451C451c451C451c451C4、Ethereum): リストに載っている相手に使用許可を与えています
    未確認(金庫、0x51C451C451c451c451c451C451c451C451c451C4、Ethereum): 2件のチェックができなくなりました: nonce-gap、stale-head
    再確認(金庫、0x51C451C451c451c451c451C451c451C451c451C4、Ethereum): 1件のチェックができました: nonce-gap"
  `)
})

test.each([
  [
    'en',
    'Wallet check-up: 1 resolved and 1 accepted with the baseline\n',
    'Resolved, Critical (0x',
    'Accepted with the baseline, Critical (0x',
  ],
  [
    'ja',
    'ウォレットのチェック: 解消1件、ベースラインに取り入れ済み1件\n',
    '解消、緊急(0x',
    'ベースラインに取り入れ済み、緊急(0x',
  ],
] as const)('%s: what a baseline has taken is accepted, in the head as in its line', (locale, head, gone, taken) => {
  const [found] = transitionsOf(null, reportOf(sickFacts(), { locale }))
  if (found === undefined || !('finding' in found)) throw new Error('nothing changed')
  const { target, finding } = found
  // Also of a time: whether it was accepted is for the baseline to say.
  const told = { ...finding, data: { ...finding.data, since: { type: 'block', value: '20000000' } } } as const
  const transitions = [
    { change: 'resolved', target, finding: told },
    { change: 'accepted', target, finding: told },
  ] as const
  const lines = shown('telegram', transitions, locale).replace(head, '').split('\n')
  expect(lines.map((line, index) => line.startsWith([gone, taken][index] ?? '?'))).toEqual([true, true])
})

test.each([
  ['slack', slackText, 'a < b & c', 'a &lt; b &amp; c'],
  ['discord', discordText, '*1.5* <x> a_b', '\\*1.5\\* \\<x\\> a\\_b'],
  ['telegram', telegramText, '/start 1.5 of t.me/x', '[/]start 1.5 of t[.]me/x'],
  ['slack', slackText, 'हिन्दी.com and 💸.fun', 'हिन्दी[.]com and 💸[.]fun'],
] as const)('%s: one text', (_, harmless, given, expected) => {
  expect(harmless(given)).toBe(expected)
})
