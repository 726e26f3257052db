import { gzipSync } from 'node:zlib';
import { post, type Refusal, raw, read } from '../post.ts';

/** A request that nobody sends by accident, and how it is answered. */
export interface Attack {
  readonly name: string;
  readonly status: number;
  readonly code: string | undefined;
  readonly send: (url: string) => Promise<Refusal>;
}

/** After the OWASP cheat sheet of GraphQL. */
export const attacks: Attack[] = [];

function attack(
  name: string,
  [status, code]: readonly [number, string?],
  send: (url: string) => Promise<Refusal>,
) {
  attacks.push({ name, status, code, send });
}

const document =
  (query: string, more: Record<string, unknown> = {}) =>
  (url: string) =>
    post(url, { query, ...more });
const body =
  (text: string | Uint8Array, headers: Record<string, string> = {}) =>
  (url: string) =>
    post(url, text, headers);
const get = (query: string) => async (url: string) =>
  read(await fetch(new URL(`?${query}`, url), { headers: { accept: 'application/graphql-response+json' } }));
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');
const cart = (id: unknown) => document('query ($id: ID!) { cart(id: $id) { id } }', { variables: { id } });
const order = (id: unknown) => document('query ($id: ID!) { order(id: $id) { id } }', { variables: { id } });

const fine = [200] as const;
const bad = [400, 'BAD_REQUEST'] as const;
const badInput = [400, 'BAD_USER_INPUT'] as const;
const unparsed = [400, 'GRAPHQL_PARSE_FAILED'] as const;
const invalid = [400, 'GRAPHQL_VALIDATION_FAILED'] as const;
const unsupported = [415, 'UNSUPPORTED_MEDIA_TYPE'] as const;
const over = (name: string, status = 400) => [status, `${name}_LIMIT_EXCEEDED`] as const;

