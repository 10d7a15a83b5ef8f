// Unpacks npm packages whose data the scripts beside this one read.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The newest version, unpacked under `folder`. Throws unless the licence is one of `allowed`. */
export function unpack(name, { folder, allowed }) {
  const [packed] = JSON.parse(npm('pack', name, '--json', '--pack-destination', folder))
  const target = mkdtempSync(join(folder, 'package-'))
  run('tar', ['xzf', join(folder, packed.filename), '-C', target])
  const path = join(target, 'package')
  const { version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const licence = license ?? licenceOf(path)
  if (!allowed.includes(licence)) throw new Error(`${name} has the licence ${licence}`)
  return { path, version, licence }
}

function licenceOf(path) {
  const text = readFileSync(join(path, 'LICENSE'), 'utf8')
  return /^(?:The )?MIT License/i.test(text.trim()) ? 'MIT' : text.trim().split('\n')[0]
}

/** The day on which a version was published. */
export function publishDate(name, version) {
  return JSON.parse(npm('view', name, 'time', '--json'))[version].slice(0, 10)
}

function npm(...commands) {
  return run('npm', commands)
}

function run(command, commands) {
  const { status, stdout, stderr } = spawnSync(command, commands, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`${command} ${commands.join(' ')} failed: ${stderr}`)
  return stdout
}
