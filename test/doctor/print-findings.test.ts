import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { main, run, start } from '../program.ts';

// How a terminal is told to change a colour.
const coloured = '\u001b[32m✓\u001b[39m Node';
const plain = /^✓ Node/;

async function saidBy(program: ReturnType<typeof run>): Promise<string> {
  expect(await program.exited).toBe(0);
  return program.said();
}

describe('what the doctor says', () => {
  test('is without colours where nobody sees them', async () => {
    const said = await saidBy(run(['doctor']));
    expect(said).toMatch(plain);
    expect(said).not.toContain('\u001b');
  });

  test('is in colours where that is forced', async () => {
    expect(await saidBy(run(['doctor'], { FORCE_COLOR: '1' }))).toContain(coloured);
  });

  const script = '/usr/bin/script';
  const missing = !existsSync(script) && `there is no ${script} to have a terminal by`;
  if (missing) process.stderr.write(`Skipped: ${missing}.\n`);
  const onTerminal = (environment: Record<string, string>) =>
    saidBy(start(script, ['-qec', `"${process.execPath}" "${main}" doctor`, '/dev/null'], environment));

  test.skipIf(missing)('is in colours on a terminal, unless none are wanted', async () => {
    expect(await onTerminal({ TERM: 'xterm-256color' })).toContain(coloured);
    expect(await onTerminal({ TERM: 'xterm-256color', NO_COLOR: '1' })).toMatch(plain);
  });
});
