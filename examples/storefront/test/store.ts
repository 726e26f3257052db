import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

/** Changes something of the store by the API itself, past the gateway. */
async function put({ url, storeId, secretToken }: Sandbox, path: string, body: object): Promise<void> {
  const { status } = await fetch(`${url}/${storeId}${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${secretToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (status !== 200) throw new Error(`The sandbox answered with ${status}.`);
}

/** A cart is an order that is not complete, and has the number of one. */
export function changeCart(sandbox: Sandbox, orderNumber: string, changes: object): Promise<void> {
  return put(sandbox, `/orders/${orderNumber}`, changes);
}

export function changeProfile(sandbox: Sandbox, changes: object): Promise<void> {
  return put(sandbox, '/profile', changes);
}
