// The licences of what was bundled: they must go wherever the code goes.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @returns the text of every licence, of each package once; throws for a package that names none */
export function licences(files) {
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== null))
  return [...folders]
    .sort()
    .map(licence)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

/** null for a file of ours. A package may lie in another package's node_modules: the innermost counts. */
function packageFolder(file) {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/')) ?? []
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? folder : null
}

function licence(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  if (license === undefined && file === undefined) throw new Error(`${name} names no licence`)
  const holder = typeof author === 'object' ? author.name : author
  const text = file === undefined ? (holder ?? '') : readFileSync(join(folder, file), 'utf8')
  return `${name} ${version} (${license ?? 'see below'})\n\n${text.trim()}\n`
}
