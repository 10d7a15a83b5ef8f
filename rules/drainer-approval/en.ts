import { grantWords, type RuleText } from '../../src/rule.ts'

const { reach, revoke, confirm } = grantWords.en

const source =
  'The list “{list}” ({listDate}) names this address as a drainer{listing, select, named {: {incident}} other {}}.'
const first = '{payer, select, doubtful {} other {Do this first, before anything else with this account. }}'
const distrust = 'Believe no recovery service and nobody who contacts you first: a transfer cannot be reversed.'

const text = {
  message: `${reach}. ${source}`,
  steps: [
    `${first}${revoke}`,
    confirm,
    'If you signed anything on a site that you do not trust, move what is left to a new account after that, the most valuable first.',
    distrust,
  ],
  links: ['safety'],
} as const

export default {
  title: 'An approval names a listed drainer',
  decides:
    'A live allowance, NFT approval, operator or Permit2 grant names a spender that a threat list calls a drainer on this chain. So does an approval event of a contract that does not answer whether the grant is live. Contracts that everybody uses outrank the bundled lists; a list that you give is never outranked.',
  why: 'While such a grant is live, the address on the list can take what it covers at any moment, also what arrives later, and asks nobody again.',
  messages: {
    erc20: text,
    nft: text,
    operator: text,
    permit2: text,
    item: text,
    unreadable: {
      message: `The contract {contract} announced an approval for {spender}, in a transaction that {sender} sent, and does not answer whether it is live. ${source}`,
      steps: [
        'If you do not know {contract}, do nothing with it: send no transaction to revoke, claim or sell anything of it. Events like this one are often bait.',
        'If you hold something of {contract} that matters to you, ask on the official page of its project how an approval for {spender} is ended.',
        distrust,
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
