import { guest, type Scope, scopes, type Viewer } from '../src/viewer.ts';

/**
 * Takes a caller's word for it: `customer <id>` is that customer, `staff <scope> <scope>` is staff with these
 * scopes, `guest` or no Authorization header a guest. Staff with other scopes are other people.
 */
export async function testAuthenticate(authorization: string | null): Promise<Viewer> {
  const [kind, ...words] = (authorization ?? 'guest').split(' ');
  switch (kind) {
    case 'guest':
      return guest;
    case 'customer':
      return { kind, customerId: words.join(' ') };
    case 'staff':
      return { kind, subject: words.join('+'), scopes: new Set(words.map(toScope)) };
    default:
      throw new Error(`Nobody is called ${authorization}.`);
  }
}

function toScope(word: string): Scope {
  const scope = scopes.find((one) => one === word);
  if (!scope) throw new Error(`There is no scope ${word}.`);
  return scope;
}
