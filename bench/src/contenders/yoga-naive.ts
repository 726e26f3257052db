import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSchema, createYoga } from 'graphql-yoga';
import { readTypeDefs, tellReady, upstream, upstreamHeaders } from './environment.ts';
import { createResolvers, type Json, readWhole } from './resolvers.ts';

// As the first page of Yoga's guide has it: whole bodies by the global fetch.

async function send(path: string, body?: object): Promise<Json> {
  const response = await fetch(`${upstream}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { ...upstreamHeaders, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The upstream answers with ${response.status}.`);
  return (await response.json()) as Json;
}

const yoga = createYoga({
  schema: createSchema({
    typeDefs: readTypeDefs(),
    resolvers: createResolvers(readWhole(send)) as never,
  }),
  logging: 'error',
});

const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => tellReady((server.address() as AddressInfo).port));
