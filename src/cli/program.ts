/** The command line as commander sees it: names and words, no logic. Commands load when they run. */
import { fstatSync } from 'node:fs'
import { Command, Help } from 'commander'
import type { CacheFlags } from './cache.ts'
import type { CheckFlags } from './check-flags.ts'
import { checkOptions, displayOptions, suppressOptions, watchOptions } from './command-options.ts'
import type { BaselineFlags } from './commands/baseline.ts'
import type { ConfigCommandFlags } from './commands/config.ts'
import type { DemoFlags } from './commands/demo.ts'
import type { InitFlags } from './commands/init.ts'
import type { ReportFlags } from './commands/report.ts'
import type { RulesFlags } from './commands/rules.ts'
import type { WatchFlags } from './commands/watch.ts'
import type { CliContext } from './context.ts'
import { addOptions, type OptionName } from './program-options.ts'
import type { SuppressFlags } from './suppress-flags.ts'
import type { CliWords } from './words/index.ts'

type Setting = {
  readonly context: CliContext
  readonly version: string
  /** What will be parsed. */
  readonly args: readonly string[]
  /** Takes the exit code of the command that ran. */
  readonly end: (exitCode: number) => void
}

/** Errors of the parser are thrown as commander's own, and printed by nobody but `main`. */
export function createProgram(setting: Setting): Command {
  const { words } = setting.context
  const program = createRoot(setting)
  const check = addCheck(program, setting)
  const others = namedIn(setting.args).map((add) => add(program, setting))
  const optionsOf = new Map([check, ...others].map(({ command, options }) => [command, options]))
  // Making fifty options takes longer than anything else here, and a run needs those of one command.
  const withOptions = (command: Command): Command =>
    command.options.length > 0 ? command : addOptions(command, optionsOf.get(command) ?? [], words)
  program.hook('preSubcommand', (_, command) => void withOptions(command))
  // The default command's options are what most people look for. Last, because commands take over what stands here when they are made.
  const plain = new Help()
  return program.configureHelp({
    styleTitle: (title) => titleIn(title, words),
    visibleOptions: () => [...withOptions(check.command).options, ...plain.visibleOptions(program)],
  })
}

/** All for the help, which lists them. Else those that an argument names, if only by chance: making ten takes a millisecond. */
function namedIn(args: readonly string[]) {
  const isHelp = args.some((text) => /^(?:-\w*h|--help)/.test(text))
  return Object.entries(otherCommands).flatMap(([name, add]) => (isHelp || args.includes(name) ? [add] : []))
}

type Made = { readonly command: Command; readonly options: readonly OptionName[] }

/** Columns of the help where nobody says how wide it may be. */
const plainWidth = 80

function isDevice(file: number): boolean {
  return fstatSync(file).isCharacterDevice()
}

function createRoot({ context, version }: Setting): Command {
  const { words, print } = context
  const { help } = words
  // Node's stream of the terminal knows how wide it is, and takes longer to load than all the help.
  const width = (): number | undefined => (isDevice(1) ? context.stdout.columns : undefined)
  return new Command('wallet-checkup')
    .exitOverride()
    .configureOutput({
      writeOut: print,
      writeErr: () => {},
      getOutHelpWidth: () => width() ?? plainWidth,
      getOutHasColors: () => false,
    })
    .configureHelp({ styleTitle: (title) => titleIn(title, words) })
    .usage('<address...> --rpc-url <url> [options]')
    .description(help.program)
    .version(version, '-V, --version', help.options.version)
    .helpOption('-h, --help', help.options.help)
    .helpCommand(false)
    .addHelpText('after', help.examples)
}

function addCheck(program: Command, { context, end }: Setting): Made {
  const { words } = context
  const command = program
    .command('check', { isDefault: true })
    .description(words.help.check)
    .argument('[address...]', words.help.arguments.address)
    .action(async (addresses: readonly string[], flags: CheckFlags) => {
      const { default: run } = await import('./commands/check.ts')
      end(await run(addresses, flags, context))
    })
    .addHelpText('after', words.help.examples)
  return { command, options: checkOptions }
}

