import { randomUUID } from 'node:crypto';
import type { Redis, Result } from 'ioredis';
import type { TokenSource } from '../ecwid/shared-tokens.ts';
import { bucket, learning } from '../ecwid/token-bucket.ts';
import type { RedisConnection } from './connect-redis.ts';
import type { Patience } from './patience.ts';

/**
 * The bucket of token-bucket.ts, in Redis, and who asks for its tokens. rate-limiter-flexible counts in windows that
 * may each be spent at its end and the next at its beginning: for any minute to hold, windows of six seconds could have
 * an eleventh of the rate each, which of 10 a minute is none. Nor does it know who waits, so that placing in one process
 * would wait behind the reads of all others.
 */
const state = `
local perMinute = tonumber(ARGV[1])
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + time[2] / 1000
end
local known = redis.call('HMGET', KEYS[1], 'tokens', 'filledUntil', 'pausedUntil', 'share')
local tokens, filledUntil = tonumber(known[1]), tonumber(known[2])
local pausedUntil, share = tonumber(known[3] or now), tonumber(known[4] or 1)
-- A clock that is put back is no pause.
pausedUntil = math.min(pausedUntil, now + 60000)
local learnt = share + math.floor(math.max(now - pausedUntil, 0) / 60000) * ${learning.backPerMinute}
local rate = perMinute * math.min(learnt, 1)
local capacity = math.max(rate * ${bucket.shareAtOnce}, ${bucket.leastAtOnce})
local perMs = rate * ${bucket.shareOfFlow} / 60000
local function keep()
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'filledUntil', string.format('%.3f', filledUntil),
    'pausedUntil', string.format('%.3f', pausedUntil), 'share', tostring(share))
  redis.call('PEXPIRE', KEYS[1], 3600000)
end
`;

const takeScript = `${state}
local me, standing = ARGV[3], ARGV[4]
local placing, others, waiting = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
if not tokens then
  tokens, filledUntil = standing == 'known' and 0 or capacity, now
end
filledUntil = math.min(filledUntil, now + 60000)
if now > filledUntil then
  tokens = math.min(tokens + (now - filledUntil) * perMs, capacity)
  filledUntil = now
end
if standing == 'back' then tokens = 0 end

-- Of each process: when it has asked, how many wait there, to place and in all, and until when that is to be believed.
local processes, waitFor, placingElsewhere = 1, 0, 0
local all = redis.call('HGETALL', KEYS[2])
for i = 1, #all, 2 do
  local asked, toPlace, inAll, believed = string.match(all[i + 1], '(%S+) (%S+) (%S+) (%S+)')
  if now - asked > 60000 then
    redis.call('HDEL', KEYS[2], all[i])
  elseif all[i] ~= me then
    processes = processes + 1
    if now < tonumber(believed) then
      placingElsewhere = placingElsewhere + toPlace
      waitFor = waitFor + inAll
    end
  end
end

local function give(wanted, reserved)
  local given = math.max(math.min(wanted, math.floor(tokens - reserved + 1e-6)), 0)
  tokens = tokens - given
  return given
end
local granted = give(placing, 0)
placing = placing - granted
local toOthers = placing > 0 and 0 or give(others, placingElsewhere)
others = others - toOthers
granted = granted + toOthers

local nextMs = 0
if placing + others > 0 then
  local needed = placing > 0 and 1 or 1 + placingElsewhere
  nextMs = math.ceil(filledUntil - now + math.max(needed - tokens, 0) / perMs)
end
redis.call('HSET', KEYS[2], me,
  string.format('%.0f %d %d %.0f', now, placing, waiting - granted, now + math.min(nextMs, 60000) + 250))
redis.call('PEXPIRE', KEYS[2], 120000)
keep()
local pauseMs = math.ceil(math.max(pausedUntil - now, 0))
return {granted, tostring(tokens), pauseMs, tostring(rate / perMinute), nextMs, processes, waitFor}
`;

const throttleScript = `${state}
if now >= pausedUntil then
  share = math.max(rate / perMinute * ${learning.factor}, ${learning.leastShare})
end
pausedUntil = math.max(pausedUntil, now + tonumber(ARGV[3]))
tokens, filledUntil = 0, pausedUntil
keep()
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeCallTokens(...args: (string | number)[]): Result<TakeAnswer, Context>;
    pauseCallTokens(...args: (string | number)[]): Result<null, Context>;
  }
}

/** Numbers with parts come as texts. */
type TakeAnswer = [number, string, number, string, number, number, number];

export interface SharedCallBudgetOptions {
  readonly storeId: string;
  readonly perMinute: number;
  readonly patience: Patience;
  /** Milliseconds, the same for all processes. Default Redis's own. */
  readonly now?: () => number;
}

/** One budget of calls for all processes of a store, as long as Redis is there. */
export function createSharedCallBudget(
  { commands, name }: Pick<RedisConnection, 'commands' | 'name'>,
  { storeId, perMinute, patience, now }: SharedCallBudgetOptions,
): TokenSource {
  const me = randomUUID();
  const calls = name(storeId, 'calls');
  const processes = name(storeId, 'calls', 'processes');
  const time = () => now?.() ?? '';
  define(commands);

  return {
    async take({ placing, others, waiting, standing }) {
      const [granted, left, pauseMs, share, nextMs, asking, othersWaitFor] = await patience(() =>
        commands.takeCallTokens(calls, processes, perMinute, time(), me, standing, placing, others, waiting),
      );
      return {
        granted,
        left: Number(left),
        pauseMs,
        share: Number(share),
        nextMs,
        processes: asking,
        othersWaitFor,
      };
    },
    async throttled(pauseMs) {
      await patience(() => commands.pauseCallTokens(calls, perMinute, time(), pauseMs));
    },
  };
}

function define(commands: Redis): void {
  commands.defineCommand('takeCallTokens', { numberOfKeys: 2, lua: takeScript });
  commands.defineCommand('pauseCallTokens', { numberOfKeys: 1, lua: throttleScript });
}
