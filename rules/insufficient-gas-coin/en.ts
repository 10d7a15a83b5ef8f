import { type RuleText, severalTopUps } from '../../src/rule.ts'

const message =
  'The account holds {tokens, plural, one {# token} other {# tokens}} on {chain} but only {balance}. Sending a token there takes up to {cost}.'

export default {
  title: 'Too little of the coin that pays for gas',
  decides:
    'The account holds tokens that are on a list or shown by the wallet, and its balance of the coin that pays for gas is below the cost of one token transfer. On a chain that no list covers, every token counts that does not look like bait.',
  why: 'Until the account has enough of that coin, its tokens cannot be sent and their approvals cannot be revoked.',
  messages: {
    short: {
      message,
      steps: [
        'If coins that came here before left at once without you, or a transaction of this account waits that you neither sent nor confirmed, send nothing more: somebody who has the key of this account takes whatever comes. What to do then: wallet-checkup rules swept-account.',
        `Send at least {topUp} to {account} from another account of yours or from an exchange. ${severalTopUps.en}`,
        'Choose {chain} (chain ID {chainId}) as the network of that transfer: {coin} on another chain does not pay for gas here.',
        'When it has arrived, send the token again.',
      ],
      links: ['tokens'],
    },
    'short-with-delegate': {
      message: `${message} The account runs the code of {delegate}.`,
      steps: [
        'Send nothing to this account until you know that you chose {delegate} yourself: with other code, coins that arrive can be taken at once.',
        `If you did choose it, send at least {topUp} to {account} on {chain} (chain ID {chainId}); {coin} on another chain does not pay for gas here. ${severalTopUps.en}`,
        'If you did not, follow the finding about the delegate first.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
