/** What an option or a key takes: `expectationData` fills it in. A sentence for a hint. */
const limits =
  '{limits, select, above { above {least}} from { from {least}} aboveto { above {least}, up to {most}} fromto { from {least} to {most}} to { up to {most}} other {}}'
const also = '{hasAlso, select, yes {, or the word {also}} other {}}'

export default [
  '{expects, select,',
  ' only {It takes {expected}.}',
  ' one_of {It takes one of: {expected}.}',
  ` whole {It takes a whole number${limits}${also}. For example: {expected}}`,
  ` bare_whole {It takes a whole number${limits}${also}.}`,
  ` number {It takes a number${limits}${also}. For example: {expected}}`,
  ` bare_number {It takes a number${limits}${also}.}`,
  ' list {It takes a list. For example: {expected}}',
  ' bare_list {It takes a list.}',
  ' bare_example {}',
  ' other {For example: {expected}}}',
].join('')
