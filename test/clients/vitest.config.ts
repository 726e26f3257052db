import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    setupFiles: ['../execution/fail-on-difference.ts', 'relay/resolve-artifacts.ts'],
    // On Node's own loader, as the tests of the gateway are, which these start.
    experimental: { viteModuleRunner: false },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
