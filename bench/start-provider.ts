import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Profile } from './profiles.ts'
import type { Books, Order } from './provider.ts'

export type Provider = {
  readonly url: string
  /** What arrived and what became of it, since the start or the last reset. */
  readonly books: () => Promise<Books>
  /** Empties the books and fills the bucket. */
  readonly reset: () => Promise<void>
  /** Another behaviour from now on. The chain stays. */
  readonly change: (change: Partial<Profile>) => Promise<void>
  readonly stop: () => Promise<void>
}

const program = fileURLToPath(new URL('./provider.ts', import.meta.url))

/** Starts a provider in a process of its own, so that its work is not ours. It ends with `stop`, or with this process. */
export async function startProvider(profile: Profile): Promise<Provider> {
  const child = fork(program, [JSON.stringify(profile)], { execArgv: ['--import', 'tsx'] })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port)) // its first word
    child.once('exit', (code) => reject(new Error(`The provider ended with ${code} before it listened.`)))
  })
  const order = createOrders(child)
  return {
    url: `http://127.0.0.1:${port}`,
    books: () => order({ ask: 'books' }),
    reset: async () => void (await order({ ask: 'reset' })),
    change: async (change) => void (await order({ ask: 'change', change })),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill()
      }),
  }
}

type Wish = Order extends infer Each ? (Each extends Order ? Omit<Each, 'id'> : never) : never

function createOrders(child: ChildProcess): (wish: Wish) => Promise<Books> {
  const waiting = new Map<number, (books: Books) => void>()
  let last = 0
  child.on('message', (message) => {
    const { id, books } = message as { id: number; books: Books } // all that it says after its first word
    waiting.get(id)?.(books)
    waiting.delete(id)
  })
  return (wish) =>
    new Promise((resolve) => {
      const id = ++last
      waiting.set(id, resolve)
      child.send({ ...wish, id })
    })
}

/** Runs with a provider that ends whatever happens. */
export async function withProvider<Result>(
  profile: Profile,
  use: (provider: Provider) => Promise<Result>,
): Promise<Result> {
  const provider = await startProvider(profile)
  try {
    return await use(provider)
  } finally {
    await provider.stop()
  }
}
