import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en
const signatures =
  'Read every signature request that has to do with {spender}: a signature may be all it needs. Reject what you did not expect.'

export default {
  title: 'A contract lets somebody else move what you hold, without an approval of yours',
  decides:
    'A token or collection that the account holds answers that Permit2, a marketplace or an operator of its own may move it, and no event of the account says so, or every account has it. Spenders that a graver rule reports are left to that rule.',
  why: 'Some contracts trust another one from the start. Nobody approved it, so no list of approvals shows it, and a signature may be all that a thief needs.',
  messages: {
    'built-in': {
      message: `${reach}. The contract gives this to every account, without an event.`,
      steps: [
        'Send nothing to revoke it: such a call fails or changes nothing, and costs a fee.',
        signatures,
        'If you do not want that, do not keep {token} in this account.',
      ],
      links: ['safety'],
    },
    'default-operator': {
      message: `${reach}. The contract names it as an operator of every account that has not ended this.`,
      steps: [`If you do not want that, end it for this account. ${revoke}`, confirm],
      links: ['safety'],
    },
    unannounced: {
      message: `${reach}. No event announced it: the contract itself, or who manages it, made it so for this account.`,
      steps: [
        'Find out on the official page of the project behind {token} whether {spender} is meant to have this.',
        signatures,
        `If nobody can explain it, {ending, select, seen {end it. ${revoke} ${confirm}} other {do not keep {token} in this account. A call that revokes it may change nothing.}}`,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
