import { expect } from 'vitest';
import { run, start } from '../program.ts';

export interface Consultation {
  readonly exitCode: number | NodeJS.Signals | null;
  readonly said: string;
  /** What was found well, in order. */
  readonly wells: readonly string[];
  /** What was not, each with what was found and how to mend it. */
  readonly ills: readonly string[];
  /** What could not be looked at. */
  readonly opens: readonly string[];
  /** What was found of one subject. */
  found(subject: string): string;
}

/** Of a store that all is well with; its address in figures needs no DNS, and without https there is no TLS. */
export const wellOverSandbox = [
  ...['Node', 'Configuration', 'Address', 'Journal', 'Connection', 'API'],
  ...['Token', 'read_store_profile', 'read_orders', 'Store', 'Clock'],
];

const secrets = ['ECWID_TOKEN', 'ECWID_CLIENT_SECRET', 'AUTH_JWT_SECRET'];

/** Has the doctor look, who must name no secret, no host of the API and no place in the code, whatever he finds. */
export async function consult(
  environment: Record<string, string> = {},
  preloaded = '',
): Promise<Consultation> {
  const program = preloaded === '' ? run(['doctor'], environment) : runAfter(preloaded, environment);
  const exitCode = await program.exited;
  const said = program.said();
  for (const name of secrets) {
    if (environment[name]) expect(said).not.toContain(environment[name]);
  }
  if (environment.ECWID_API_URL) expect(said).not.toContain(URL.parse(environment.ECWID_API_URL)?.host);
  expect(said).not.toMatch(/\.[jt]s:\d|node:|^ +at |Error\b/m);

  const rows = [...said.matchAll(/^([✓✗–]) (.+?) {2,}(.+)(?:\n {4,}→ (.+))?$/gm)];
  const subjects = (mark: string) =>
    rows.filter(([, one]) => one === mark).map(([, , subject = '']) => subject);
  return {
    exitCode,
    said,
    wells: subjects('✓'),
    ills: rows
      .filter(([, mark]) => mark === '✗')
      .map(([, , subject, found, mend]) => `${subject}: ${found} → ${mend}`),
    opens: subjects('–'),
    found: (name) => rows.find(([, , subject]) => subject === name)?.[3] ?? '',
  };
}

function runAfter(preloaded: string, environment: Record<string, string>) {
  const main = new URL('../../src/main.ts', import.meta.url).pathname;
  const module = `data:text/javascript,${encodeURIComponent(preloaded)}`;
  return start(process.execPath, ['--import', module, main, 'doctor'], environment);
}

/** Just this is not well, and what `lost` names could not be told for it; everything else is well. */
export function expectIll(
  { exitCode, wells, ills, said }: Consultation,
  expected: RegExp,
  { lost = [], all = wellOverSandbox }: { lost?: readonly string[]; all?: readonly string[] } = {},
): void {
  expect(ills, said).toEqual([expect.stringMatching(expected)]);
  const subject = ills[0]?.split(':')[0] ?? '';
  expect(wells, said).toEqual(all.filter((one) => one !== subject && !lost.includes(one)));
  expect(said).toMatch(/\n\nOne thing is not well\.\n$/);
  expect(exitCode).toBe(1);
}
