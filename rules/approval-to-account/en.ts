import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

const steps = [
  'If {spender} is an account of your own, and you granted this on purpose, leave it. Otherwise go on.',
  revoke,
  confirm,
  'Think of the site on which you signed this: sign nothing more there, and check the other findings about grants.',
] as const

export default {
  title: 'An approval names an account instead of a contract',
  decides:
    'A live grant names a spender without code of its own: an account that a person holds the key of. Accounts on a drainer list are left to drainer-approval, and the account itself is not counted.',
  why: 'Apps use contracts, with rules that anybody can read. A spender that is a plain account takes whatever its owner wants: drainers and signature phishing look like this.',
  messages: {
    account: {
      message: `${reach}. {spender} has no code: a person holds its key{history, select, known {, and it has sent {sent, plural, one {# transaction} other {# transactions}}} other {}}.`,
      steps,
      links: ['safety'],
    },
    'never-used': {
      message: `${reach}. {spender} has no code and has never sent a transaction: a fresh account, or a contract that was never deployed or is gone.`,
      steps,
      links: ['safety'],
    },
    delegated: {
      message: `${reach}. {spender} is an account with an EIP-7702 delegation: a person holds its key{history, select, known {, and it has sent {sent, plural, one {# transaction} other {# transactions}}} other {}}.`,
      steps,
      links: ['safety'],
    },
  },
} as const satisfies RuleText
