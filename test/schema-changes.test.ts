import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, DangerousChangeType, findBreakingChanges, findDangerousChanges } from 'graphql';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const present = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** Breaks that a major version makes on purpose, word for word as the test names them; see CONTRIBUTING.md. */
const accepted: readonly string[] = [];

function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

/**
 * The schema of main, or where that is the present one, the schema before its last change there: so that a change is
 * looked at before it is merged, and after. Undefined where there is no history to look into.
 */
function schemaBefore(): string | undefined {
  const main = ['origin/main', 'main', 'HEAD'].find((name) => git('rev-parse', '--verify', '--quiet', name));
  if (!main) return undefined;
  const committed = git('show', `${main}:schema.graphql`);
  if (committed !== present) return committed;
  const change = git('log', '-1', '--format=%H', main, '--', 'schema.graphql')?.trim();
  return change && git('show', `${change}^:schema.graphql`);
}

function breaksBetween(before: string, after: string): string[] {
  const [one, other] = [buildSchema(before), buildSchema(after)];
  // Who leaves the argument out gets something else.
  const ofDefaults = findDangerousChanges(one, other).filter(
    ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  );
  return [...findBreakingChanges(one, other), ...ofDefaults].map(({ description }) => description);
}

describe('a change of schema.graphql', () => {
  const before = schemaBefore();
  const missing = before === undefined && 'there is no history of schema.graphql to compare with';
  if (missing) process.stderr.write(`Skipped: ${missing}.\n`);

  test.skipIf(missing)('breaks nothing that clients of main depend on', () => {
    expect(breaksBetween(before ?? '', present)).toEqual(accepted);
  });

  test('is told apart from one that breaks them', () => {
    const changed = present.replaceAll('  hidden: Boolean!', '  concealed: Boolean!');
    expect(breaksBetween(present, changed)).toContain('Cart.hidden was removed.');
    expect(breaksBetween(present, present.replace('first: Int = 20', 'first: Int = 5'))).toHaveLength(1);
    expect(breaksBetween(present, `${present}\ntype More { "More." more: Int }`)).toEqual([]);
  });
});
