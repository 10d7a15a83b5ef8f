/** Words about what own transactions cost, in English. */
const transactions = '{count, plural, one {# transaction} other {# transactions}}'

export default {
  title: 'Network fees',
  all: `The account paid {fees} for ${transactions}{extent, select, since { since {since}} newest { (the newest)} least { (those that could be read)} other {}}.`,
  gas: 'They used {used}% of the gas that they were allowed ({allowed}); only what is used is charged.',
  failed: `Of it, {fees} went to ${transactions} that failed.`,
  data: 'Of it, {fees} went to the parent chain for data.',
  operator: 'Of it, {fees} went to the operator of the chain.',
  blobs: 'Of it, {fees} went to blobs.',
  market: `At the middle tip of their blocks, ${transactions} would have cost {atMarket} instead of {fees}.`,
  prices:
    '{above} of {count, plural, one {# transaction} other {# transactions}} whose block fees are known paid more for gas than nine in ten in the same block, and {tips} left more than its median tip.',
  day: `The costliest day was {day} (UTC): {fees} for ${transactions}.`,
  group: `{kind, select, creation {New contracts} other {To {to}}}: {fees} for ${transactions}{kind, select, creation {} transfer { ({others, plural, =0 {plain transfers} other {mostly plain transfers}})} other { ({others, plural, =0 {method {method}} other {mostly method {method}}})}}.`,
  more: 'The JSON report lists {count, plural, one {another address} other {# other addresses}}, and each day and method.',
} as const
