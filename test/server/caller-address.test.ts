import { describe, expect, test } from 'vitest';
import { callerAddress } from '../../src/server/caller-address.ts';

function from(remoteAddress: string | undefined, trustProxy = 0, forwardedFor?: string): string {
  return callerAddress(
    {
      headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
      socket: { remoteAddress },
    },
    trustProxy,
  );
}

describe('callerAddress', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:0207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:ffff::', '2001:db8:0:0::/64'],
    ['1:2:3::5:6:7:8', '1:2:3:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::192.0.2.7', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('takes %s for the caller %s', (address, caller) => {
    expect(from(address)).toBe(caller);
  });

  test('has a name for those whose socket is gone or has no address', () => {
    expect(from(undefined)).toBe('unknown');
  });

  test('reads no header where no proxy is trusted', () => {
    expect(from('192.0.2.7', 0, '198.51.100.1')).toBe('192.0.2.7');
  });

  test('believes as many entries as there are proxies, from the right', () => {
    const written = '203.0.113.9, 198.51.100.1,198.51.100.2';
    expect(from('10.0.0.1', 1, written)).toBe('198.51.100.2');
    expect(from('10.0.0.1', 2, written)).toBe('198.51.100.1');
    expect(from('10.0.0.1', 3, written)).toBe('203.0.113.9');
    expect(from('10.0.0.1', 1, '2001:db8:1:2::3')).toBe('2001:db8:1:2::/64');
  });

  test('keeps to the socket where the proxies wrote no address', () => {
    for (const written of [
      undefined,
      '',
      ' ',
      'unknown',
      '_hidden',
      '1',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.4/8',
      'a:80',
      ',',
    ]) {
      expect(from('10.0.0.1', 1, written), written).toBe('10.0.0.1');
    }
    expect(from('10.0.0.1', 2, '198.51.100.1')).toBe('10.0.0.1');
  });

  test('leaves out the port that some proxies add', () => {
    expect(from('10.0.0.1', 1, '198.51.100.1:51234')).toBe('198.51.100.1');
    expect(from('10.0.0.1', 1, '[2001:db8:1:2::3]:51234')).toBe('2001:db8:1:2::/64');
  });
});
