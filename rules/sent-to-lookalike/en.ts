import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'Something was sent to an imitation of a recipient',
  decides:
    'The account sent coins or ERC-20 or ERC-721 tokens to an address that begins and ends like one it sent to before, and that came into its history as imitations do: see address-poisoning. Coins count in those of its newest transactions that were read. Tokens that stand on no list count where the account sent the transaction itself: what a contract account sent of them is not found.',
  why: 'Whoever made the imitation has the key of it. What was sent there is theirs, and the next payment may go the same way.',
  options: {
    dustUnits: 'Up to so many whole units of a token count as dust.',
  },
  messages: {
    sent: {
      message:
        'This account sent {what, select, coins {coins} item {an item} other {{amount}}} to {lookalike} ({hash}). That address has the same beginning and end as {imitated}, to which it sent before.',
      steps: [
        'Send nothing more to {lookalike}. Look in the contacts of your wallet and of exchanges that you use, and remove it there.',
        'Compare {lookalike} with {imitated}, all characters. If both are your own or those of somebody you know, nothing is to be done.',
        'If not, report it to the police at once and, where the token has an issuer, to that issuer through its official page: some issuers can freeze tokens as long as they have not been moved on.',
        'Nobody can reverse the transaction: believe nobody who offers to get it back for a fee.',
        'From now on choose recipients from saved contacts, not from the history.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
