import { type CodedLimit, LimitError } from './check-limit.ts';
import type { CreationRefusalCode } from './checkout/creation-refusal.ts';
import type { JournalError } from './checkout/journal.ts';
import type { RefusalCode } from './checkout/refusal.ts';
import type { EcwidErrorCode } from './ecwid/errors.ts';
import { defaultLimits } from './limits.ts';

/** Whether the same call may fare better: never, after a while, or once what is told of has been mended. */
export type Again = 'no' | 'later' | 'mended';

/** What docs/errors.md says of a code. */
export interface ErrorCode {
  /** Of HTTP, where the whole request fails by it. The dagger: 200 to who takes no newer media type. */
  readonly status?: string;
  readonly means: string;
  readonly again: Again;
  readonly remedy: string;
}

/** What is wrong with a whole request: nothing of it was done, but for `SHUTTING_DOWN`. */
const requestCodes: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: {
    status: '400, 405',
    means:
      'No operation can be read from it: the body is no JSON object in UTF-8, a parameter is missing, unknown or of another type. 405: a mutation by GET, or a method that is neither GET nor POST.',
    again: 'mended',
    remedy: 'The message names it. Send one operation by POST.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: '415',
    means: 'A POST in another media type than JSON, or a body that is compressed.',
    again: 'mended',
    remedy: 'Send `content-type: application/json`, and no `content-encoding`.',
  },
  REQUEST_TIMEOUT: {
    status: '408',
    means: 'The request did not arrive within `headersSeconds` and `requestSeconds`.',
    again: 'later',
    remedy: 'Look at the line, or at the proxy in front.',
  },
  UNAUTHENTICATED: {
    status: '401',
    means: 'The Authorization header holds no valid and current token for this gateway.',
    again: 'mended',
    remedy: 'Get a new token; or send none, and be a guest.',
  },
  STORE_NOT_FOUND: {
    status: '404',
    means:
      'Of the [many stores](many-stores.md) of this gateway none is at this host, and no token names one.',
    again: 'mended',
    remedy: "Ask at the store's own host, or send a token of its issuer.",
  },
  SIGNATURE_INVALID: {
    status: '401',
    means: 'A [webhook](webhooks.md) without a signature, or with one that is not of the client secret.',
    again: 'mended',
    remedy: 'Set `ECWID_CLIENT_SECRET` to that of the app. If it is, somebody else has sent it.',
  },
  AUTHENTICATION_UNAVAILABLE: {
    status: '503',
    means: 'The key of the token cannot be had at the moment.',
    again: 'later',
    remedy: 'Look at what answers at `AUTH_JWKS_URL`.',
  },
  RATE_LIMITED: {
    status: '429',
    means: 'This caller has used up a minute of `RATE_LIMIT` or `ORDER_RATE_LIMIT`.',
    again: 'later',
    remedy:
      'Wait for `retryAfter` seconds. Behind a proxy see to `TRUST_PROXY`, or all guests are one caller.',
  },
  OVERLOADED: {
    status: '503',
    means: 'This process has more to do than it can do well.',
    again: 'later',
    remedy: 'Wait for `retryAfter` seconds, or ask another process.',
  },
  SHUTTING_DOWN: {
    status: '503',
    means: 'The process ended before the answer was made. What was asked for may have been done.',
    again: 'later',
    remedy:
      'Queries, `placeOrder`, `hideCart`, and `createOrder` with an `idempotencyKey`, are safe to repeat.',
  },
  NOT_ACCEPTABLE: {
    status: '406',
    means: 'A subscription whose caller takes no event stream.',
    again: 'mended',
    remedy: 'Send `accept: text/event-stream`: [how to subscribe](live-updates.md).',
  },
  GRAPHQL_PARSE_FAILED: {
    status: '400 †',
    means: 'The document is not GraphQL.',
    again: 'mended',
    remedy: '`locations` says where.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: '400 †',
    means: 'The document does not fit the schema.',
    again: 'mended',
    remedy: 'The message names the field or argument: look it up in the schema.',
  },
  BAD_USER_INPUT: {
    status: '400 †',
    means:
      'A variable is missing or of another type; or a field is to be called `then`, which is always 400.',
    again: 'mended',
    remedy: 'The message names the variable.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: '400',
    means: 'The document has no operation of that name, or several and no name is given.',
    again: 'mended',
    remedy: 'Send `operationName`.',
  },
  INTROSPECTION_DISABLED: {
    status: '400',
    means: 'The schema is not told to this caller.',
    again: 'no',
    remedy: 'Take the file schema.graphql, a token of staff, or `INTROSPECTION=everyone`.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: '400',
    means: 'No trusted document has that id.',
    again: 'mended',
    remedy: 'Deploy the manifest before the client that needs it.',
  },
  PERSISTED_QUERY_ONLY: {
    status: '400',
    means: 'Others than staff run trusted documents alone.',
    again: 'mended',
    remedy: 'Send `documentId`, or the text word for word.',
  },
  INTERNAL_SERVER_ERROR: {
    status: '500',
    means:
      'A mistake of the gateway; of a mutation nobody can tell what was done. The cause is in the log alone.',
    again: 'no',
    remedy: 'Report it, with the lines of the log that have its `requestId`.',
  },
};

