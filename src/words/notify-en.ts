/** The words of a message about what changed since the run before, in English. One line each. */
export default {
  head: 'Wallet check-up: {counts}',
  counts: {
    new: '{count, number} new',
    worse: '{count, number} worse',
    resolved: '{count, number} resolved',
    accepted: '{count, number} accepted with the baseline',
    unknown: '{count, plural, one {# account} other {# accounts}} not checked as completely as before',
    known: '{count, plural, one {# account} other {# accounts}} known again',
  },
  place: '{hasLabel, select, yes {{label}, {account}} other {{account}}}{hasChain, select, yes {, {chain}} other {}}',
  new: 'New, {severity} ({place}): {title}. {message}',
  worse: 'Worse or changed, {severity} ({place}): {title}. {message}',
  resolved: 'Resolved, {severity} ({place}): {title}',
  accepted: 'Accepted with the baseline, {severity} ({place}): {title}',
  unknown:
    'Unknown ({place}): {count, plural, =0 {nothing could be checked} one {# check can no longer be made: {checks}} other {# checks can no longer be made: {checks}}}',
  known:
    'Known again ({place}){count, plural, =0 {} one {: # check was made: {checks}} other {: # checks were made: {checks}}}',
  more: 'And {count, number} more: see the report.',
} as const
