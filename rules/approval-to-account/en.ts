import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

const steps = [
  'If {spender} is an account of your own, and you granted this on purpose, leave it. Otherwise go on.',
  revoke,
  confirm,
  'Think of the site on which you signed this: sign nothing more there, and check the other findings about grants.',
] as const

export default {
  title: 'An approval lets a person, or anybody, take what it covers',
  decides:
    'A live grant names a spender without code of its own: an account that a person holds the key of. Or it names a contract, such as Multicall3, that does what anybody tells it. Accounts on a drainer list are left to drainer-approval, and the account itself is not counted.',
  why: 'Apps use contracts, with rules that anybody can read. A spender that is a plain account takes whatever its owner wants: drainers and signature phishing look like this. An approval to a contract that does what anybody tells it can be used by everybody.',
  messages: {
    'open-to-all': {
      message: `${reach}. This contract is honest, but it does what anybody tells it: anybody can use this approval.`,
      steps: [
        revoke,
        confirm,
        'From now on, approve a token only to the contract that the documentation of an app names as the spender: never to one that only forwards calls.',
      ],
      links: ['safety'],
    },
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
