import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // As in the tests of this project alone.
    setupFiles: ['../execution/fail-on-difference.ts'],
    experimental: { viteModuleRunner: false },
    // Programs are started, of thousands of files.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
