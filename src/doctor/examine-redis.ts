import type { Config } from '../config.ts';
import { probeRedis, type RedisProbe } from '../redis/probe-redis.ts';
import { RedisError } from '../redis/redis-error.ts';
import { type Ailment, type Finding, ill, patienceMs, well } from './finding.ts';
import { whyUnreachable } from './why-unreachable.ts';

const subject = 'Redis';

/** Whether what replicas share can be kept in Redis, and told by it. A key is written to it, and gone at once. */
export async function examineRedis(redis: NonNullable<Config['redis']>): Promise<Finding> {
  let probe: RedisProbe;
  try {
    probe = await probeRedis({ ...redis, patienceMs });
  } catch (error) {
    if (!(error instanceof RedisError)) throw error;
    return ill(subject, whyUnusable(error.code));
  }
  const { version, mayEvict, isAppending } = probe;
  if (Number.parseInt(version, 10) < 6) {
    return ill(subject, { found: `Redis ${version} is too old`, mend: 'Install Redis 6 or newer.' });
  }
  if (mayEvict) {
    return ill(subject, {
      found: 'it forgets what was written when its memory is short',
      mend: 'Set its maxmemory-policy to noeviction: the journal of orders is in it.',
    });
  }
  const kept = isAppending ? 'written to its disk' : 'in its memory alone, without appendonly';
  return well(subject, `it can be written to, and what is written is ${kept}`);
}

function whyUnusable(code: string): Ailment {
  switch (code) {
    case 'NOAUTH':
    case 'WRONGPASS':
      return {
        found: 'it does not take the user and password, or wants some',
        mend: 'Look at what stands before the @ in REDIS_URL; what is no letter or digit is written as in URLs.',
      };
    case 'NOPERM':
      return {
        found: 'its user may not do what is needed',
        mend: 'Give the user of REDIS_URL all commands on keys and channels that begin with REDIS_PREFIX.',
      };
    case 'SELECT':
      return {
        found: 'it has no database of that number',
        mend: 'Set the path of REDIS_URL to a number below its databases, such as /0.',
      };
    case 'READONLY':
      return { found: 'it is a replica, and read only', mend: 'Set REDIS_URL to where the master is.' };
    case 'OOM':
      return { found: 'its memory is full', mend: 'Give it more, by maxmemory.' };
    case 'MISCONF':
    case 'NOREPLICAS':
      return {
        found: `it takes nothing to write (${code})`,
        mend: 'Look at its log, its disk and its replicas.',
      };
    case 'ERR':
      return { found: 'what answers is no Redis that can be used', mend: 'Look at REDIS_URL.' };
    default:
      return whyUnreachable(code, 'REDIS_URL');
  }
}
