/** What a report says of a baseline, of suppressions and of the user's other settings, in English. */
export default {
  marks: { new: 'NEW: {title}', updated: 'CHANGED: {title}' },
  suppressed:
    '{count, plural, one {# finding is} other {# findings are}} left alone by suppressions (in full with --show-suppressed).',
  suppressedHeading: 'Left alone ({count})',
  earlier: 'Since the baseline ({count})',
  absent: 'Gone: {title} ({rule}). It was: {message}',
  accepted: 'Accepted with the baseline: {title} ({rule}). It was: {message}',
  unknown: 'Not known any more: {title} ({rule}). It was: {message}',
  notices: 'About your suppressions',
  notAsked:
    'The baseline has {findings, plural, one {# finding} other {# findings}} of {targets, plural, one {an account} other {# accounts}} that this check was not asked about.',
} as const
