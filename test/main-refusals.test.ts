import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main, run, temporary } from './program.ts';

describe('ecwid-graphql, where it cannot start', () => {
  test('does not start without a place for its journal, and says so', async () => {
    const store = { ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_abc' };
    const program = run([], { ...store, DATA_DIR: main });
    expect(await program.exited).toBe(1);
    expect(program.said()).toContain(
      '  DATA_DIR cannot be used: the journal of orders needs a directory that this user may write to, or may make\n',
    );
  });

  test('does not start without a place for the journal of its sandbox, and says so', async () => {
    const program = run([], { TMPDIR: join(temporary, 'none') });
    expect(await program.exited).toBe(1);
    expect(program.said()).toContain(
      '  TMPDIR must be a directory that this user may write to: there is the journal of a sandbox\n',
    );
  });

  test('does not start with a manifest of documents that it cannot use, and says so', async () => {
    const program = run([], { TRUSTED_DOCUMENTS: join(temporary, 'none.json') });
    expect(await program.exited).toBe(1);
    expect(program.said()).toContain('  TRUSTED_DOCUMENTS names no file that can be read.\n');
  });

  test('names all that is wrong with its configuration, shows no token, and ends with 1', async () => {
    const program = run([], { ECWID_STORE_ID: 'my store', ECWID_TOKEN: 'secret two words', PORT: '99999' });
    expect(await program.exited).toBe(1);
    for (const name of ['ECWID_STORE_ID', 'ECWID_TOKEN', 'PORT']) expect(program.said()).toContain(name);
    expect(program.said()).not.toContain('two words');
    expect(program.said()).not.toMatch(/\.ts:\d|node:/);
  });

  test('says in a sentence that its port is taken, and ends with 1', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as { port: number };
    const program = run([], { PORT: String(port) });
    expect(await program.exited).toBe(1);
    expect(program.said()).toBe('The port is taken by another program. Set PORT to a free one.\n');
    taken.close();
  });

  test('says so where HOST is none of its own', async () => {
    const program = run([], { HOST: '192.0.2.1', ALLOW_OPEN: 'true' });
    expect(await program.exited).toBe(1);
    expect(program.said()).toBe('HOST is no address of this machine. Set it to one, such as 127.0.0.1.\n');
  });
});
