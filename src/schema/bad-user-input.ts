import { GraphQLError } from 'graphql';

/** A caller's mistake in an argument: `extensions` name it, so that a program can point at the right place. */
export function badUserInput(
  message: string,
  extensions: { readonly argument: string; readonly [name: string]: unknown },
): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', ...extensions } });
}
