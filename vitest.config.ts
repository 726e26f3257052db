import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Tests run on Node's own loader, as the product does: a second copy of graphql would break instanceof.
    experimental: { viteModuleRunner: false },
    // What is waited for comes or does not; how soon is the machine's affair.
    expect: { poll: { timeout: 15_000 } },
    // Most of them wait, for sockets and deadlines and other processes.
    maxWorkers: '150%',
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
