import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/**
 * Who may import whom: for each place its own files, and besides them what is listed. A name is a folder or a
 * file of src, or a package; Node's own are free to all.
 */
const rules: Readonly<
  Record<string, { readonly mayImport: readonly string[]; readonly typesOf?: readonly string[] }>
> = {
  'main.ts': { mayImport: ['command-line.ts'] },
  'library.ts': {
    mayImport: ['config.ts', 'create-gateway.ts', 'sandbox', 'schema', 'server', 'viewer.ts', 'graphql'],
  },
  'command-line.ts': { mayImport: ['commands.ts', 'run-command.ts', 'start-refusals.ts'] },
  'run-command.ts': { mayImport: ['commands.ts', 'commander'] },
  'commands.ts': {
    mayImport: [
      'doctor',
      'run-until-stopped.ts',
      'sandbox',
      'schema',
      'start-gateway.ts',
      'start-refusals.ts',
    ],
  },
  'run-until-stopped.ts': { mayImport: ['closing.ts', 'config.ts', 'log.ts', 'server'] },
  'start-gateway.ts': { mayImport: ['closing.ts', 'config.ts', 'metrics', 'open-gateway.ts', 'server'] },
  'create-gateway.ts': {
    mayImport: ['closing.ts', 'config.ts', 'open-gateway.ts', 'zod'],
    typesOf: ['checkout', 'config-variables.ts', 'limits.ts', 'log.ts', 'server', 'stores'],
  },
  'start-refusals.ts': { mayImport: [] },
  doctor: {
    mayImport: ['checkout', 'config.ts', 'ecwid', 'log.ts', 'redis', 'schema', 'server', 'start-refusals.ts'],
    typesOf: ['stores', 'undici'],
  },
  'closing.ts': { mayImport: [] },
  'open-stores.ts': {
    mayImport: [
      'closing.ts',
      'open-store.ts',
      'open-webhooks.ts',
      'schema',
      'server',
      'stores',
      'viewer.ts',
      'graphql',
    ],
    typesOf: ['config.ts'],
  },
  stores: {
    mayImport: ['addresses.ts', 'closing.ts', 'server', 'webhooks', 'jose', 'zod'],
    typesOf: ['log.ts'],
  },
  'open-gateway.ts': {
    mayImport: [
      'closing.ts',
      'config.ts',
      'log.ts',
      'metrics',
      'open-store.ts',
      'open-stores.ts',
      'redis',
      'sandbox',
      'sandbox-viewers.ts',
      'schema',
      'server',
      'stores',
      'viewer.ts',
    ],
  },
  'open-store.ts': {
    mayImport: [
      'changes',
      'checkout',
      'closing.ts',
      'config.ts',
      'ecwid',
      'example-operations.ts',
      'log.ts',
      'metrics',
      'open-webhooks.ts',
      'redis',
      'request-scope.ts',
      'sandbox-viewers.ts',
      'schema',
      'server',
    ],
  },
  'open-webhooks.ts': { mayImport: ['closing.ts', 'config.ts', 'redis', 'server', 'webhooks'] },
  changes: { mayImport: [] },
  redis: {
    mayImport: [
      'changes',
      'checkout/journal.ts',
      'ecwid',
      'log.ts',
      'webhooks',
      'ioredis',
      'rate-limiter-flexible',
    ],
    typesOf: ['server'],
  },
  webhooks: { mayImport: ['changes', 'ecwid', 'log.ts', 'lru-cache'] },
  'addresses.ts': { mayImport: [] },
  'check-limit.ts': { mayImport: ['limits.ts', 'log.ts'] },
  'config.ts': {
    mayImport: [
      'addresses.ts',
      'checkout/settings.ts',
      'config-variables.ts',
      'limits.ts',
      'log.ts',
      'stores',
    ],
  },
  'config-lists.ts': { mayImport: ['checkout/settings.ts', 'limits.ts', 'zod'] },
  'config-variables.ts': {
    mayImport: ['addresses.ts', 'checkout/settings.ts', 'config-lists.ts', 'limits.ts', 'log.ts', 'zod'],
  },
  'error-codes.ts': {
    mayImport: ['check-limit.ts', 'limits.ts'],
    typesOf: ['checkout', 'ecwid'],
  },
  'example-operations.ts': { mayImport: [], typesOf: ['server'] },
  'limits.ts': { mayImport: [] },
  'log.ts': { mayImport: ['request-scope.ts', 'pino', 'pino-pretty'] },
  metrics: { mayImport: ['prom-client'] },
  'money.ts': { mayImport: [] },
  'print-configuration.ts': { mayImport: ['config-variables.ts', 'print-table.ts'] },
  'print-errors.ts': { mayImport: ['error-codes.ts', 'print-table.ts', 'schema', 'graphql'] },
  'print-schema.ts': { mayImport: ['schema'] },
  'print-table.ts': { mayImport: [] },
  'request-scope.ts': { mayImport: [] },
  'tracing.ts': { mayImport: ['@opentelemetry/api'] },
  'sandbox-viewers.ts': { mayImport: ['server', 'viewer.ts'] },
  'viewer.ts': { mayImport: ['ecwid/tolerant.ts'] },
  server: {
    mayImport: [
      'check-limit.ts',
      'ecwid/errors.ts',
      'execution',
      'limits.ts',
      'log.ts',
      'request-scope.ts',
      'tracing.ts',
      'viewer.ts',
      'graphql',
      'graphql-yoga',
      '@opentelemetry/api',
      '@graphql-yoga/render-graphiql',
      'jose',
      'rate-limiter-flexible',
      'lru-cache',
    ],
  },
  schema: {
    mayImport: [
      'changes',
      'check-limit.ts',
      'checkout',
      'ecwid',
      'limits.ts',
      'log.ts',
      'viewer.ts',
      'graphql',
      'graphql-scalars',
      '@graphql-tools/utils',
      '@pothos/core',
      '@pothos/plugin-complexity',
    ],
  },
  checkout: { mayImport: ['ecwid', 'log.ts', 'tracing.ts', 'viewer.ts'] },
  ecwid: { mayImport: ['log.ts', 'tracing.ts', 'undici', 'dataloader', 'lru-cache', '@opentelemetry/api'] },
  execution: { mayImport: ['graphql'] },
  sandbox: { mayImport: ['log.ts', 'money.ts'] },
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s(?:(type)\s)?(?:[\w$*{}\s,]+?\sfrom\s)?'([^']+)';|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, type, named, dynamic]) => {
    const specifier = named ?? dynamic ?? '';
    const target = specifier.startsWith('.')
      ? relative(src, resolve(src, dirname(file), specifier))
      : specifier;
    return { file, target, isTypeOnly: type !== undefined };
  });
}

