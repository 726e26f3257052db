import { isIP, isIPv4, SocketAddress } from 'node:net';
import type { Incoming } from './incoming.ts';

/**
 * Where a request comes from, as one text for each caller: an IPv4 address, or the /64 network of an IPv6
 * address, since whoever has one address of it has them all.
 * @param trustProxy how many proxies stand in front; that many entries of X-Forwarded-For are theirs, counted
 *   from the right, and what a caller wrote into it itself is left of them
 */
export function callerAddress(
  { headers, socket }: Pick<Incoming, 'headers' | 'socket'>,
  trustProxy: number,
): string {
  const forwarded = trustProxy > 0 ? forwardedAddress(headers['x-forwarded-for'], trustProxy) : undefined;
  const address = forwarded ?? socket.remoteAddress ?? '';
  return isIP(address) ? networkOf(address) : 'unknown';
}

/** Undefined where a request has come past the proxies, or they wrote no address. */
function forwardedAddress(header: string | string[] | undefined, trustProxy: number): string | undefined {
  const entry = String(header ?? '')
    .split(',')
    .at(-trustProxy)
    ?.trim();
  if (!entry || isIP(entry)) return entry || undefined;
  // Some proxies add the port.
  const [, address = ''] = /^\[?(.*?)\]?:\d{1,5}$/.exec(entry) ?? [];
  return isIP(address) ? address : undefined;
}

function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  // Written in the one way of RFC 5952, and without a zone.
  const text = new SocketAddress({ address, family: 'ipv6' }).address;
  const mapped = text.replace(/^::ffff:/, '');
  if (isIPv4(mapped)) return mapped;
  const [head = [], tail = []] = text.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`;
}
