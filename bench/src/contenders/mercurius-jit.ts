import Fastify from 'fastify';
import mercurius from 'mercurius';
import { Pool } from 'undici';
import { readTypeDefs, tellReady, upstream, upstreamHeaders } from './environment.ts';
import { createResolvers, type Json, readWhole } from './resolvers.ts';

// As people use it: compiled queries, and whole bodies by undici.

const pool = new Pool(upstream.origin);

async function send(path: string, body?: object): Promise<Json> {
  const answer = await pool.request({
    path: upstream.pathname + path,
    method: body ? 'POST' : 'GET',
    headers: { ...upstreamHeaders, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
  if (answer.statusCode !== 200) throw new Error(`The upstream answers with ${answer.statusCode}.`);
  return (await answer.body.json()) as Json;
}

const app = Fastify();
await app.register(mercurius, {
  schema: readTypeDefs(),
  resolvers: createResolvers(readWhole(send)) as never,
  jit: 1,
});
tellReady(Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port));
