import { type ExecutionArgs, execute, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Execute } from '../../src/execution/executor.ts';
import { createComparingExecutor, takeDifferences } from './comparing-executor.ts';
import { smallSchema } from './small-schema.ts';

const text = 'mutation { string thing { resolved } int }';

/** What is told of an executor that runs the mutation, and how often its resolver was called. */
async function differencesOf(executor?: Execute, give: () => unknown = () => 'given') {
  let calls = 0;
  const counted = () => {
    calls += 1;
    return give();
  };
  await createComparingExecutor(
    smallSchema,
    executor,
  )({
    schema: smallSchema,
    document: parse(text),
    rootValue: { string: 'text', thing: { give: counted }, int: 1 },
    contextValue: {},
  });
  await new Promise(setImmediate);
  return { differences: takeDifferences(), calls };
}

/** graphql-js, but for what is done to its arguments or its answer. */
function but(
  changeArgs: (args: ExecutionArgs) => object,
  change: (result: Awaited<ReturnType<Execute>>) => object = () => ({}),
): Execute {
  return async (args) => {
    const result = await execute({ ...args, ...changeArgs(args) });
    return { ...result, ...change(result) };
  };
}

describe('a comparing executor', () => {
  test.each([
    ['a value', () => 'given'],
    ['a promise', async () => 'given'],
    ['an error', () => Promise.reject(new Error('No.'))],
  ])('calls a resolver once, and tells nothing where the answers are the same, of %s', async (_, give) => {
    expect(await differencesOf(undefined, give)).toEqual({ differences: [], calls: 1 });
  });

  test.each([
    [
      'another value',
      but(
        () => ({}),
        ({ data }) => ({ data: { ...data, int: 2 } }),
      ),
    ],
    [
      'another order of keys',
      but(
        () => ({}),
        ({ data }) => ({ data: { int: 1, ...data } }),
      ),
    ],
    [
      'errors more',
      but(
        () => ({}),
        () => ({ errors: [] }),
      ),
    ],
    ['a resolver that is not called', but(() => ({ document: parse('mutation { string int }') }))],
    ['a resolver that is told otherwise', but(() => ({ document: parse(text) }))],
  ])('tells of %s, with the operation and both answers', async (_, executor) => {
    const { differences } = await differencesOf(executor);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(/mutation \{.*By plan: .*By graphql-js: /s);
  });
});
