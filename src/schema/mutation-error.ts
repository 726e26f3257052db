import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { JournalError } from '../checkout/journal.ts';
import { EcwidError, hintsOf } from '../ecwid/errors.ts';
import { builder } from './builder.ts';
import { isSelected } from './selected-fields.ts';

export const MutationError = builder.interfaceRef<{ readonly message: string }>('MutationError').implement({
  description:
    'Why a mutation did not do what was asked, in words for people; each kind adds a code for programs.',
  fields: (t) => ({
    message: t.exposeString('message', {
      nullable: false,
      description: 'English, fit to be shown.',
    }),
  }),
});

/** An enum of refusal codes from their descriptions. */
export function errorCodeEnum<Code extends string>(
  name: string,
  { description, codes }: { readonly description: string; readonly codes: Readonly<Record<Code, string>> },
) {
  const values = Object.entries<string>(codes).map(
    ([code, text]) => [code, { description: text, value: code as Code }] as const,
  );
  return builder.enumType(name, { description, values: Object.fromEntries(values) });
}

/**
 * Puts refusals where the caller looks. An operation that selects `errors` gets them in the payload; one that
 * does not would take a null for an answer, so the first refusal is thrown from the mutation's field.
 */
export function throwUnlessSelected(
  info: GraphQLResolveInfo,
  [first]: readonly { readonly code: string; readonly message: string }[],
  extensions: Readonly<Record<string, unknown>> = {},
): void {
  if (!first || isSelected(info, 'errors')) return;
  throw new GraphQLError(first.message, { extensions: { code: first.code, ...extensions } });
}

/**
 * Where an order could not even be tried for: no refusal, so an error of the operation whatever is selected.
 * The checkout has logged it.
 */
export function unavailable(
  cause: EcwidError | JournalError,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(`${cause.message} This call made no order, and it is safe to try again.`, {
    extensions: {
      code: cause.code,
      ...(cause instanceof EcwidError ? hintsOf(cause) : { retryable: true }),
      ...extensions,
    },
  });
}
