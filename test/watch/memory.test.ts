import { expect, test } from 'vitest'
import { watchMemory } from '../../bench/watch-memory.ts'

const mebibyte = 2 ** 20

// A thousand runs take minutes: `npm run bench watch`.
test('many runs of every rule leave nothing behind', async () => {
  const { used, results } = await watchMemory([150, 225, 300])
  expect(results).toEqual([expect.stringMatching(/^Critical [1-9]\d*, High [1-9]/)])
  expect(used).toHaveLength(3)
  const [warm = 0, ...later] = used
  for (const bytes of later) expect((bytes - warm) / mebibyte).toBeLessThan(3)
}, 600_000)