const limitRemedies: Readonly<Record<CodedLimit, string>> = {
  body: 'Send less: long lists of ids in several requests.',
  jsonDepth: 'Look at what the client puts into `variables`.',
  headers: 'Send fewer cookies, or a shorter token.',
  subscriptionsPerCaller: 'End some: those of all tabs and devices of a caller count together.',
  tokens: 'Split the document.',
  nesting: 'Split the document.',
  depth: 'Ask for less in one operation.',
  aliases: 'Ask for many carts or orders by `cartsByIds` and `ordersByIds`.',
  fields: 'Ask for the fields that are needed.',
  directives: 'Split the document.',
  introspections: 'Ask for the schema once.',
  cost: 'Ask for smaller pages; [what costs what](limits.md#cost).',
  first: 'Ask for smaller pages, and go on by `after`.',
  ids: 'Ask by several lists.',
};

/** Of these a field fails when it runs, and not the request before. */
const limitsOfFields: readonly string[] = ['first', 'ids'] satisfies CodedLimit[];

const limitEntries = Object.entries(limitRemedies).map(([limit, remedy]) => {
  const name = limit as CodedLimit;
  const { code, status, message } = new LimitError(name, defaultLimits[name]);
  const isOfField = limitsOfFields.includes(name);
  const entry: ErrorCode = {
    ...(isOfField ? {} : { status: String(status) }),
    means: message.replace(/; the limit is .*/, '.'),
    again: 'mended',
    remedy,
  };
  return { code, entry, isOfField };
});

/** Codes of whole requests. */
export const codesOfRequests: Readonly<Record<string, ErrorCode>> = {
  ...requestCodes,
  ...Object.fromEntries(
    limitEntries.flatMap(({ code, entry, isOfField }) => (isOfField ? [] : [[code, entry]])),
  ),
};

const fieldCodes: Readonly<
  Record<
    EcwidErrorCode | JournalError['code'] | 'BAD_USER_INPUT' | 'NOT_PERMITTED' | 'INTERNAL_SERVER_ERROR',
    ErrorCode
  >
> = {
  UPSTREAM_TIMEOUT: {
    means: 'Ecwid did not answer in time.',
    again: 'later',
    remedy: 'Ask for less, or raise `querySeconds` of [`LIMITS`](limits.md).',
  },
  UPSTREAM_UNAVAILABLE: {
    means: 'Ecwid cannot be reached, or is out of order, and may not even have been asked.',
    again: 'later',
    remedy: 'Wait for `retryAfter` seconds where it is told. `ecwid-graphql doctor` looks at the way there.',
  },
  UPSTREAM_ERROR: {
    means: 'Ecwid answered with another failure, or with what cannot be read.',
    again: 'later',
    remedy: 'Only where `retryable` is true. `ecwidErrorCode` is the cause in the words of Ecwid.',
  },
  RATE_LIMITED: {
    means: "The store's token has no more calls for now.",
    again: 'later',
    remedy: 'Wait for `retryAfter` seconds; where it happens often, set `CART_CACHE_TTL`.',
  },
  BAD_USER_INPUT: {
    means: 'An argument cannot be meant: `argument` names it.',
    again: 'mended',
    remedy: 'The message says what it must be.',
  },
  NOT_PERMITTED: {
    means: 'The caller may not search, filter or change that.',
    again: 'mended',
    remedy: 'Ask with a token that may: [who may do what](access.md).',
  },
  JOURNAL_ERROR: {
    means: 'The journal of orders cannot be read or written; no order was made.',
    again: 'later',
    remedy: 'Look at the disk of `DATA_DIR`, or at the Redis of `REDIS_URL`.',
  },
  INTERNAL_SERVER_ERROR: {
    means: 'A mistake of the gateway in this field. The cause is in the log alone.',
    again: 'no',
    remedy: 'Report it, with the lines of the log that have its `requestId`.',
  },
};

