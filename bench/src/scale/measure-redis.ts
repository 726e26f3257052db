import type { Redis } from 'ioredis';
import { createLog } from '../../../src/log.ts';
import { createCallerCounters } from '../../../src/redis/caller-counter.ts';
import type { RedisConnection } from '../../../src/redis/connect-redis.ts';
import { createPatience } from '../../../src/redis/patience.ts';
import { createSharedCallBudget } from '../../../src/redis/shared-call-budget.ts';

const log = createLog({ level: 'silent' });
const batches = 200;
const atOnce = 100;

/** What a command of each kind takes of Redis's one core, by its own count, and what a store and a caller take there. */
export async function measureRedis(redis: RedisConnection, client: Redis): Promise<string> {
  const patience = createPatience(log);
  const sources = Array.from({ length: 3 }, () =>
    createSharedCallBudget(redis, { storeId: '1', perMinute: 600, patience }),
  );
  const ofBudget = await usecPerCommand(client, async () => {
    const asks = Array.from({ length: atOnce }, (_, n) =>
      sources[n % 3]?.take({ placing: 0, others: 1, waiting: 1, standing: 'known' }),
    );
    await Promise.all(asks);
  });
  const counter = createCallerCounters(redis, { storeId: '1', secret: 'secret', patience })(
    'requests',
    1e9,
    60,
  );
  const ofCallers = await usecPerCommand(client, async (batch) => {
    await Promise.all(Array.from({ length: atOnce }, (_, n) => counter.take(`${batch % 10}-${n}`, 1)));
  });
  const sizes = await Promise.all(
    (await client.keys('*{1}:*')).map(async (key) => ({
      isCaller: key.includes('callers'),
      bytes: Number(await client.memory('USAGE', key)),
    })),
  );
  const bytesOf = (isCaller: boolean) =>
    sizes.filter((size) => size.isCaller === isCaller).map(({ bytes }) => bytes);
  const ofStore = bytesOf(false).reduce((sum, bytes) => sum + bytes, 0);
  const ofCaller = Math.max(...bytesOf(true));
  return [
    `- CPU of Redis for a question of the budget: ${ofBudget.toFixed(0)} µs; for a caller's points: ${ofCallers.toFixed(0)} µs`,
    `- memory of Redis for a store of three replicas: ${ofStore} bytes; for a caller of the last minute: ${ofCaller} bytes`,
  ].join('\n');
}

/** User and system time of Redis's process over the commands that it had, such as the network's part. */
async function usecPerCommand(client: Redis, work: (batch: number) => Promise<unknown>): Promise<number> {
  const cpu = async () => {
    const info = await client.info('cpu');
    const of = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
    return of('used_cpu_user') + of('used_cpu_sys');
  };
  await work(0);
  const before = await cpu();
  for (let batch = 0; batch < batches; batch += 1) await work(batch);
  return (((await cpu()) - before) * 1e6) / (batches * atOnce);
}
