import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as secure } from 'node:tls';
import { type Finding, ill, open, patienceMs, well } from './finding.ts';
import { codeOf, whyUnreachable } from './why-unreachable.ts';

const variable = 'ECWID_API_URL';

/** The way to an API, step by step as far as it leads: DNS, a connection, TLS. */
export async function examineConnection(url: URL): Promise<readonly Finding[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const dns = await examineName(host);
  if (dns.verdict === 'ill') return [dns];

  const isSecure = url.protocol === 'https:';
  const socket = connect({ host, port: Number(url.port) || (isSecure ? 443 : 80) });
  // It breaks at any time, be it when nobody waits for it.
  socket.on('error', () => {});
  try {
    const connection = await told('Connection', 'it is made', once(socket, 'connect', soon()));
    if (connection.verdict === 'ill') return [dns, connection];
    return [
      dns,
      connection,
      isSecure ? await examineTls(socket, host) : open('TLS', `none: ${variable} is http`),
    ];
  } finally {
    socket.destroy();
  }
}

async function examineName(host: string): Promise<Finding> {
  if (isIP(host)) return open('DNS', `not needed: ${variable} has an address`);
  const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
    throw Object.assign(new Error('Too late.'), { code: 'EAI_AGAIN' });
  });
  return told('DNS', 'the name of the host is found', Promise.race([lookup(host), late]));
}

async function examineTls(socket: Socket, host: string): Promise<Finding> {
  const tls = secure({ socket, host, ...(isIP(host) ? {} : { servername: host }) });
  tls.on('error', () => {});
  const finding = await told('TLS', '', once(tls, 'secureConnect', soon()));
  if (finding.verdict === 'ill') return finding;
  const until = new Date(tls.getPeerCertificate().valid_to).toISOString().slice(0, 10);
  return well('TLS', `the certificate is good until ${until}`);
}

async function told(subject: string, found: string, step: Promise<unknown>): Promise<Finding> {
  try {
    await step;
    return well(subject, found);
  } catch (error) {
    return ill(subject, whyUnreachable(codeOf(error), variable));
  }
}

const soon = () => ({ signal: AbortSignal.timeout(patienceMs) });
