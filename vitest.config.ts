import { defineConfig } from 'vitest/config'

// Many tests start the real command or a real node: on a busy machine that takes its time, and no test is about speed.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/bundled-command.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
