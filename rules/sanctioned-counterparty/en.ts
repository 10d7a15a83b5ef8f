import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'Dealings with an address on a list of sanctioned ones',
  decides:
    'An address on a list that you give stands in the ERC-20 and ERC-721 transfers of the account, or got one of its newest transactions that were read. Events that anybody can make are left out. A list that is old, or does not say of which day it is, is not used; without a list that names somebody on this chain nothing is compared.',
  why: 'Exchanges and payment services compare deposits with such lists. Dealings with a listed address can delay or block what comes from this account, and may break the law where you live.',
  options: {
    maximumListAgeDays: 'A list that is older than so many days is not used.',
  },
  messages: {
    sent: {
      message: 'This account sent tokens or a transaction to {counterparty}, which is on the list {list} of {date}.',
      steps: [
        'Look at the transactions below, and write down what they were for: whoever asks will ask that first.',
        'Look the address up at the authority that made the list: addresses are taken off such lists, and one may have been listed only after you used it.',
        'Send nothing more to {counterparty} until you know what the law where you live says. Ask a lawyer if much depends on it.',
        'Expect questions before you deposit at an exchange from this account: it may hold such funds until it has answers.',
      ],
      links: ['support'],
    },
    received: {
      message:
        'Tokens came to this account from {counterparty}, which is on the list {list} of {date}. Nobody can refuse a transfer: it may have been sent without being asked for.',
      steps: [
        'Look at the transfer below, and write down whether you expected it and what it was for.',
        'If you did not, leave what came where it is: do not spend it, and do not send it back.',
        'Look the address up at the authority that made the list: addresses are taken off such lists, and one may have been listed only after that transfer.',
        'Expect questions before you deposit at an exchange from this account: it may hold such funds until it has answers.',
      ],
      links: ['support'],
    },
  },
} as const satisfies RuleText
