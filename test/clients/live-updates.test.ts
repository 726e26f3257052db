import { ApolloClient, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange } from '@urql/core';
import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { CartHidden } from './operations.ts';
import { createLink } from './sse-link.ts';
import { gretasCart as id } from './store-contents.ts';

const gateway: GatewayOnSandbox = await startGateway();
beforeEach(() => gateway.reset());
afterAll(() => gateway.close());

const told: unknown[] = [];
beforeEach(() => {
  told.length = 0;
});

/** Hides the cart and shows it again, each until the listener has heard of it. */
async function change(): Promise<void> {
  for (const hidden of [true, false]) {
    await expect
      .poll(async () => {
        await gateway.query(
          `mutation { hideCart(input: { cart_id: "${id}", hidden: ${hidden} }) { errors { code } } }`,
        );
        return told.at(-1);
      })
      .toMatchObject({ cartChanged: { id, hidden } });
  }
}

describe('a cart that changes', () => {
  test('is followed by graphql-sse', async () => {
    const client = createClient({ url: gateway.url });
    const leave = client.subscribe(
      { query: print(CartHidden), variables: { id } },
      {
        next: ({ data }) => told.push(data),
        error: (error) => told.push(error),
        complete: () => told.push('complete'),
      },
    );
    await change();
    leave();
    client.dispose();
    expect(told).not.toContain('complete');
  });

  test('is followed by urql', async () => {
    const client = new Client({
      url: gateway.url,
      preferGetMethod: false,
      fetchSubscriptions: true,
      exchanges: [fetchExchange],
    });
    const { unsubscribe } = client
      .subscription(CartHidden, { id })
      .subscribe(({ data, error }) => told.push(error ?? data));
    await change();
    unsubscribe();
  });

  test('is followed by Apollo Client', async () => {
    const client = new ApolloClient({ link: createLink(gateway.url), cache: new InMemoryCache() });
    const following = client
      .subscribe({ query: CartHidden, variables: { id } })
      .subscribe({ next: ({ data, error }) => told.push(error ?? data), error: (error) => told.push(error) });
    await change();
    following.unsubscribe();
  });
});
