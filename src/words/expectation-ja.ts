/** オプションやキーに書ける値を、ヒントの1文で示します。 */
const limits =
  '{limits, select, above {{least}より大きい} from {{least}以上の} aboveto {{least}より大きく{most}以下の} fromto {{least}以上{most}以下の} to {{most}以下の} other {}}'
const also = '{hasAlso, select, yes {、または {also}} other {}}'

export default [
  '{expects, select,',
  ' only {使える値: {expected}}',
  ' one_of {次のどれか1つを使えます: {expected}}',
  ` whole {使える値: ${limits}整数${also}。例: {expected}}`,
  ` bare_whole {使える値: ${limits}整数${also}}`,
  ` number {使える値: ${limits}数${also}。例: {expected}}`,
  ` bare_number {使える値: ${limits}数${also}}`,
  ' list {リストで書きます。例: {expected}}',
  ' bare_list {リストで書きます。}',
  ' bare_example {}',
  ' other {例: {expected}}}',
].join('')
