/** The demo chain of a checkout: a process of its own, because anvil and the compiler are no part of the installed package. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const announcement = z.object({
  url: z.url(),
  chainId: z.int(),
  sick: z.string(),
  well: z.string(),
  threatList: z.string(),
  tokenList: z.string(),
  shownTokens: z.string(),
})
export type DemoChain = Readonly<z.infer<typeof announcement>> & { readonly stop: () => Promise<void> }

/** Where the package lies, and whether it can run the demo chain: only a checkout with its development packages can. */
export function demoParts(): { readonly root: string; readonly isLive: boolean } {
  const root = packageRoot(import.meta.dirname)
  return {
    root,
    isLive: existsSync(join(root, servePath)) && canResolve(root, ['tsx', '@foundry-rs/anvil/package.json']),
  }
}

/** Starts it and waits until it is ready; null when it ends before that. */
export async function startDemoChain(root: string, signal: AbortSignal): Promise<DemoChain | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', servePath], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  // It lives until its standard input ends: also when this process is killed.
  const stop = async () => {
    child.stdin.destroy()
    child.kill('SIGTERM')
    await ended
  }
  signal.addEventListener('abort', stop)
  const line = await Promise.race([firstLine(child.stdout), ended.then(() => null)])
  const announced = line === null ? null : parse(line)
  if (announced !== null) return { ...announced, stop }
  await stop()
  return null
}

const servePath = join('fixtures', 'chains', 'serve-demo.ts')

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | null> {
  for await (const line of createInterface({ input: stream })) return line
  return null
}

function parse(line: string) {
  try {
    const parsed = announcement.safeParse(JSON.parse(line))
    return parsed.success ? parsed.data : null
  } catch {
    // Something other than its announcement: what it said stands on standard error.
    return null
  }
}

function packageRoot(folder: string): string {
  const parent = dirname(folder)
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : packageRoot(parent)
}

function canResolve(root: string, names: readonly string[]): boolean {
  const require = createRequire(join(root, 'package.json'))
  try {
    for (const name of names) require.resolve(name)
    return true
  } catch {
    // Not installed: the recorded facts are there for that.
    return false
  }
}
