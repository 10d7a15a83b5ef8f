/** The words of a report about several accounts, in English. */
export default {
  accounts: 'Accounts',
  count:
    '{targets, plural, one {# account} other {# accounts}} on {chains, plural, one {# chain} other {# chains}}{unchecked, plural, =0 {} other {; # more could not be found}}',
  verdictCount: '{verdict} {count}',
  verdicts: {
    critical: 'critical',
    attention: 'attention needed',
    'no-findings': 'no problem found',
    inconclusive: 'not known',
  },
  row: '{account}, {chain}: {verdict}',
  rowFound: '{account}, {chain}: {verdict} ({found})',
  unreadChain: '{chain}: {count, plural, one {# account} other {# accounts}} could not be checked',
  unknownChain: 'a chain that the endpoint did not name',
  unchecked: 'No account to check ({count})',
  others: 'Other chains and other accounts than those of this report.',
  uncheckedOn: '{input} on {chain}',
} as const
