import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

const sent =
  '{sender} sent the transaction that gave this{when, select, known {, on {sentAt}} other {}}: this account did not.{moved, select, yes { The same transaction moved {token} out of this account.} other {}}'

export default {
  title: 'An approval was given by a transaction that the account did not send',
  decides:
    'A live allowance, NFT approval, operator or Permit2 grant began with a transaction of somebody else, so a signature of the account was used. Accounts that others send for do not apply: Safe accounts and other contracts, and accounts with an EIP-7702 delegation. A grant that a graver rule reports is left to that rule.',
  why: 'A signature costs nothing and leaves no trace until somebody uses it. Phishing sites ask for one because a permit looks like a login.',
  messages: {
    unsent: {
      message: `${reach}. ${sent}`,
      steps: [
        'Try to remember what you signed at that time. Apps that pay the fee for you, and swaps without a fee, work like this.',
        'If you never chose to have {token}, stop here and leave it alone: the grant reaches nothing else, and contracts that come unasked want you to send them something.',
        `If you cannot say in which app you signed it, end the grant. ${revoke}`,
        confirm,
        'If you did not mean to sign it, sign nothing more on that site, and check the other findings about grants.',
      ],
      links: ['safety'],
    },
    'well-known': {
      message: `${reach}. ${sent} Many accounts use this spender, and apps ask for a signature in place of a transaction.`,
      steps: [
        'If you used an app with that contract at that time, leave it.',
        `If you did not, or no longer use it, end the grant. ${revoke}`,
        confirm,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
