import { defineConfig } from 'vitest/config'

// Many tests start the real command or a real node: on a busy machine that takes its time, and no test is about speed.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/bundled-command.ts',
    // Most of the time tests wait for a node or a command: leaving a core free would leave it idle.
    maxWorkers: '100%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
