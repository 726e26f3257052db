/**
 * What may be known of a failure of Redis: a code, such as READONLY or ETIMEDOUT. Its own error may name the host, and
 * the command with all that was to be written.
 */
export class RedisError extends Error {
  override readonly name = 'RedisError';
  readonly code: string;

  constructor(code: string) {
    super(`Redis has failed (${code}).`);
    this.code = code;
  }
}

export function toRedisError(error: unknown): RedisError {
  if (error instanceof RedisError) return error;
  return new RedisError(codeOf(error));
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return code;
  if (error.name === 'ReplyError') {
    // Of what a script has run into, earlier versions tell last.
    const [, ofScript] = /-(READONLY|OOM|MISCONF|NOPERM|NOREPLICAS) /.exec(error.message) ?? [];
    const [first = ''] = error.message.split(' ');
    return ofScript ?? (/^[A-Z]+$/.test(first) ? first : 'ERR');
  }
  if (error.message === 'Command timed out') return 'ETIMEDOUT';
  // As far as ioredis tells, there is no connection.
  return 'ENOTCONN';
}
