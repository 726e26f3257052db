import { createHash } from 'node:crypto';

/** Lua, which Redis runs as one step: nobody sees anything half done. */
export interface Script {
  readonly text: string;
  /** What Redis remembers it by. */
  readonly sha: string;
}

// An entry is a hash: the outcome in `outcome`, each attempt in `a:` and its id, and in `d:` and its id that it was
// denied. Values are texts that are written and read here alone: Lua would make other numbers of theirs.

/**
 * Since when this is one memory. It is another where Redis has lost all, or may have lost the last that it was told,
 * which it may whenever it starts anew or another takes its place: each has a run_id of its own.
 */
const ofEpoch = `
local function serverOf()
  local info = redis.pcall('info', 'server')
  return type(info) == 'string' and string.match(info, 'run_id:(%w+)') or ''
end
local function isOfEpoch(key, id)
  local found = redis.call('hmget', key, 'id', 'server')
  return found[1] == id and found[2] == serverOf()
end
`;

/**
 * KEYS: entry, claim, epoch. ARGV: holder, lease in milliseconds, the epoch that the process has seen or nothing, a
 * new one. Returns whether it is held, the epoch, when all before it was lost or nothing, the entry.
 */
export const claim = script(`${ofEpoch}
local time = redis.call('time')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local seen, new, server = ARGV[3], ARGV[4], serverOf()
local epoch = redis.call('hmget', KEYS[3], 'id', 'server', 'since', 'lostAt')
local id, lostAt = epoch[1], epoch[4]
if not id or epoch[2] ~= server then
  -- Of the very first one nobody can say what was before.
  if id or seen ~= '' then lostAt = now else lostAt = false end
  redis.call('hset', KEYS[3], 'id', new, 'server', server, 'since', now)
  if lostAt then redis.call('hset', KEYS[3], 'lostAt', lostAt) end
  id = new
elseif seen ~= '' and seen ~= id and not lostAt then
  -- Begun by a process that did not know of the one before.
  lostAt = epoch[3]
  redis.call('hset', KEYS[3], 'lostAt', lostAt)
end

local entry = redis.call('hgetall', KEYS[1])
local held = 0
if redis.call('hexists', KEYS[1], 'outcome') == 0 then
  local left = redis.call('pttl', KEYS[2])
  -- One that lasts longer than a lease was made by a clock that was wrong.
  if left < 0 or left > tonumber(ARGV[2]) or redis.call('get', KEYS[2]) == ARGV[1] then
    redis.call('set', KEYS[2], ARGV[1], 'px', ARGV[2])
    held = 1
  end
end
return { held, id, lostAt or '', entry }
`);

/** KEYS: claim. ARGV: holder. */
export const release = script(`
if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end
`);

/**
 * KEYS: entry, epoch. ARGV: the attempt's id, the attempt, how long to keep it, the epoch that its writer has seen or
 * nothing, the ids that it knows of. Returns whether it was written.
 */
export const intend = script(`${ofEpoch}
if ARGV[4] ~= '' and not isOfEpoch(KEYS[2], ARGV[4]) then return 0 end
local known = {}
for at = 5, #ARGV do known['a:' .. ARGV[at]] = true end
for _, field in ipairs(redis.call('hkeys', KEYS[1])) do
  if field == 'outcome' or (string.sub(field, 1, 2) == 'a:' and not known[field]) then return 0 end
end
redis.call('hset', KEYS[1], 'a:' .. ARGV[1], ARGV[2])
redis.call('hdel', KEYS[1], 'd:' .. ARGV[1])
redis.call('pexpire', KEYS[1], ARGV[3])
return 1
`);

/** KEYS: entry. ARGV: the attempt's id, how long to keep it. */
export const deny = script(`
if redis.call('hexists', KEYS[1], 'a:' .. ARGV[1]) == 1 then
  redis.call('hset', KEYS[1], 'd:' .. ARGV[1], '1')
  redis.call('pexpire', KEYS[1], ARGV[2])
end
`);

/**
 * KEYS: entry, then each name of the order. ARGV: the outcome, how long to keep it, the journal's key. Returns the
 * outcome that stands.
 */
export const settle = script(`
local standing = redis.call('hget', KEYS[1], 'outcome')
if not standing then
  standing = ARGV[1]
  -- First, since it is the one that may find no room.
  redis.call('hset', KEYS[1], 'outcome', standing)
  redis.call('pexpire', KEYS[1], ARGV[2])
  for at = 2, #KEYS do redis.call('set', KEYS[at], ARGV[3], 'px', ARGV[2]) end
end
for _, field in ipairs(redis.call('hkeys', KEYS[1])) do
  if field ~= 'outcome' then redis.call('hdel', KEYS[1], field) end
end
return standing
`);

function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
