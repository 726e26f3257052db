import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';
import { openSilentPort } from '../silent-port.ts';
import { consult, expectIll, wellOverSandbox } from './consult.ts';

const certificate = (name: string) =>
  fileURLToPath(new URL(`../resilience/certificates/${name}.pem`, import.meta.url));
const read = (name: string) => readFileSync(certificate(name), 'utf8');

const opened: ScriptedOrigin[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const consultOver = (url: string, changes: Record<string, string> = {}) =>
  consult({ ECWID_API_URL: url, ECWID_STORE_ID: '1003', ECWID_TOKEN: 'secret_connection', ...changes });

/** A store over TLS that shows this certificate, to who trusts the authority of tests. */
async function consultOverTls(shown: string, trusted = 'authority') {
  const profile = { generalInfo: { storeId: 1003 }, total: 0 };
  const origin = await startScriptedOrigin(answerJson(profile), { key: read('key'), cert: read(shown) });
  opened.push(origin);
  const url = origin.url.replace('127.0.0.1', 'localhost');
  return {
    origin,
    consultation: await consultOver(url, trusted === '' ? {} : { NODE_EXTRA_CA_CERTS: certificate(trusted) }),
  };
}

/** As far as there is a way: what is beyond it cannot be told. */
const way = ['Node', 'Configuration', 'Address', 'Journal', 'DNS', 'Connection', 'TLS'];

describe('the doctor, of the way to the API', () => {
  test('finds it well by its name and its certificate', async () => {
    const { consultation } = await consultOverTls('good');
    expect(consultation.wells.slice(0, way.length)).toEqual(way);
    expect(consultation.found('TLS')).toBe('the certificate is good until 2120-01-01');
    expect(consultation.exitCode).toBe(0);
  });

  test('names a name that is not found', async () => {
    const consultation = await consultOver('https://no-such-host.invalid/api/v3');
    expectIll(consultation, /^DNS: (the name of its host is not found|no name server answers) → Look /, {
      all: way.slice(0, 4),
    });
    expect(consultation.opens).toContain('Ecwid');
  });

  test('names a connection that is refused', async () => {
    expectIll(
      await consultOver('http://127.0.0.1:1/api/v3'),
      /^Connection: the connection is refused → Look at the port in ECWID_API_URL/,
      { all: way.slice(0, 4) },
    );
  });

  test.each([
    ['expired', 'authority', /^TLS: the certificate has expired → Have it renewed/],
    [
      'elsewhere',
      'authority',
      /^TLS: the certificate is for another host → Look for a slip in ECWID_API_URL/,
    ],
    ['self-signed', 'authority', /^TLS: the certificate is self-signed → Look for a proxy/],
    ['good', '', /^TLS: the certificate is by an authority that this machine does not know → Name the auth/],
  ])('names a certificate that is %s where %j is trusted, and sends nothing', async (shown, trusted, ill) => {
    const { consultation, origin } = await consultOverTls(shown, trusted);
    expectIll(consultation, ill, { all: way });
    expect(origin.requests).toEqual([]);
  });

  test('names what speaks no TLS', async () => {
    const origin = await startScriptedOrigin(answerJson({}));
    opened.push(origin);
    const url = origin.url.replace('http:', 'https:');
    expectIll(await consultOver(url), /^TLS: what answers speaks no TLS → Look at the port/, {
      all: way.filter((one) => one !== 'DNS'),
    });
  });

  test('names whoever says nothing, to who connects, to who would speak TLS and to who asks, and ends', async () => {
    const { url: silent } = await openSilentPort();
    const mute = createServer((socket) => void socket.on('error', () => {}));
    await new Promise<void>((resolve) => {
      mute.listen(0, '127.0.0.1', resolve);
    });
    const { port } = mute.address() as AddressInfo;
    const [unconnected, unsecured, unanswered] = await Promise.all([
      consultOver(silent),
      consultOver(`https://127.0.0.1:${port}/api/v3`),
      consultOver(`http://127.0.0.1:${port}/api/v3`),
    ]);
    mute.close();
    const firewalls = 'no answer in time → Look at what firewalls let this machine call.';
    expect(unconnected.ills).toEqual([`Connection: ${firewalls}`]);
    expect(unsecured.ills).toEqual([`TLS: ${firewalls}`]);
    expectIll(unanswered, /^API: no answer in time → /, {
      lost: wellOverSandbox.slice(wellOverSandbox.indexOf('API')),
    });
  }, 40_000);
});
