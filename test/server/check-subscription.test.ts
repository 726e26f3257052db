import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startGateway } from '../running-gateway.ts';
import { type Listener, subscribe } from '../subscribe.ts';

const gateway = await startGateway();
const listeners: Listener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.leave();
});
afterAll(() => gateway.close());

async function follow(query: string): Promise<Listener> {
  const listener = await subscribe(gateway.url, query);
  listeners.push(listener);
  return listener;
}

const id = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
const followed = `cartChanged(id: "${id}")`;

describe('a subscription', () => {
  test.each([
    ['skip', `subscription { ${followed} @skip(if: true) { id } }`],
    ['include', `subscription { ${followed} @include(if: false) { id } }`],
    ['skip', `subscription ($no: Boolean = false) { ${followed} @skip(if: $no) { id } }`],
    ['include', `subscription { ... @include(if: false) { ${followed} { id } } }`],
    ['skip', `subscription { ...a @skip(if: true) } fragment a on Subscription { ${followed} { id } }`],
    ['skip', `subscription { ...a } fragment a on Subscription { ...a ${followed} @skip(if: true) { id } }`],
  ])('has to have what it follows, without @%s: %s', async (name, query) => {
    const refused = await follow(query);
    expect(refused.status).toBe(400);
    const message = `What a subscription follows must not be under @${name}.`;
    expect(await refused.next()).toMatchObject({
      errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('may have conditions for what is told', async () => {
    const listener = await follow(
      `subscription { ${followed} { id hidden @skip(if: true) ... @include(if: false) { total } } }`,
    );
    gateway.changes.publish({ kind: 'cart', id });
    expect(await listener.next()).toEqual({ data: { cartChanged: { id } } });
  });
});
