import { readFileSync } from 'node:fs';

const variables = ['UPSTREAM_URL', 'UPSTREAM_TOKEN', 'SCHEMA', 'PICKERS'] as const;

function read(name: (typeof variables)[number]): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: contenders are started by main.ts.`);
  return value;
}

/** The REST API's address of the store. */
export const upstream = new URL(read('UPSTREAM_URL'));
export const upstreamHeaders = {
  authorization: `Bearer ${read('UPSTREAM_TOKEN')}`,
  accept: 'application/json',
};

export const readTypeDefs = () => readFileSync(read('SCHEMA'), 'utf8');
export const pickersModule = () => read('PICKERS');

/** Tells whoever has started this process that it is ready. */
export function tellReady(port: number): void {
  process.stdout.write(`http://127.0.0.1:${port}/graphql\n`);
}