/** Codes of single fields, in an answer with status 200. */
export const codesOfFields: Readonly<Record<string, ErrorCode>> = {
  ...fieldCodes,
  ...Object.fromEntries(
    limitEntries.flatMap(({ code, entry, isOfField }) => (isOfField ? [[code, entry]] : [])),
  ),
};

/** What the schema says of a refusal is its meaning; this is the rest. */
type Refusals<Code extends string> = Readonly<Record<Code, Pick<ErrorCode, 'again' | 'remedy'>>>;

const mendTheCart = (remedy: string) => ({ again: 'mended', remedy }) as const;

export const refusalsOfPlacing: Refusals<RefusalCode> = {
  CART_ID_MISSING: mendTheCart('Send `cart_id`.'),
  CART_NOT_FOUND: {
    again: 'no',
    remedy: 'Look at the id. The cart may have been placed or deleted elsewhere.',
  },
  CART_NOT_ACTIVE: { again: 'no', remedy: 'Look among the orders whether it was placed elsewhere.' },
  CART_EMPTY: mendTheCart('Have something put into it.'),
  GUEST_EMAIL_MISSING: mendTheCart('Ask for an e-mail address at the checkout.'),
  BILLING_ADDRESS_MISSING: mendTheCart('Ask for street, city or postal code.'),
  SHIPPING_ADDRESS_UNUSABLE: mendTheCart('Ask for another address; `calculateOrder` tells what ships there.'),
  SHIPPING_METHOD_MISSING: mendTheCart('Offer `availableShippingOptions` of `calculateOrder`.'),
  PAYMENT_METHOD_MISSING: mendTheCart('Ask how it will be paid.'),
  OUT_OF_STOCK: mendTheCart('Show what is left: the cart wants more.'),
  NOT_PERMITTED: mendTheCart('Have its customer sign in: [who may do what](access.md).'),
  UNABLE_TO_PLACE_ORDER: { again: 'later', remedy: 'The log has the status and code of Ecwid.' },
  OUTCOME_UNKNOWN: { again: 'later', remedy: 'Call again until it is known: there will be one order.' },
  UNDEFINED: mendTheCart('The message ends with the words of Ecwid where they are plain.'),
};

export const refusalsOfCreation: Refusals<CreationRefusalCode> = {
  ITEMS_MISSING: mendTheCart('Send one item or more.'),
  INVALID_INPUT: mendTheCart('The message names the detail; where Ecwid refused, the log has its code.'),
  NOT_PERMITTED: mendTheCart('The message names the detail: [left to staff](placing.md#who-may).'),
  UNABLE_TO_CREATE_ORDER: { again: 'later', remedy: 'The log has the status and code of Ecwid.' },
  OUTCOME_UNKNOWN: {
    again: 'later',
    remedy: 'Call again with the same `idempotencyKey`. Without one look among the orders first.',
  },
  UNDEFINED: mendTheCart('Read the message.'),
};

export const refusalsOfHiding: Refusals<string> = {
  CART_ID_MISSING: mendTheCart('Send `cart_id`.'),
  CART_NOT_FOUND: { again: 'no', remedy: 'Look at the id. The cart may have been placed or deleted.' },
  NOT_PERMITTED: mendTheCart('Ask as staff with `update_orders`, by a store token that has it as well.'),
  UNDEFINED: mendTheCart('Read the message.'),
};
