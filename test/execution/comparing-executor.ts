import { inspect, isDeepStrictEqual } from 'node:util';
import { type ExecutionArgs, execute, type GraphQLSchema, print } from 'graphql';
import { createExecutor, type Execute } from '../../src/execution/executor.ts';
import { comparable } from './comparable.ts';
import {
  callsNotRepeated,
  prepareResolvers,
  type Recording,
  recordCalls,
  repeatCalls,
} from './recorded-resolvers.ts';

const differences: string[] = [];

/** What has differed since it was last asked for. */
export function takeDifferences(): readonly string[] {
  return differences.splice(0);
}

/**
 * Runs each operation by plan, from its first time on, and keeps graphql-js at its heels: that gets the very values,
 * promises and errors that resolvers answered the plan with, so nothing is done twice, and has to come to the same
 * answer from them.
 */
export function createComparingExecutor(
  schema: GraphQLSchema,
  executePlanned: Execute = createExecutor({ planAfter: 0 }),
): Execute {
  prepareResolvers(schema);
  return (args) => {
    const recording = recordCalls(args.contextValue as object);
    const contextToRepeat = { ...(args.contextValue as object) };
    const result = executePlanned(args);
    // Told before the gateway has it, which may add to it.
    const actual = Promise.resolve(result).then(comparable);
    repeatCalls(contextToRepeat, recording);
    const expected = Promise.resolve(execute({ ...args, contextValue: contextToRepeat })).then(comparable);
    void Promise.all([actual, expected]).then((answers) => compare(args, recording, ...answers));
    return result;
  };
}

function compare(args: ExecutionArgs, recording: Recording, actual: object, expected: object): void {
  const notRepeated = callsNotRepeated(recording);
  const deviations = [
    ...recording.deviations,
    ...notRepeated.map((place) => `The plan calls the resolver of ${place}, graphql-js does not.`),
  ];
  if (deviations.length === 0 && isDeepStrictEqual(actual, expected)) return;
  const show = (value: unknown) => inspect(value, { depth: null, maxArrayLength: null });
  differences.push(
    [
      'The plan of an operation does otherwise than graphql-js:',
      print(args.document),
      `Operation: ${args.operationName}, variables: ${show(args.variableValues)}`,
      ...deviations,
      `By plan: ${show(actual)}`,
      `By graphql-js: ${show(expected)}`,
    ].join('\n'),
  );
}
