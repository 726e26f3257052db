import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Program, query, run, start, temporary } from './program.ts';
import { freePort, hasRedis } from './redis-server.ts';
import { audience, claims, issuer, secret, sign } from './tokens.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Whether there are redis-server and nginx; where one is missing, it says so. */
export function hasReplicas(testFile: string): boolean {
  const runs = !spawnSync('nginx', ['-v']).error || process.env.CI === 'true';
  if (!runs) process.stderr.write(`\n*** NOT RUN: ${testFile}, since there is no nginx ***\n\n`);
  return hasRedis(testFile) && runs;
}

/** What README sets for each of many replicas, besides where things are. */
export function settingsOfReadme(): Record<string, string> {
  const [, section = ''] = /^## Many replicas\n([\s\S]*?)^## /m.exec(read('README.md')) ?? [];
  const [, block = ''] = /```sh\n([\s\S]*?)```/.exec(section) ?? [];
  return Object.fromEntries(
    [...block.matchAll(/\b([A-Z][A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  );
}

export interface Replicas {
  readonly programs: readonly Program[];
  /** Of each gateway. */
  readonly origins: readonly string[];
  /** Of nginx in front of them. */
  readonly origin: string;
  /** Asks as staff, through nginx unless another origin is given. */
  ask(text: string, origin?: string): ReturnType<typeof query>;
}

/** Three gateways as processes behind nginx, configured as README says. */
export async function startReplicas(environment: Record<string, string>): Promise<Replicas> {
  const settings = {
    ...settingsOfReadme(),
    AUTH_JWT_SECRET: secret,
    AUTH_JWT_ISSUER: issuer,
    AUTH_JWT_AUDIENCE: audience,
    ...environment,
    PORT: '0',
  };
  const programs = [1, 2, 3].map(() => run([], settings));
  const origins = await Promise.all(
    programs.map(async ({ says }) => (await says(/(http:\/\/\S+)\/graphql/))[1] ?? ''),
  );
  const port = await freePort();
  const directory = mkdtempSync(join(temporary, 'nginx-'));
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n');
  const configuration = join(directory, 'nginx.conf');
  const text = origins.reduce(
    (conf, origin, index) => conf.replace(`127.0.0.1:${4001 + index}`, new URL(origin).host),
    read('examples/replicas/nginx.conf'),
  );
  // In one process, so that none is left where the test fails.
  writeFileSync(
    configuration,
    `master_process off;\n${text}`
      .replace('127.0.0.1:4000', `127.0.0.1:${port}`)
      .replace(/^pid .*$/m, `pid ${directory}/pid;`)
      .replace('http {', `http {\n${places}`),
  );
  const nginx = start('nginx', ['-e', 'stderr', '-c', configuration]);
  const origin = `http://127.0.0.1:${port}`;
  const staff = await sign(claims({ sub: 'staff-1', scope: 'read_orders update_orders create_orders' }));
  const ask: Replicas['ask'] = (text, at = origin) => query(at, text, staff);
  await expect.poll(() => ask('{ __typename }').catch(() => nginx.said())).toHaveProperty('data');
  return { programs, origins, origin, ask };
}
