/** The lists that options of `check` name. What is wrong with one is said with its option and its file. */
import { suchAs } from '../domain/expectation.ts'
import { type GatherOptions, parseAddresses, parseSanctionsList, parseThreatList, parseTokenList } from '../index.ts'
import { attributed } from './attributed.ts'
import type { CheckFlags } from './check-flags.ts'
import type { CliContext } from './context.ts'
import { type GivenFile, readList } from './files.ts'
import { badValue } from './usage-error.ts'

type RuleOptions = NonNullable<GatherOptions['ruleOptions']>
type Lists = Pick<GatherOptions, 'tokenLists' | 'threatLists' | 'sanctionsLists' | 'shownTokens'>

/** @throws UsageError, SecretInputError */
export async function readLists(flags: CheckFlags, context: CliContext): Promise<Lists> {
  const { tokenList = [], threatList = [], sanctionsList = [], shownTokens } = flags
  const readAll = (option: string, files: readonly string[]) =>
    Promise.all(files.map(async (path) => ({ option, path, file: await readList(path, context) })))
  const tokens = await readAll('--token-list', tokenList)
  const threats = await readAll('--threat-list', threatList)
  const sanctions = await readAll('--sanctions-list', sanctionsList)
  return {
    tokenLists: tokens.map((given) => parseFile(given, ({ text, ...from }) => parseTokenList(text, from))),
    threatLists: threats.map((given) => parseFile(given, ({ text, ...from }) => parseThreatList(text, from))),
    // When the file was written says nothing about its data.
    sanctionsLists: sanctions.map((given) => parseFile(given, ({ text, name }) => parseSanctionsList(text, { name }))),
    ...(shownTokens !== undefined && { shownTokens: await readAddresses('--shown-tokens', shownTokens, context) }),
  }
}

/**
 * What the user expects, for the rules that compare grants with it.
 * @throws UsageError, SecretInputError
 */
export async function readExpected(given: string, context: CliContext): Promise<RuleOptions> {
  const option = '--expected-spenders'
  const spenders = await readAddresses(option, given, context)
  // Without a single one the rule compares nothing, and its silence would look like an answer.
  if (spenders.length === 0) throw badValue(option, suchAs('0x…', '0x…,0x…', 'spenders.txt'))
  return { 'unexpected-spender': { expectedSpenders: spenders }, 'safe-spending-limit': { expected: spenders } }
}

/** Addresses as they are, or the file that has them. */
async function readAddresses(option: string, given: string, context: CliContext): Promise<readonly string[]> {
  if (/^\s*(?:0x|$)/i.test(given)) return attributed({ option }, () => parseAddresses(given))
  const file = await readList(given, context)
  return parseFile({ option, path: given, file }, ({ text }) => parseAddresses(text))
}

type Given = { readonly option: string; readonly path: string; readonly file: GivenFile }

function parseFile<Result>({ option, path, file }: Given, parse: (file: GivenFile) => Result): Result {
  return attributed({ option, path }, () => parse(file))
}
