import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'An address imitates one that the account sent to',
  decides:
    'A transfer of an ERC-20 or ERC-721 token names an address that begins and ends like one the account sent to before: tokens at any time, or coins in those of its newest transactions that were read. At least 3 leading and 4 trailing hex digits agree, and more where many pairs are compared. The transfer is of nothing, of dust or of a token that imitates another, or somebody else made it in the name of the account.',
  why: 'Wallets show the beginning and the end of an address. Whoever copies a recipient from the history may copy the imitation, and what is sent there cannot be taken back.',
  options: {
    dustUnits: 'Up to so many whole units of a token count as dust.',
  },
  messages: {
    lookalike: {
      message:
        'This account sent to {imitated}. {lookalikes, plural, one {An address} other {# addresses}} with the same beginning and end {lookalikes, plural, one {is} other {are}} in its history too. The newest is {lookalike}, by {sign, select, empty {a transfer of nothing} unsent {a transfer that the account did not make} counterfeit {a transfer of a token that imitates another} other {a transfer of a tiny amount}}.',
      steps: [
        'Do not copy an address from the history of the wallet or of a block explorer, also not one that looks like {imitated}.',
        'Save {imitated} in the contacts of your wallet, after you compared all of its characters with what its owner told you. Choose it from there from now on.',
        'Send nothing to {lookalike}, also not to return what came from it.',
        'If you sent something to {lookalike} already, nobody can reverse it: believe nobody who offers to get it back for a fee.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
