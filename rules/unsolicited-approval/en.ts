import type { RuleText } from '../../src/rule.ts'

export default {
  title: 'Approval events that somebody else made',
  decides:
    'Approval events name the account as owner, in transactions that it did not send, from contracts that do not answer for the approval, deny it or imitate Permit2. An approval that ended after something left the account counts as used.',
  why: 'Such events are bait: they make people visit a site or send a transaction to a contract that takes their gas.',
  messages: {
    silent: {
      message:
        '{events, plural, one {# approval event names} other {# approval events name}} this account, from {contracts, plural, one {a contract} other {# contracts}} (such as {contract}) that {kind, select, permit2 {{contracts, plural, one {imitates} other {imitate}} Permit2} denied {{contracts, plural, one {says} other {say}} there is no such grant} mixed {deny them, do not answer for them or imitate Permit2} other {{contracts, plural, one {does} other {do}} not answer for {events, plural, one {it} other {them}}}}, in transactions that the account did not send. No grant behind {events, plural, one {it} other {them}} could be read.',
      steps: [
        'Do nothing with these contracts: send no transaction to revoke, claim or sell anything of theirs.',
        'Do not open an address that stands in the name of such a token, and answer no message about it.',
      ],
      links: ['safety'],
    },
  },
} as const satisfies RuleText
