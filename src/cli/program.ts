/** The command line as commander sees it: names and words, no logic. Commands load when they run. */
import { Command, Help } from 'commander'
import type { CacheFlags } from './cache.ts'
import type { CheckFlags } from './check-flags.ts'
import type { DemoFlags } from './commands/demo.ts'
import type { ReportFlags } from './commands/report.ts'
import type { CliContext } from './context.ts'
import { addOption } from './program-options.ts'
import type { CliWords } from './words/index.ts'

type Setting = {
  readonly context: CliContext
  readonly version: string
  /** Takes the exit code of the command that ran. */
  readonly end: (exitCode: number) => void
}

/** Errors of the parser are thrown as commander's own, and printed by nobody but `main`. */
export function createProgram(setting: Setting): Command {
  const { words } = setting.context
  const program = createRoot(setting)
  const check = addCheck(program, setting)
  addReport(program, setting)
  addRules(program, setting)
  addCache(program, setting)
  addDemo(program, setting)
  // The default command's options are what most people look for. Last, because commands take over what stands here when they are made.
  const plain = new Help()
  return program.configureHelp({
    styleTitle: (title) => titleIn(title, words),
    visibleOptions: () => [...check.options, ...plain.visibleOptions(program)],
  })
}

function createRoot({ context: { words, print }, version }: Setting): Command {
  const { help } = words
  return new Command('wallet-checkup')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .configureHelp({ styleTitle: (title) => titleIn(title, words) })
    .usage('<address> --rpc-url <url> [options]')
    .description(help.program)
    .version(version, '-V, --version', help.options.version)
    .helpOption('-h, --help', help.options.help)
    .helpCommand(false)
    .addHelpText('after', help.examples)
}

const checkOptions = [
  'failOn',
  'allowIncomplete',
  'rule',
  'skipRule',
  'tokenList',
  'shownTokens',
  'threatList',
  'fromBlock',
  'erc1155',
  'block',
  'quick',
  'logsFrom',
  'secondRpcUrl',
  'secondOpinion',
  'yes',
  'maxRps',
  'maxRequests',
  'timeout',
  'cacheDir',
  'cache',
  'quiet',
  'saveFacts',
  'facts',
] as const

function addCheck(program: Command, { context, end }: Setting): Command {
  const { words } = context
  const check = program
    .command('check', { isDefault: true })
    .description(words.help.check)
    .argument('[address]', words.help.arguments.address)
    .action(async (address: string | undefined, flags: CheckFlags) => {
      const { default: run } = await import('./commands/check.ts')
      end(await run(address, flags, context))
    })
  for (const name of ['rpcUrl', 'chain'] as const) addOption(check, name, words)
  addDisplay(check, words)
  for (const name of checkOptions) addOption(check, name, words)
  return check.addHelpText('after', words.help.examples)
}

function addReport(program: Command, { context, end }: Setting): void {
  const { help } = context.words
  const report = program.command('report').description(help.report).argument('<file>', help.arguments.reportFile)
  addDisplay(report, context.words).action(async (file: string, flags: ReportFlags) => {
    const { default: run } = await import('./commands/report.ts')
    end(await run(file, flags, context))
  })
}

function addRules(program: Command, { context, end }: Setting): void {
  const { help } = context.words
  const rules = program.command('rules').description(help.rules).argument('[id]', help.arguments.rule)
  addOption(rules, 'locale', context.words).action(async (ruleId: string | undefined) => {
    const { default: run } = await import('./commands/rules.ts')
    end(await run(ruleId, context))
  })
}

function addCache(program: Command, { context, end }: Setting): void {
  const { help } = context.words
  const cache = program.command('cache').description(help.cache).argument('<action>', help.arguments.cache)
  for (const name of ['cacheDir', 'locale'] as const) addOption(cache, name, context.words)
  cache.action(async (action: string, flags: CacheFlags) => {
    const { default: run } = await import('./commands/cache.ts')
    end(await run(action, flags, context))
  })
}

function addDemo(program: Command, { context, end }: Setting): void {
  const demo = program.command('demo').description(context.words.help.demo)
  // No -o: two reports are no JSON document, and no file.
  for (const name of ['locale', 'color'] as const) addOption(demo, name, context.words)
  demo.action(async (flags: DemoFlags) => {
    const { default: run } = await import('./commands/demo.ts')
    end(await run(flags, context))
  })
}

/** What a command takes that prints one report. */
function addDisplay(command: Command, words: CliWords): Command {
  for (const name of ['locale', 'output', 'color'] as const) addOption(command, name, words)
  return command
}

function titleIn(title: string, words: CliWords): string {
  const titles: Readonly<Record<string, string>> = words.help.titles
  return titles[title] ?? title
}