function addWatch(program: Command, { context, end }: Setting): Made {
  const { help } = context.words
  const command = program.command('watch').description(help.watch).argument('[address...]', help.arguments.address)
  command.action(async (addresses: readonly string[], flags: WatchFlags) => {
    const { default: run } = await import('./commands/watch.ts')
    end(await run(addresses, flags, context))
  })
  return { command, options: watchOptions }
}

function addReport(program: Command, { context, end }: Setting): Made {
  const { help } = context.words
  const command = program.command('report').description(help.report).argument('<file>', help.arguments.reportFile)
  command.action(async (file: string, flags: ReportFlags) => {
    const { default: run } = await import('./commands/report.ts')
    end(await run(file, flags, context))
  })
  return { command, options: displayOptions }
}

function addRules(program: Command, { context, end }: Setting): Made {
  const { help } = context.words
  const command = program.command('rules').description(help.rules).argument('[id]', help.arguments.rule)
  command.action(async (ruleId: string | undefined, flags: RulesFlags) => {
    const { default: run } = await import('./commands/rules.ts')
    end(await run(ruleId, flags, context))
  })
  return { command, options: ['plugin', 'config', 'noConfig', 'locale'] }
}

function addCache(program: Command, { context, end }: Setting): Made {
  const { help } = context.words
  const command = program.command('cache').description(help.cache).argument('<action>', help.arguments.cache)
  command.action(async (action: string, flags: CacheFlags) => {
    const { default: run } = await import('./commands/cache.ts')
    end(await run(action, flags, context))
  })
  return { command, options: ['cacheDir', 'locale'] }
}

function addBaseline(program: Command, { context, end }: Setting): Made {
  const { help } = context.words
  const command = program
    .command('baseline')
    .description(help.baseline)
    .argument('<action>', help.arguments.baseline)
    .argument('<report>', help.arguments.reportFile)
  command.action(async (action: string, reportFile: string, flags: BaselineFlags) => {
    const { default: run } = await import('./commands/baseline.ts')
    end(await run({ action, reportFile }, flags, context))
  })
  return { command, options: ['updatedBaseline', 'config', 'locale'] }
}

function addSuppress(program: Command, { context, end }: Setting): Made {
  const { help } = context.words
  const command = program
    .command('suppress')
    .description(help.suppress)
    .argument('<action>', help.arguments.suppress)
    .argument('[report]', help.arguments.suppressReport)
  command.action(async (action: string, reportFile: string | undefined, flags: SuppressFlags) => {
    const { default: run } = await import('./commands/suppress.ts')
    end(await run({ action, reportFile }, flags, context))
  })
  return { command, options: suppressOptions }
}

function addInit(program: Command, { context, end }: Setting): Made {
  const command = program.command('init').description(context.words.help.init)
  command.action(async (flags: InitFlags) => {
    const { default: run } = await import('./commands/init.ts')
    end(await run(flags, context))
  })
  return { command, options: ['config', 'locale'] }
}

function addConfig(program: Command, { context, end }: Setting): Made {
  const { help } = context.words
  const command = program.command('config').description(help.config).argument('<action>', help.arguments.config)
  command.action(async (action: string, flags: ConfigCommandFlags) => {
    const { default: run } = await import('./commands/config.ts')
    end(await run(action, flags, context))
  })
  return { command, options: ['config', 'json', 'locale'] }
}

function addDemo(program: Command, { context, end }: Setting): Made {
  const command = program.command('demo').description(context.words.help.demo)
  command.action(async (flags: DemoFlags) => {
    const { default: run } = await import('./commands/demo.ts')
    end(await run(flags, context))
  })
  // No -o: two reports are no JSON document, and no file.
  return { command, options: ['locale', 'color'] }
}

/** In the order of the help. */
const otherCommands = {
  watch: addWatch,
  report: addReport,
  rules: addRules,
  cache: addCache,
  baseline: addBaseline,
  suppress: addSuppress,
  init: addInit,
  config: addConfig,
  demo: addDemo,
}

function titleIn(title: string, words: CliWords): string {
  const titles: Readonly<Record<string, string>> = words.help.titles
  return titles[title] ?? title
}
