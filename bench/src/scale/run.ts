import { once } from 'node:events';
import { createLog } from '../../../src/log.ts';
import { connectRedis } from '../../../src/redis/connect-redis.ts';
import { startRedis } from '../../../test/redis-server.ts';
import { claims } from './claims.ts';
import { measureRedis } from './measure-redis.ts';

/** Says of each claim of docs/scaling.md whether it holds, and ends with 1 where one does not. */
const server = await startRedis();
const redis = connectRedis({ url: server.url, prefix: 'scale:', log: createLog({ level: 'silent' }) });
await once(redis.commands, 'ready');
let doAll = true;
for (const { says, check } of claims) {
  const { holds, measured } = await check(redis);
  doAll &&= holds;
  process.stdout.write(`- ${says}: ${measured}${holds ? '' : ' — DOES NOT HOLD'}\n`);
}
process.stdout.write(`\n${await measureRedis(redis, server.client)}\n`);
await redis.close();
await server.close();
process.exitCode = doAll ? 0 : 1;
