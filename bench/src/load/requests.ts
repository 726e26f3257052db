import type { Scenario } from '../scenarios.ts';

/** Writes requests as they go over a socket, each for something else. */
export type NextRequest = () => string;

// Of this whole run, since a cart is placed once. The first is kept for comparing answers.
let last = 0;

/** Requests for a scenario; `token` is the caller's, which contenders without access rules ignore. */
export function createRequests(scenario: Scenario, token: string): NextRequest {
  const print = createPrinter(scenario, token);
  return () => {
    last += 1;
    return print(last);
  };
}

/** The request that every contender has to answer alike. */
export function firstRequest(scenario: Scenario, token: string): string {
  return createPrinter(scenario, token)(0);
}

function createPrinter({ operationName, query, variables }: Scenario, token: string): (n: number) => string {
  const head = [
    'POST /graphql HTTP/1.1',
    'host: 127.0.0.1',
    'accept: application/json',
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    'content-length: ',
  ].join('\r\n');
  // The text of the query is the greater part, and always the same.
  const beginning = `${JSON.stringify({ operationName, query }).slice(0, -1)},"variables":`;
  const length = Buffer.byteLength(beginning) + 1;
  return (n) => {
    const text = JSON.stringify(variables(n));
    return `${head}${length + Buffer.byteLength(text)}\r\n\r\n${beginning}${text}}`;
  };
}