const imports = files.flatMap(importsOf);

/** A room inside a folder is part of the folder's place. */
function placeOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function isWithin(target: string, names: readonly string[]): boolean {
  return names.some((name) => target === name || target.startsWith(`${name}/`));
}

describe('the house', () => {
  test('has a rule for every place, and no rule for a place that is gone', () => {
    expect([...new Set(files.map(placeOf))].sort()).toEqual(Object.keys(rules).sort());
    expect(imports.length).toBeGreaterThan(100);
  });

  test.each(Object.entries(rules))(
    'lets %s import what it may and nothing else',
    (place, { mayImport, typesOf = [] }) => {
      const breaches = imports
        .filter(({ file }) => placeOf(file) === place)
        .filter(({ target }) => !target.startsWith('node:') && !isWithin(target, [place]))
        .filter(
          ({ target, isTypeOnly }) => !isWithin(target, [...mayImport, ...(isTypeOnly ? typesOf : [])]),
        );
      expect(breaches).toEqual([]);
    },
  );

  test('names no rule that nothing needs', () => {
    for (const [place, { mayImport, typesOf = [] }] of Object.entries(rules)) {
      const targets = imports.filter(({ file }) => placeOf(file) === place).map(({ target }) => target);
      const idle = [...mayImport, ...typesOf].filter(
        (name) => !targets.some((target) => isWithin(target, [name])),
      );
      expect(idle, place).toEqual([]);
    }
  });

  test('does not import its composition root', () => {
    expect(imports.filter(({ target }) => target === 'main.ts')).toEqual([]);
  });

  test('reads the environment in config.ts and starts from there', () => {
    const readers = files.filter((file) => /process\.env\b/.test(readFileSync(join(src, file), 'utf8')));
    expect(readers).toEqual(['config.ts']);
  });

  test('has no drawer for odds and ends', () => {
    expect(
      files.filter((file) => /(^|\/)(index|utils?|helpers?|common|services?|misc)(\.ts|\/)/.test(file)),
    ).toEqual([]);
  });
});
