import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    setupFiles: ['../../test/execution/fail-on-difference.ts'],
    // On Node's own loader, as the tests of the gateway are, which these start.
    experimental: { viteModuleRunner: false },
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
