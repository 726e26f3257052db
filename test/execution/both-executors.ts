import { isDeepStrictEqual } from 'node:util';
import { type ExecutionArgs, execute, parse } from 'graphql';
import { expect } from 'vitest';
import { createExecutor } from '../../src/execution/executor.ts';
import { planOperation } from '../../src/execution/plan.ts';
import { comparable } from './comparable.ts';
import { smallSchema } from './small-schema.ts';

type Run = Partial<Omit<ExecutionArgs, 'document' | 'schema' | 'contextValue'>>;

/** What a plan answers with, and graphql-js as well; the root is made anew for either. */
export async function executeByBoth(text: string, makeRoot: () => unknown = () => ({}), run: Run = {}) {
  const document = parse(text);
  const executePlanned = createExecutor({ planAfter: 0 });
  const outcomes = [];
  for (const executor of [execute, executePlanned, executePlanned]) {
    const calls: unknown[] = [];
    const args = { ...run, schema: smallSchema, document, rootValue: makeRoot(), contextValue: { calls } };
    const result = await executor(args);
    outcomes.push({ answer: comparable(result), data: result.data, errors: result.errors, calls });
  }
  const [expected, ...planned] = outcomes.map(({ answer, calls }) => ({ answer, calls }));
  for (const actual of planned) {
    // Strictly, and without looking into what is iterable, which may be at its end; the other only tells it well.
    if (!isDeepStrictEqual(actual, expected)) expect(actual, text).toStrictEqual(expected);
    expect(isDeepStrictEqual(actual, expected), text).toBe(true);
  }
  return outcomes[1] as (typeof outcomes)[number];
}

/** Whether the one operation of a text is planned. */
export function isPlanned(text: string, mostFields = 1_000): boolean {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('The text has to begin with an operation.');
  return planOperation(smallSchema, document, operation, mostFields) !== undefined;
}
