import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en
const origin = 'Find out who gave this grant and what for: the event below names the transaction.'
const end = `If nobody can say it, end the grant. ${revoke}`

export default {
  title: 'A spender that nobody expects has a grant',
  decides:
    'A live allowance, NFT approval, operator or Permit2 grant names a spender that is not among those that you expect; without a list of these, one that had no grant at the baseline. Without either nothing is compared. What contracts give by themselves is left to implicit-approval.',
  why: 'A grant that nobody planned is how funds of an organisation leave it: by a mistake, by a signature, or by a key in other hands.',
  messages: {
    unexpected: {
      message: `${reach}. This spender is not on the list of expected ones.`,
      steps: [
        origin,
        end,
        confirm,
        'If it is meant to be, add {spender} to the list of expected spenders in a review by a second person.',
      ],
      links: ['safety'],
    },
    added: {
      title: 'A spender has a grant that had none before',
      message: `${reach}. At block {since} this spender had no grant of the account.`,
      steps: [
        origin,
        end,
        confirm,
        'If it was planned, take it into the baseline, or add {spender} to the list of expected spenders, in a review by a second person.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
