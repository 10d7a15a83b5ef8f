// The command line as three bundles: cli.cjs, all that `--version` and `--help` need, in one file; under cli/ what it loads, and what that loads in rare cases.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { build, transform } from 'esbuild'
import * as chains from 'viem/chains'

/** Node starts CommonJS sooner, and loads it sooner: a module of the newer kind costs a millisecond before its first line runs. */
const commonJs = {
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  // Names stay, so that a stack in a bug report can be read.
  minifyWhitespace: true,
  // Every Node that we support reads \p{…}; esbuild knows it of later ones only, and would make such an expression anew each time.
  supported: { 'dynamic-import': false, 'regexp-unicode-property-escapes': true },
  define: { 'import.meta.dirname': '__dirname' },
}
const shared = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  outExtension: { '.js': '.cjs' },
  supported: { 'regexp-unicode-property-escapes': true },
  legalComments: 'eof',
  metafile: true,
  write: false,
  // Native code cannot be bundled: it loads from node_modules when a cache is opened. The second stack stays as its makers
  // published it, and loads when there is something to read again: it brings code for signing, which no bundle of ours has.
  external: ['libsql', 'ethers/*'],
  logLevel: 'warning',
}
/** In bundles of their own: what only they need of viem would else load with what every check needs of it. */
const rare = /\/(?:ens-client|chain-list)\.ts$/

/** Writes the bundles. @returns the files of packages that are in them */
export async function bundleCommand(folder) {
  const commands = apart({ filter: /^\.\.?\//, from: './cli/' })
  const rarely = apart({ filter: rare, from: './' })
  const front = await build({
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: folder,
    plugins: [commands.plugin, parserModules],
  })
  const split = { ...shared, outdir: join(folder, 'cli'), splitting: true, chunkNames: '[name]-[hash]' }
  const main = await build({
    ...split,
    entryPoints: commands.found,
    plugins: [rarely.plugin, viemParts, englishZod, noRandom, trueImport],
  })
  const rest = await build({ ...split, entryPoints: rarely.found, plugins: [chainData] })
  const files = [
    await writeUsed(front, { write: asShortCommonJs }),
    await writeUsed(main, { first: join(folder, 'cli/check.cjs') }),
    await writeUsed(rest),
  ]
  chmodSync(join(folder, 'cli.cjs'), 0o755)
  return files.flat()
}

/** Leaves dynamic imports of our own files alone, and remembers them: they are the entries of another bundle. */
function apart({ filter, from }) {
  const found = {}
  const plugin = {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        const name = basename(path, '.ts')
        const file = resolve(resolveDir, path)
        if ((found[name] ?? file) !== file) throw new Error(`two files would become ${name}.cjs`)
        found[name] = file
        return { path: `${from}${name}.cjs`, external: true }
      })
    },
  }
  return { found, plugin }
}

/**
 * esbuild also makes files for what packages could load in code that was left out. Nothing refers to them.
 * It splits bundles only while they are modules, so they become CommonJS here.
 * @param first whose own parts go into one file, because finding and opening a dozen takes a tenth of the time up to the first request
 */
async function writeUsed({ outputFiles, metafile: { outputs } }, { first, write = asCommonJs } = {}) {
  const follow = (name, used) => {
    if (used.has(name)) return used
    used.add(name)
    for (const { path, kind, external } of outputs[name].imports) {
      if (external !== true && !(used.isEager && kind === 'dynamic-import')) follow(path, used)
    }
    return used
  }
  const used = new Set()
  for (const [name, { entryPoint }] of Object.entries(outputs)) if (entryPoint?.startsWith('src/')) follow(name, used)
  const joined =
    first === undefined ? new Set() : follow(relative('.', first), Object.assign(new Set(), { isEager: true }))
  const texts = new Map(outputFiles.map(({ path, text }) => [relative('.', path), text]))
  for (const name of used) {
    mkdirSync(dirname(name), { recursive: true })
    if (!joined.has(name)) writeFileSync(name, await write(texts.get(name)))
  }
  if (first !== undefined) await writeJoined(first, [...joined], texts)
  const inputs = [...used].flatMap((name) => Object.entries(outputs[name].inputs))
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file)
}

/** One file of many parts. In place of each of the others stands what takes it out of there, because other files name it. */
async function writeJoined(first, names, texts) {
  const contents = new Map(names.map((name) => [`./${basename(name)}`, texts.get(name)]))
  const [head, ...others] = [...contents.keys()]
  const plugin = {
    name: 'joined',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path, kind }) => {
        const isPart = kind !== 'dynamic-import' && contents.has(path)
        return isPart ? { path, namespace: 'joined' } : { path, external: true }
      })
      onLoad({ filter: /.*/, namespace: 'joined' }, ({ path }) => ({ contents: contents.get(path) }))
    },
  }
  const lines = others.map((file, index) => `export * as part${index} from ${JSON.stringify(file)}`)
  const { outputFiles } = await build({
    ...shared,
    legalComments: 'inline',
    stdin: { contents: [`export { default } from ${JSON.stringify(head)}`, ...lines].join('\n') },
    plugins: [plugin],
  })
  writeFileSync(first, await asShortCommonJs(outputFiles[0].text))
  for (const [index, file] of others.entries()) {
    const part = `require(${JSON.stringify(head)}).part${index}`
    const text = `module.exports=Object.defineProperty(${part},"__esModule",{value:true})`
    writeFileSync(join(dirname(first), file), text)
  }
}

