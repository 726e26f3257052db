import { GraphQLError } from 'graphql';

/** What the viewer may not do, in words for people. */
export function notPermitted(
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'NOT_PERMITTED', ...extensions } });
}