attack('a flood of aliases', over('ALIASES'), document(`{ ${many(150, (n) => `a${n}: store { id }`)} }`));
attack(
  'a flood of aliased __typename',
  over('ALIASES'),
  document(`{ ${many(300, (n) => `a${n}: __typename`)} }`),
);
attack(
  'a flood of directives',
  over('DIRECTIVES'),
  document(`{ __typename ${'@include(if: true) '.repeat(200)}}`),
);
attack('a flood of unknown directives', over('DIRECTIVES'), document(`{ __typename ${'@a'.repeat(500)} }`));
attack('one field a thousand times', over('FIELDS'), document(`{ ${'__typename '.repeat(1_000)}}`));
attack('a deep operation', over('DEPTH'), document(`${'{ cart '.repeat(50)}{ id }${' }'.repeat(50)}`));
attack(
  'introspection in circles',
  invalid,
  document(`{ __schema { types { ${'fields { type { '.repeat(20)}name${' } }'.repeat(20)} } } }`),
);
attack(
  'introspection many times',
  over('INTROSPECTIONS'),
  document(`{ ${many(20, (n) => `a${n}: __schema { types { name } }`)} }`),
);
attack(
  'introspection of one part under many names',
  over('INTROSPECTIONS'),
  document(
    `{ __schema { ${many(30, (n) => `a${n}: types { ...T }`)} } } fragment T on __Type { b: fields { name } }`,
  ),
);
attack('a list of operations', bad, body(`[${Array(50).fill('{"query":"{ store { id } }"}')}]`));
attack(
  'expensive pages',
  over('COST'),
  document(`{ ${many(50, (n) => `a${n}: carts(first: 1000) { nodes { id } }`)} }`),
);
attack('a page without end', over('COST'), document('{ carts(first: 2147483647) { nodes { id } } }'));
for (const bracket of ['{', '[', '(', '{a(b:[']) {
  attack(`100 kB of ${bracket}`, over('NESTING'), document(bracket.repeat(90_000 / bracket.length)));
}
attack('100 kB of brackets closing', unparsed, document('}'.repeat(90_000)));
attack('brackets in a value', over('NESTING'), document(`{ cart(id: ${'['.repeat(2_000)}`));
attack(
  'fragments that double',
  over('FIELDS'),
  document(
    `{ ...F0 } ${many(100, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F100 on Query { __typename }`,
  ),
);
attack(
  'fragments in circles',
  invalid,
  document('{ ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A ...B }'),
);
attack(
  'a fragment within itself',
  invalid,
  document('{ cart(id: "x") { ...A } } fragment A on Cart { recoveredOrder { id } ...A }'),
);
attack('too many tokens', over('TOKENS'), document(`{ ${'a '.repeat(40_000)}}`));
attack('100 kB of a comment', unparsed, document(`#${"'".repeat(90_000)}`));
attack('100 kB of a string', unparsed, document(`{ cart(id: "${'x'.repeat(90_000)}`));
attack('100 kB of block quotes', [400, 'GRAPHQL_PARSE_FAILED'], document('"""'.repeat(15_000).slice(1)));
attack('an id of 90 kB', fine, cart('x'.repeat(90_000)));
attack(
  'a body of megabytes',
  over('BODY', 413),
  body(`{"query":"{ __typename }","variables":{"a":"${'x'.repeat(5_000_000)}"}}`),
);
attack('a body of megabytes in pieces', over('BODY', 413), (url) =>
  post(url, new Blob(['x'.repeat(5_000_000)]).stream()),
);
attack(
  'a mutation by GET',
  [405, 'BAD_REQUEST'],
  get(`query=${encodeURIComponent('mutation { hideCart(input: { cart_id: "x" }) { cart { id } } }')}`),
);
for (const type of [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/graphql',
  'application/jsonp',
]) {
  attack(`a post as ${type}`, unsupported, body('query={__typename}', { 'content-type': type }));
}
attack('a gzip bomb', unsupported, body(gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }));
for (const text of [
  '',
  '{',
  'null',
  '"x"',
  '1',
  'true',
  '{"query":',
  '{"query":"{__typename}"}}',
  "{'query':1}",
  '\0',
  '{"query":"\0"}',
  'NaN',
  '\ufeff\ufeff{}',
]) {
  attack(`garbage: ${JSON.stringify(text)}`, bad, body(text));
}
attack('bytes that are no UTF-8', bad, body(Buffer.from('{"query":"{__typename}\xff\xfe"}', 'latin1')));
for (const text of [
  '{}',
  '{"query":1}',
  '{"query":null}',
  '{"query":["{__typename}"]}',
  '{"query":"{__typename}","variables":[1]}',
  '{"query":"{__typename}","variables":"x"}',
  '{"query":"{__typename}","extensions":1}',
]) {
  attack(`no operation: ${text}`, bad, body(text));
}
attack(
  'an operationName that is none',
  [400, 'BAD_REQUEST'],
  body('{"query":"{__typename}","operationName":{"a":1}}'),
);
attack('deep JSON', over('JSON_DEPTH'), body(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`));
attack('deep JSON that does not end', bad, body(`${'{"a":'.repeat(10_000)}1`));
attack(
  'deep JSON in variables',
  over('JSON_DEPTH'),
  body(`{"query":"{__typename}","variables":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`),
);
attack(
  'deep JSON in an address',
  over('JSON_DEPTH'),
  get(`query={__typename}&variables=${'['.repeat(5_000)}${']'.repeat(5_000)}`),
);
attack('broken variables in an address', bad, get('query={__typename}&variables={'));
attack('an address of broken escapes', unparsed, get('query=%ff%fe%00'));
for (const id of [
  '\0',
  'a\0b',
  '../profile',
  '..',
  '.',
  '../../1/orders?x=',
  '%2e%2e%2f',
  'x?y=z#',
  'x\r\nX-Injected: 1',
  'x\r\n\r\nGET / HTTP/1.1',
  '\u202e\u200b',
  '６626E60A',
  'ＡＢ1ＣＤ',
  '\ud800',
  '{"$gt":""}',
  "' OR 1=1 --",
  '{{7*7}}',
  '__proto__',
  'constructor',
]) {
  attack(`a cart ${JSON.stringify(id)}`, fine, cart(id));
  attack(`an order ${JSON.stringify(id)}`, fine, order(id));
}
attack('a lone surrogate in a document', unparsed, document('{ cart(id: "\ud800") { id } }'));
attack('a field in look-alikes', unparsed, document('{ саrt(id: "x") { id } }'));
attack('a null byte in a document', unparsed, document('{ \0__typename }'));
attack('a name of 90 kB', fine, document(`query ${'a'.repeat(90_000)} { __typename }`));
attack(
  'an operationName of 90 kB',
  [400, 'OPERATION_RESOLUTION_FAILURE'],
  document('{ __typename }', { operationName: 'a'.repeat(90_000) }),
);
for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
  attack(`the alias ${name}`, fine, document(`{ ${name}: __typename cart(id: "x") { ${name}: id } }`));
  attack(`the field ${name}`, invalid, document(`{ ${name} }`));
  attack(`the fragment ${name}`, fine, document(`{ ...${name} } fragment ${name} on Query { __typename }`));
  attack(`the missing fragment ${name}`, invalid, document(`{ ...${name} }`));
  attack(
    `the variable ${name}`,
    fine,
    body(`{"query":"query($${name}:ID!){cart(id:$${name}){id}}","variables":{"${name}":"x"}}`),
  );
  attack(
    `the missing variable ${name}`,
    badInput,
    document(`query($${name}: ID!) { cart(id: $${name}) { id } }`),
  );
  attack(
    `the operation ${name}`,
    [400, 'OPERATION_RESOLUTION_FAILURE'],
    document('{ __typename }', { operationName: name }),
  );
  attack(`the parameter ${name}`, bad, body(`{"query":"{__typename}","${name}":{"a":1}}`));
  attack(
    `the filter ${name}`,
    badInput,
    body(
      `{"query":"query($f:CartFilter){carts(filter:$f){totalCount}}","variables":{"f":{"${name}":{"a":1}}}}`,
    ),
  );
}
attack('the alias then', badInput, document('{ then: __typename }'));
const older = { accept: 'application/json' };
attack('the alias then, by an older client', badInput, (url) =>
  post(url, { query: '{ then: __typename }' }, older),
);
attack(
  'deep JSON, by an older client',
  over('JSON_DEPTH'),
  body(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, older),
);
attack('broken variables in an address, by an older client', bad, async (url) =>
  read(await fetch(new URL('?query={__typename}&variables={', url), { headers: older })),
);
attack('the alias then further down', badInput, document('{ store { then: id } }'));
attack('1e999 in a document', invalid, document('{ carts(first: 1e999) { totalCount } }'));
attack(
  '1e999 in variables',
  badInput,
  body('{"query":"query($n:Int){carts(first:$n){totalCount}}","variables":{"n":1e999}}'),
);
attack(
  '1e999 as money',
  badInput,
  body(
    '{"query":"query($f:CartFilter){carts(filter:$f){totalCount}}","variables":{"f":{"totalFrom":1e999}}}',
  ),
);
attack('a document of types', invalid, document('type A { a: Int } { __typename }'));
attack('a subscription to an answer', [406, 'NOT_ACCEPTABLE'], document('subscription { a }'));
attack(
  'a missing argument through null',
  badInput,
  document('query ($ids: [ID!] = ["x"]) { cartsByIds(ids: $ids) { id } }', { variables: { ids: null } }),
);
attack('headers of 20 kB', over('HEADERS', 431), body('{}', { 'x-long': 'x'.repeat(20_000) }));
for (const host of ['[', 'a b', 'x:99999', 'x/../y', '%', 'x@y@']) {
  attack(
    `the host ${host}`,
    bad,
    raw(`GET /graphql?query={__typename} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
  );
}
attack('an address without end', bad, raw('GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
attack(
  'two lengths at once',
  bad,
  raw(
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ),
);
attack('no HTTP', bad, raw('\x16\x03\x01\x02\x00\r\n\r\n'));
attack('a header with a line break', bad, raw('GET /graphql HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n'));
attack('TRACE', [405, 'BAD_REQUEST'], raw('TRACE /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