async function asCommonJs(text) {
  return (await transform(text, commonJs)).code
}

/** For what every start reads: it takes time to read a long name, too. The functions and classes of a file keep theirs. */
async function asShortCommonJs(text) {
  // What is no module any more keeps its outer names. Node makes sense of \p{…} when it reads it, which takes as long as all the rest: such an expression is made where it is used.
  const short = { target: 'node20.19', minify: true, supported: { 'regexp-unicode-property-escapes': false } }
  const { code } = await transform(await asCommonJs(text), short)
  // Node reads a text of ASCII alone faster. What esbuild leaves are letters in expressions.
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** zod brings its own messages in fifty languages. Nobody reads them: what is wrong is said in our words. */
const englishZod = {
  name: 'english-zod',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path }) => {
      const lines = readFileSync(path, 'utf8').split('\n')
      return { contents: lines.filter((line) => line.includes('"./en.js"')).join('\n'), resolveDir: dirname(path) }
    })
  },
}

/** viem's functions from their own files: through its list of all of them, whoever needs one would load what anybody needs. */
const viemParts = {
  name: 'viem-parts',
  setup({ onLoad, resolve: find }) {
    let parts
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const given = /^import \{ ([\w, ]+) \} from 'viem\/utils'$/m
      if (!given.test(source)) return undefined
      parts ??= find('viem/utils', { kind: 'import-statement', resolveDir: dirname(path) }).then(({ path }) =>
        partsOf(path),
      )
      const files = await parts
      const straight = (_, names) =>
        names
          .split(', ')
          .map((name) => `import { ${name} } from ${JSON.stringify(files.get(name))};`)
          .join(' ')
      return { contents: source.replace(given, straight), loader: 'ts', resolveDir: dirname(path) }
    })
  },
}

/** By name, the files that a list of exports takes them from. */
function partsOf(list) {
  const lines = readFileSync(list, 'utf8').matchAll(/^export \{ ([\w, ]+?),? \} from '(\.[^']+)';$/gm)
  return new Map(
    [...lines].flatMap(([, names, file]) => names.split(', ').map((name) => [name, join(dirname(list), file)])),
  )
}

/** Hashes need no random numbers, and the part of Node that has them takes longer to load than the hashes. */
const noRandom = {
  name: 'no-random',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@noble[\\/]hashes[\\/]esm[\\/]cryptoNode\.js$/ }, () => ({
      contents: 'export const crypto = undefined',
    }))
  },
}

/** viem's chains as plain data: the code that some bring is for sending transactions, and ten times as large. */
const chainData = {
  name: 'chain-data',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]rpc[\\/]chain-list\.ts$/ }, () => {
      const isChain = (value) => typeof value === 'object' && value !== null && 'id' in value && 'rpcUrls' in value
      const list = Object.entries(chains).filter(([, chain]) => isChain(chain))
      const data = list.map(([key, { id, name, testnet, nativeCurrency, rpcUrls, contracts }]) => [
        key,
        { id, name, testnet, nativeCurrency, rpcUrls: { default: rpcUrls.default }, contracts },
      ])
      return { contents: `export const chainList = JSON.parse(${JSON.stringify(JSON.stringify(data))})`, loader: 'js' }
    })
  },
}

/** Plugins are modules of any kind, and a `require`, which imports become here, cannot load each. Out of a text Node makes an import. */
const trueImport = {
  name: 'true-import',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]plugins[\\/]native-import\.ts$/ }, () => ({
      contents: "export const nativeImport = new Function('url', 'return import(url)')",
      loader: 'js',
    }))
  },
}

/**
 * The parser as modules that esbuild puts side by side: in a function each, they would be read twice before they run.
 * It can run other programs as its commands. Ours are all its own, and what starts processes takes long to load.
 */
const parserModules = {
  name: 'parser-modules',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]commander[\\/]esm\.mjs$/ }, ({ path }) => ({
      contents: ['Command', 'Help', 'Option']
        .map((name) => `export { ${name} } from './lib/${name.toLowerCase()}.js'`)
        .join('\n'),
      resolveDir: dirname(path),
    }))
    onLoad({ filter: /[\\/]commander[\\/]lib[\\/]/ }, ({ path }) => ({
      contents: asModule(readFileSync(path, 'utf8')),
    }))
  },
}

function asModule(source) {
  const text = source
    .replace("const process = require('node:process');", '')
    .replace("require('node:child_process')", '{}')
    .replace(/\brequire\('(node:\w+)'\)/g, "process.getBuiltinModule('$1')")
    .replace(/^const (\{[^}]*\}) = require\('([^']+)'\);$/gm, "import $1 from '$2';")
    .replace(/^exports\.(\w+) = \1;/gm, 'export { $1 };')
  const left = /.*(?:\brequire\(|\bexports\b).*/.exec(text)
  if (left !== null) throw new Error(`The parser has a line of an unknown kind: ${left[0]}`)
  return text
}
