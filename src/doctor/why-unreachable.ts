import type { Ailment } from './finding.ts';

/** What the codes of connections mean. `variable` is the one that holds the address. */
export function whyUnreachable(code: string, variable: string): Ailment {
  switch (code) {
    case 'ENOTFOUND':
      return {
        found: 'the name of its host is not found',
        mend: `Look for a slip in ${variable}, and at what DNS this machine asks.`,
      };
    case 'EAI_AGAIN':
      return { found: 'no name server answers', mend: 'Look at what DNS this machine asks.' };
    case 'ECONNREFUSED':
      return {
        found: 'the connection is refused',
        mend: `Look at the port in ${variable}, and at whether its server runs.`,
      };
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return {
        found: 'no answer in time',
        mend: 'Look at what firewalls let this machine call.',
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { found: 'no way leads there', mend: 'Look at the network of this machine.' };
    case 'CERT_HAS_EXPIRED':
      return {
        found: 'the certificate has expired',
        mend: 'Have it renewed, or set the clock of this machine if that is wrong.',
      };
    case 'CERT_NOT_YET_VALID':
      return {
        found: 'the certificate is not good yet',
        mend: 'Set the clock of this machine if that is wrong, or have another certificate made.',
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        found: 'the certificate is for another host',
        mend: `Look for a slip in ${variable}, and for a proxy on the way.`,
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return {
        found: 'the certificate is self-signed',
        mend: 'Look for a proxy on the way. If it is one of your own, name its authority in NODE_EXTRA_CA_CERTS.',
      };
    default:
      return whyOfKind(code, variable);
  }
}

function whyOfKind(code: string, variable: string): Ailment {
  if (/^UNABLE_TO_|CERT_UNTRUSTED/.test(code)) {
    return {
      found: 'the certificate is by an authority that this machine does not know',
      mend: 'Name the authority in NODE_EXTRA_CA_CERTS if you trust it, or have the whole chain served.',
    };
  }
  if (/^(CERT_|ERR_TLS_)/.test(code)) {
    return { found: `the certificate is of no use (${code})`, mend: 'Have it made anew.' };
  }
  if (/^ERR_SSL_|^EPROTO$/.test(code)) {
    return {
      found: 'what answers speaks no TLS',
      mend: `Look at the port in ${variable}, and at its https.`,
    };
  }
  return {
    found: 'the connection breaks',
    mend: `Look at ${variable}, and at what stands between its server and this machine.`,
  };
}

/** The code of an error, or of what has caused it; empty where neither has one. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.name === 'TimeoutError') return 'ETIMEDOUT';
  // Of a wait that was given up the cause says why.
  const isCode = 'code' in error && typeof error.code === 'string' && error.code !== 'ABORT_ERR';
  if (isCode) return String(error.code);
  return codeOf(error.cause);
}
