import { once } from 'node:events';
import { createLog } from '../../../src/log.ts';
import { connectRedis } from '../../../src/redis/connect-redis.ts';
import { startRedis } from '../../../test/redis-server.ts';
import { writeSection } from '../write-section.ts';
import { claims } from './claims.ts';
import { measureRedis } from './measure-redis.ts';

/** Says of each claim of docs/scaling.md whether it holds, and ends with 1 where one does not; `--write` writes it there. */
const server = await startRedis();
const redis = connectRedis({ url: server.url, prefix: 'scale:', log: createLog({ level: 'silent' }) });
await once(redis.commands, 'ready');
let doAll = true;
const lines: string[] = [];
for (const { says, check } of claims) {
  const { holds, measured } = await check(redis);
  doAll &&= holds;
  say(`- ${holds ? '' : 'DOES NOT HOLD: '}${says}: **${measured}**`);
}
say(await measureRedis(redis, server.client));
if (process.argv.includes('--write')) writeSection('scale', lines.join('\n'), 'scaling.md');
await redis.close();
await server.close();
process.exitCode = doAll ? 0 : 1;

function say(line: string): void {
  lines.push(line);
  process.stdout.write(`${line}\n`);
}
