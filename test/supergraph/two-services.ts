import { type Customer, startCustomers } from '../../examples/supergraph/customers.ts';
import type { Limits } from '../../src/limits.ts';
import { createLog } from '../../src/log.ts';
import { createAuthenticate } from '../../src/server/authenticate.ts';
import { type GatewayOnSandbox, startGateway } from '../running-gateway.ts';
import { audience, claims, issuer, now, secret, sign } from '../tokens.ts';
import { type WatchedService, watchService } from './watched-service.ts';

/** This gateway over its sandbox, and a service of customers, each seen by what asks it. */
export interface TwoServices {
  readonly gateway: GatewayOnSandbox;
  readonly ecwid: WatchedService;
  readonly customers: WatchedService;
  /** Twenty. The first has fifty orders, and a cart that is not there; the second has carts of the first as well. */
  readonly people: readonly Customer[];
  /** Paths of the store's API that fail for now. */
  readonly failing: Set<string>;
  /** As at first, with nothing asked yet. */
  reset(): void;
  close(): Promise<void>;
}

const bearer = async (payload: Parameters<typeof claims>[0]) => `Bearer ${await sign(claims(payload))}`;

/** What the Authorization header of each holds. */
export const credentials = {
  staff: await bearer({ sub: 'ann', scope: 'read_orders create_orders', exp: now() + 3_600 }),
  customer: await bearer({ sub: '15319410', exp: now() + 3_600 }),
  expired: await bearer({ exp: now() - 3_600 }),
};

export const missingCart = 'NONE';

export async function startTwoServices({
  cartsEach = 3,
  limits = {},
  protection = {},
}: {
  cartsEach?: number;
  limits?: Partial<Limits>;
  protection?: NonNullable<Parameters<typeof startGateway>[2]>['protection'];
} = {}): Promise<TwoServices> {
  const failing = new Set<string>();
  const onRequest = ({ path }: { readonly path: string }) => {
    if (failing.has(path)) throw new Error('The store has a fault.');
  };
  const log = createLog({ level: 'silent' });
  const authenticate = createAuthenticate({ keys: secret, issuer, audience, log });
  const gateway = await startGateway({ onRequest }, [], { authenticate, limits, protection });
  const people = await findPeople(gateway, cartsEach);
  const service = await startCustomers(people);
  const ecwid = await watchService(gateway.url);
  const customers = await watchService(service.url);
  const reset = () => {
    failing.clear();
    gateway.reset();
    ecwid.requests.length = 0;
    customers.requests.length = 0;
  };
  reset();
  return {
    gateway,
    ecwid,
    customers,
    people,
    failing,
    reset,
    async close() {
      for (const server of [ecwid, customers, service, gateway]) await server.close();
    },
  };
}

async function findPeople(gateway: GatewayOnSandbox, cartsEach: number): Promise<Customer[]> {
  const { data } = await gateway
    .as(credentials.staff)
    .query('{ carts(first: 1000) { nodes { id customerId } } orders(first: 50) { nodes { id } } }');
  const carts: readonly { id: string; customerId: string | null }[] = data.carts.nodes;
  const cartsOf = (owner: string) =>
    carts.flatMap(({ id, customerId }) => (customerId === owner ? id : [])).slice(0, cartsEach);
  const owners = [...new Set(carts.flatMap(({ customerId }) => customerId ?? []))].slice(0, 20);
  const orderIds = data.orders.nodes.map(({ id }: { id: string }) => id);
  const [first = ''] = owners;
  return owners.map((id, index) => ({
    id,
    name: `Customer ${id}`,
    cartIds: [...cartsOf(id), ...(index === 0 ? [missingCart] : []), ...(index === 1 ? cartsOf(first) : [])],
    orderIds: index === 0 ? orderIds : [],
  }));
}
