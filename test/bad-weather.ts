import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { markedToken } from './running-gateway.ts';
import { answerJson, type ScriptedOrigin } from './scripted-origin.ts';

/** Every way to go wrong: what the origin does, and the code that the caller gets. */
export const weather: readonly [
  name: string,
  script: ScriptedOrigin['script'],
  code: string,
  extensions?: object,
][] = [
  [
    'a page of HTML with status 200',
    (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Ecwid is down</html>'),
    'UPSTREAM_ERROR',
  ],
  [
    'a page of HTML with status 502',
    (_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>'),
    'UPSTREAM_UNAVAILABLE',
  ],
  [
    'JSON that ends early',
    (_request, response) => response.writeHead(200).end('{"cartId":"BAD'),
    'UPSTREAM_ERROR',
  ],
  [
    'a body shorter than its length',
    (_request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{"cartId":"BAD"');
      setTimeout(() => response.destroy(), 20);
    },
    'UPSTREAM_UNAVAILABLE',
  ],
  ['an empty body', (_request, response) => response.writeHead(200).end(), 'UPSTREAM_ERROR'],
  ['null', answerJson(null), 'UPSTREAM_ERROR'],
  ['a list', answerJson([{ total: 12.5 }]), 'UPSTREAM_ERROR'],
  ['a text', answerJson('secret_of_theirs'), 'UPSTREAM_ERROR'],
  [
    'a compressed body that nobody asked for',
    (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify({ total: 12.5 }))),
    'UPSTREAM_ERROR',
  ],
  [
    '500 with words of its own',
    answerJson({ errorMessage: `token=${markedToken} at db.internal`, errorCode: 'INTERNAL_ERROR' }, 500),
    'UPSTREAM_ERROR',
    { ecwidErrorCode: 'INTERNAL_ERROR' },
  ],
  ['500 with an errorCode of another type', answerJson({ errorCode: { x: 1 } }, 500), 'UPSTREAM_ERROR'],
  [
    '500 with a credential for an errorCode',
    answerJson({ errorCode: `Bearer ${markedToken} 127.0.0.1` }, 500),
    'UPSTREAM_ERROR',
  ],
  [
    '404 for the store',
    answerJson({ errorCode: 'STORE_NOT_FOUND' }, 404),
    'UPSTREAM_ERROR',
    { ecwidErrorCode: 'STORE_NOT_FOUND', retryable: false },
  ],
  [
    "404 with somebody else's page",
    (_request, response) =>
      response.writeHead(404, { 'content-type': 'text/html' }).end('<html>nginx</html>'),
    'UPSTREAM_ERROR',
  ],
  ['408', answerJson({ errorCode: 'TIMEOUT' }, 408), 'UPSTREAM_ERROR', { ecwidErrorCode: 'TIMEOUT' }],
  [
    '402',
    answerJson({ errorCode: 'STORE_IS_SUSPENDED' }, 402),
    'UPSTREAM_ERROR',
    { ecwidErrorCode: 'STORE_IS_SUSPENDED', retryable: false },
  ],
  [
    '403 for the token',
    answerJson({ errorMessage: 'Wrong token', errorCode: 'INVALID_API_TOKEN' }, 403),
    'UPSTREAM_ERROR',
    { ecwidErrorCode: 'INVALID_API_TOKEN', retryable: false },
  ],
  ['429', answerJson({ errorCode: 'RATE_LIMITED' }, 429), 'RATE_LIMITED', { ecwidErrorCode: 'RATE_LIMITED' }],
  [
    'a redirect to another host',
    (_request, response) => response.writeHead(302, { location: 'http://elsewhere.example/' }).end(),
    'UPSTREAM_ERROR',
    { retryable: false },
  ],
  ['a connection that ends without a word', (request) => request.socket.destroy(), 'UPSTREAM_UNAVAILABLE'],
  ['silence', () => {}, 'UPSTREAM_TIMEOUT'],
  [
    'headers and then silence',
    (_request, response) => void response.writeHead(200).write('{'),
    'UPSTREAM_TIMEOUT',
  ],
  [
    'a body that drips forever',
    (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
    'UPSTREAM_TIMEOUT',
  ],
  [
    'headers that drip forever',
    ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
      const drip = setInterval(() => socket.write(' '), 50);
      socket.on('close', () => clearInterval(drip));
    },
    'UPSTREAM_TIMEOUT',
  ],
  [
    'a reset within a body',
    (request, response) => {
      response.writeHead(200).write('{"cartId":"BAD"');
      setTimeout(() => request.socket.resetAndDestroy(), 20);
    },
    'UPSTREAM_UNAVAILABLE',
  ],
  [
    'a body of six megabytes',
    (_request, response) => response.writeHead(200).end(`{"total":1,"email":"${'x'.repeat(6_000_000)}"}`),
    'UPSTREAM_ERROR',
  ],
  [
    'a header of a hundred kilobytes',
    ({ socket }) => void socket.end(`HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n{}`),
    'UPSTREAM_UNAVAILABLE',
  ],
  ['no HTTP', ({ socket }) => void socket.end('<html>Who are you?</html>'), 'UPSTREAM_UNAVAILABLE'],
];

/** No token, no address, no words of a page, no stack. */
export function expectNothingLeaked({ url }: { readonly url: string }, text: string): void {
  const { host, port } = new URL(url);
  for (const secret of [
    markedToken,
    host,
    `:${port}`,
    'db.internal',
    'secret_of_theirs',
    'elsewhere',
    '<html',
    'node:',
    '.ts:',
    '    at ',
  ]) {
    expect(text).not.toContain(secret);
  }
}
