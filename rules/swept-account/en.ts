import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'Coins that come to this account leave at once',
  decides:
    'In the newest transactions that were read, coins left the account within 3 blocks after they came, at least 3 times and to the last 5 percent, and almost nothing is left now.',
  why: 'Somebody who has the key may run a program that takes every coin as soon as it arrives. It is faster than any person, so coins sent here for fees are lost as well.',
  messages: {
    swept: {
      message:
        '{times, plural, one {Once} other {# times}} coins that came were sent on within {blocks} blocks, {total} in all, {takers, plural, one {to {taker}} other {most often to {taker}}}. The account holds {balance} now.',
      steps: [
        'If a program of your own sends on what comes here, or this is a deposit address of an exchange, nothing needs to be done. Otherwise go on with the next step.',
        'Send no coins to this account, not even for network fees, and leave out every step of other findings that asks for that: they would be taken at once.',
        'Make a new account with a new Secret Recovery Phrase, in a wallet on a device that you trust. If others know the old phrase, none of its accounts is yours alone any more.',
        'Where tokens or NFTs are left here, ask on the official support page how to move them without sending coins here first. Stop whatever still pays to this address: give the new one.',
        'Believe no recovery service and nobody who contacts you first: official support begins only where you ask for it.',
      ],
      links: ['safety', 'support'],
    },
  },
} as const satisfies RuleText
