import { type Authenticate, AuthenticationError } from './server/authenticate.ts';
import type { ReadyViewer } from './server/viewer-switch.ts';
import { everyScope, guest } from './viewer.ts';

/** Whom GraphiQL offers over the open sandbox. The customer has a cart there that can be placed. */
export const sandboxViewers: readonly ReadyViewer[] = [
  { label: 'staff', authorization: 'Bearer sandbox-staff' },
  { label: 'customer (John Smith)', authorization: 'Bearer sandbox-customer-15319410' },
  { label: 'guest', authorization: 'Bearer sandbox-guest' },
];

/**
 * Believes whoever says who they are. For the open sandbox alone, where whoever says nothing is staff: these tokens
 * open nothing there.
 */
export const authenticateOnSandbox: Authenticate = async (authorization) => {
  if (authorization === null) return everyScope;
  const token = /^Bearer +sandbox-(\S+)$/i.exec(authorization)?.[1];
  if (token === 'staff') return everyScope;
  if (token === 'guest') return guest;
  const customerId = /^customer-([1-9]\d{0,17})$/.exec(token ?? '')?.[1];
  if (customerId === undefined) throw new AuthenticationError();
  return { kind: 'customer', customerId };
};
