/** Bundles the command once for all tests: hundreds of them start it, and from its sources it starts ten times as slowly. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The file to start. */
    command: string
  }
}

const root = resolve(import.meta.dirname, '../..')

export default async function bundle(project: TestProject): Promise<() => Promise<void>> {
  // Inside of the checkout: what stays outside of the bundle is loaded from its node_modules.
  await mkdir(join(root, '.cache'), { recursive: true })
  const folder = await mkdtemp(join(root, '.cache', 'command-'))
  const write = async () => {
    const { bundleCommand } = await import(join(root, 'scripts/bundle-command.mjs'))
    await bundleCommand(folder)
  }
  // In the midst of a change the tests that do not start it are still of use.
  await write().catch((error: unknown) => {
    process.stderr.write(`No bundle, so every test that starts the command fails: ${error}\n`)
  })
  project.onTestsRerun(write)
  project.provide('command', join(folder, 'cli.cjs'))
  return () => rm(folder, { recursive: true, force: true })
}
