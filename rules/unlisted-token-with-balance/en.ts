import type { RuleText } from '../../src/rule.ts'

const doubt =
  'Go on only if you expected this token: anybody can send tokens to anybody. Do not open an address that stands in its name, and approve nothing in order to claim or sell it.'

const importSteps = [
  doubt,
  'In MetaMask, choose the network {chain} (chain ID {chainId}).',
  'Open the menu of the token list, choose Manage tokens, then Add custom token (Import tokens in older versions), and paste the contract address {token}.',
  'Compare what MetaMask fills in: the symbol must be {symbol}, the decimals {decimals}. Then import it: the balance shown is {amount}.',
] as const

const held = 'The account holds {amount} of the token {token} on {chain}'

export default {
  title: 'A held token is not shown by the wallet',
  decides:
    'The account holds a token that is not among those the wallet shows or, where that is not known, that is on no list or on a chain where MetaMask does not look for tokens. Where that is not known and no list covers the chain, it weighs less.',
  why: 'Tokens that a wallet does not show look lost. They are on the chain, and importing them makes them visible again.',
  messages: {
    'not-shown': {
      message: `${held}, and it is not among the tokens that the wallet shows.`,
      steps: importSteps,
      links: ['tokens'],
    },
    unlisted: {
      message: `${held}. {lists, plural, one {The one list that has tokens of this chain does not have it} other {None of the # lists that have tokens of this chain has it}}, so MetaMask will likely not show it by itself.`,
      steps: importSteps,
      links: ['tokens'],
    },
    uncovered: {
      message: `${held}. None of our lists has tokens of {chain}, so whether MetaMask shows it by itself is not known.`,
      steps: importSteps,
      links: ['tokens'],
    },
    'no-detection': {
      message: `${held}. MetaMask does not look for tokens on {chain} by itself, so it will likely not show it.`,
      steps: importSteps,
      links: ['tokens'],
    },
    unimportable: {
      message: `${held}. The wallet {certainty, select, certain {does not show it} possible {may not show it by itself} other {will likely not show it by itself}}, and MetaMask may refuse to import it: {obstacle, select, nosymbol {its contract gives no symbol} longsymbol {its symbol {symbol} is longer than {longestSymbol} characters} nodecimals {its contract gives no decimals} other {its contract gives {decimals} decimals, more than {mostDecimals}}}.`,
      steps: [
        doubt,
        'In MetaMask, choose the network {chain} (chain ID {chainId}) and try to add {token} as a custom token.',
        'If MetaMask asks for a symbol, type one of at most {longestSymbol} characters. If it asks for decimals, use only a number that the project behind the token publishes: with another one the balance shown is wrong.',
        'If MetaMask refuses, nothing is lost: the balance stays on the chain, and the application of the project behind the token can use it.',
      ],
      links: ['tokens'],
    },
    bait: {
      title: 'A token that looks like bait was sent to the account',
      why: 'Such a token is sent to many accounts, so that people open a site and approve or sign something there: that can cost them what they really own.',
      message: `${held}. It is on no list, and its words (symbol: {symbol}) try to lead you to a site: most likely nobody meant you well with it.`,
      steps: [
        'Do not open an address that stands in its name, and do not try to claim, sell or send it.',
        'Approve nothing that has to do with {token}. Holding it harms nothing.',
        'If you did expect it, ask the project behind it, through a page you knew before, whether {token} is its contract.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
