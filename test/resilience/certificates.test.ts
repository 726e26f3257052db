import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { startGatewayProgram } from './gateway-program.ts';
import { expectBackTo, expectHonestAnswer, openResources } from './honest-answer.ts';

const read = (name: string) => readFileSync(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8');

const trusted = getCACertificates('default');
beforeEach(() => setDefaultCACertificates([read('authority')]));
afterAll(() => setDefaultCACertificates(trusted));

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A store that shows this certificate, and a gateway over it. */
async function start(certificate: string): Promise<{ origin: ScriptedOrigin; gateway: RunningGateway }> {
  const script = answerJson({ total: 5 });
  const origin = await startScriptedOrigin(script, { key: read('key'), cert: read(certificate) });
  const gateway = await startGatewayOver(origin.url, {
    deadlineMs: 60_000,
    limits: { querySeconds: 1 },
    retries: true,
  });
  opened.push(gateway, origin);
  return { origin, gateway };
}

const query = '{ cart(id: "A") { total } }';

const bad: readonly [what: string, certificate: string, authorities: string[], code: string][] = [
  ['of a time that is over', 'expired', [read('authority')], 'CERT_HAS_EXPIRED'],
  ['for another host', 'elsewhere', [read('authority')], 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['by an authority that nobody knows', 'good', [], 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
];

describe('R17: a certificate that is not to be trusted', () => {
  test('is none that is good', async () => {
    const { origin, gateway } = await start('good');
    const { data } = await expectHonestAnswer(gateway, query, { url: origin.url });
    expect(data).toEqual({ cart: { total: 5 } });
  });

  test.each(bad)(
    '%s is sent nothing, and told nobody but by a code in the log',
    async (_what, certificate, authorities, code) => {
      setDefaultCACertificates(authorities);
      const { origin, gateway } = await start(certificate);
      const before = openResources();
      const { data, errors, codes } = await expectHonestAnswer(gateway, query, { url: origin.url });
      expect(data).toEqual({ cart: null });
      expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
      expect(origin.requests).toEqual([]);
      const logged = gateway.logLines.join('');
      expect(logged).toContain(`"cause":"${code}"`);
      expect(JSON.stringify(errors) + logged).not.toMatch(
        /authority|elsewhere|localhost|altnames|certificate/,
      );
      await expectBackTo(before);
    },
  );

  test.each(bad)(
    '%s has no request to place a cart sent, which is said to be safe to send again',
    async (_what, certificate, authorities) => {
      setDefaultCACertificates(authorities);
      const { origin, gateway } = await start(certificate);
      const { errors } = await gateway.query(
        'mutation { placeOrder(input: { cart_id: "A" }) { errors { code } } }',
      );
      expect(errors).toMatchObject([
        {
          message: expect.stringMatching(/safe to try again\.$/),
          extensions: { code: 'UPSTREAM_UNAVAILABLE' },
        },
      ]);
      expect(origin.requests).toEqual([]);
    },
  );

  test('is none that never comes, which is given up in time for another connection', async () => {
    const reached = Promise.withResolvers<void>();
    let connections = 0;
    const silent = createServer((socket) => {
      connections += 1;
      socket.once('data', () => reached.resolve()).on('error', () => {});
    });
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/api/v3`;
    // In less time the timers of connections, which count half seconds, would not get anywhere.
    const gateway = await startGatewayProgram(url, { querySeconds: 3 });
    const { data, codes } = await expectHonestAnswer(gateway, query, {
      url,
      begun: reached.promise,
      isLasting: true,
    });
    expect(data).toEqual({ cart: null });
    expect(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT']).toContain(codes[0]);
    expect(connections).toBeGreaterThan(1);
    await expect
      .poll(() => new Promise((resolve) => silent.getConnections((_error, count) => resolve(count))))
      .toBe(0);
    silent.close();
  });
});
