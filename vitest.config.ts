import { defineConfig } from 'vitest/config';

/** What GraphQL over HTTP, and every rule about who may ask for what, is held to by either door; see test/door.ts. */
const throughYoga = [
  'access/*',
  ...[
    'attacks',
    'graphql-over-http',
    'limits',
    'load-limit',
    'rate-limit',
    'requests',
    'trusted-documents',
  ].map((name) => `server/${name}`),
];

/** Packages of their own, for what is too heavy to be installed with the rest. */
const packages = ['clients', 'package', 'supergraph'].map((name) => `test/${name}/**`);

export default defineConfig({
  test: {
    // Every operation that a test sends to a gateway is run by graphql-js as well.
    setupFiles: ['test/execution/fail-on-difference.ts'],
    // Tests run on Node's own loader, as the product does: a second copy of graphql would break instanceof.
    experimental: { viteModuleRunner: false },
    // What is waited for comes or does not; how soon is the machine's affair.
    expect: { poll: { timeout: 15_000 } },
    // Most of them wait, for sockets and deadlines and other processes.
    maxWorkers: '150%',
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'all', include: ['test/**/*.test.ts'], exclude: packages } },
      {
        extends: true,
        test: {
          name: 'through Yoga',
          include: throughYoga.map((name) => `test/${name}.test.ts`),
          env: { TEST_DOOR: 'yoga' },
        },
      },
    ],
  },
});
