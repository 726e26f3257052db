import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sandboxOperations } from '../src/example-operations.ts';
import { temporary } from './program.ts';
import { startGateway } from './running-gateway.ts';
import { subscribe } from './subscribe.ts';

const page = readFileSync(new URL('../docs/live-updates.md', import.meta.url), 'utf8');
const block = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, 'm').exec(page)?.[1] ?? '';

const gateway = await startGateway({}, sandboxOperations);
afterAll(() => gateway.close());
const id = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const hide = (hidden: boolean) =>
  gateway.query(`mutation { hideCart(input: { cart_id: "${id}", hidden: ${hidden} }) { errors { code } } }`);

/** Why a tool cannot be asked, which is printed; false where it is there. */
function missing(tool: string): string | false {
  const reason = spawnSync(tool, ['-V']).error ? `${tool} is not installed` : false;
  if (reason) process.stderr.write(`Skipped: ${reason}.\n`);
  return reason;
}

describe('docs/live-updates.md', () => {
  test.skipIf(missing('curl'))('shows how to subscribe, and what that tells', async () => {
    const script = block('sh').replace('http://127.0.0.1:4000', gateway.origin);
    expect(script).toContain(gateway.origin);
    const curl = spawn('sh', ['-c', `exec ${script}`], { stdio: ['ignore', 'pipe', 'ignore'] });
    let told = '';
    curl.stdout.on('data', (chunk) => {
      told += chunk;
    });
    await expect.poll(() => told).toContain(':\n\n');
    await hide(true);
    // Comments come more often here.
    const [, , shown = ''] = /^```\n(:\n\n)([\s\S]+?)^```/m.exec(page) ?? [];
    await expect.poll(() => told).toContain(shown);
    curl.kill();
    await once(curl, 'close');
  });

  test('shows the very link that Apollo Client is tested with', () => {
    expect(block('ts')).toBe(readFileSync(new URL('clients/sse-link.ts', import.meta.url), 'utf8'));
  });

  test.skipIf(missing('nginx'))(
    'passes through nginx, and lasts for longer than that lets a connection rest',
    async () => {
      const free = createServer().listen(0, '127.0.0.1');
      await once(free, 'listening');
      const address = free.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      free.close();
      await once(free, 'close');
      const file = join(temporary, 'nginx.conf');
      const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${temporary}/${name};`)
        .join(' ');
      writeFileSync(
        file,
        `daemon off; pid ${temporary}/nginx.pid; error_log stderr crit; events {}
       http { access_log off; ${paths}
         server { listen 127.0.0.1:${port};
           location / { proxy_pass ${gateway.origin}; proxy_http_version 1.1; proxy_read_timeout 2s; } } }`,
      );
      const nginx = spawn('nginx', ['-c', file], { stdio: 'ignore' });
      const url = `http://127.0.0.1:${port}/graphql`;
      await expect
        .poll(() =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        )
        .toBe(true);

      const listener = await subscribe(url, `subscription { cartChanged(id: "${id}") { hidden } }`);
      const told = listener.next();
      await expect.poll(() => listener.comments).toBeGreaterThan(10);
      await hide(false);
      expect(await told).toEqual({ data: { cartChanged: { hidden: false } } });
      await listener.leave();
      nginx.kill();
      await once(nginx, 'close');
    },
  );
});
