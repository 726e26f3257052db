import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timing } from '../../src/checkout/timing.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import type { RequestKind } from '../faults.ts';
import { type FaultyProxy, startFaultyProxy } from '../faulty-proxy.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';

/** Carts of the seed that can be placed as they are, and the orders that they become. */
export const readme = { cartId: '6626E60A-A6F9-4CD5-8230-43D5F162E0CD', orderNumber: 'AB1CD' };
export const another = { cartId: '0B299518-FB54-491A-A6E0-5B6BA6E20868', orderNumber: 'XJ12H' };
export const greta = { cartId: '5A0DB0C5-0000-4000-8000-000000000001', orderNumber: 'SHOW01' };
export const digital = { cartId: '5A0DB0C5-0000-4000-8000-000000000010', orderNumber: 'SHOW10' };
export const pickup = { cartId: '5A0DB0C5-0000-4000-8000-000000000011', orderNumber: 'SHOW11' };

/** Steps that are over soon where nothing answers, and time enough for a loaded machine to come to an end. */
export const quick: Partial<Timing> = { stepMs: 3_000, pauseMs: 20, pollMs: 20, settlingMs: 200 };

/** What a caller is told where nothing of its own can have made an order. */
export const safeToTryAgain = /This call made no order, and it is safe to try again\.$/;

/** What became of a caller. */
export interface Told {
  readonly orderNumber: string | null;
  /** Why there is no order: of refusals and of failures alike. */
  readonly codes: readonly string[];
  readonly messages: readonly string[];
}

/** A sandbox behind a proxy with faults, and any number of gateways that share one journal. */
export interface FaultyStore {
  readonly sandbox: Sandbox;
  readonly proxy: FaultyProxy;
  readonly dataDir: string;
  /** What its gateways that are processes are told besides. */
  readonly environment?: Record<string, string>;
  startGateway(options?: Parameters<typeof startGatewayOver>[1]): Promise<RunningGateway>;
  /** How many requests to place this cart the sandbox has got, and how many it says have made an order. */
  placings(cartId: string): { readonly sent: number; readonly made: number };
  /** How many requests of a kind the sandbox has got. */
  forwarded(kind: RequestKind): number;
  /** How many orders have come about since it opened, by the sandbox's own count. */
  newOrders(): Promise<number>;
  /** Whether the store has an order of this number, which it knows before searches do. */
  isOrder(orderNumber: string): Promise<boolean>;
  close(): Promise<void>;
}

export async function openFaultyStore(options: SandboxOptions = {}): Promise<FaultyStore> {
  const sandbox = await createSandbox({ requestsPerMinute: Number.POSITIVE_INFINITY, ...options });
  const proxy = await startFaultyProxy(sandbox.url);
  const dataDir = await mkdtemp(join(tmpdir(), 'ecwid-graphql-placing-'));
  const gateways: RunningGateway[] = [];

  // Past the proxy.
  const read = async <Answer>(path: string): Promise<Answer> => {
    const response = await fetch(`${sandbox.url}/${sandbox.storeId}${path}`, {
      headers: { authorization: `Bearer ${sandbox.secretToken}` },
    });
    return (await response.json()) as Answer;
  };
  const countOrders = async () => (await read<{ total: number }>('/orders?limit=1')).total;
  const ordersBefore = await countOrders();

  return {
    sandbox,
    proxy,
    dataDir,
    async startGateway(gatewayOptions) {
      const gateway = await startGatewayOver(proxy.url, {
        storeId: sandbox.storeId,
        token: sandbox.secretToken,
        // The step's own time is the shorter one.
        deadlineMs: 10_000,
        dataDir,
        timing: quick,
        ...gatewayOptions,
      });
      gateways.push(gateway);
      return gateway;
    },
    placings(cartId) {
      const sent = proxy.forwarded.filter(
        ({ kind, path }) => kind === 'place' && path === `/carts/${cartId}/place`,
      );
      return { sent: sent.length, made: sent.filter(({ status }) => status === 200).length };
    },
    forwarded: (kind) => proxy.forwarded.filter((request) => request.kind === kind).length,
    newOrders: async () => (await countOrders()) - ordersBefore,
    async isOrder(orderNumber) {
      const { paymentStatus } = await read<{ paymentStatus: string }>(`/orders/${orderNumber}`);
      return paymentStatus !== 'INCOMPLETE';
    },
    async close() {
      await proxy.close();
      await Promise.all(gateways.map((gateway) => gateway.close()));
      await sandbox.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Asks a gateway to place a cart, over a connection of its own where there is a signal to end it by. */
export function place(
  gateway: { readonly origin: string },
  cartId: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Told> {
  const operation = `mutation ($cartId: String!) {
    placeOrder(input: { cart_id: $cartId }) { order { order_number } errors { code message } }
  }`;
  return ask(gateway, operation, { cartId }, signal);
}

/** Asks a gateway to create an order, without a calculation unless the input wants one. */
export function create(gateway: { readonly origin: string }, input: object): Promise<Told> {
  const operation = `mutation ($input: CreateOrderInput!) {
    createOrder(input: $input) { order { order_number } errors { code message } }
  }`;
  return ask(gateway, operation, { input: { calculate: false, ...input } });
}

async function ask(
  { origin }: { readonly origin: string },
  query: string,
  variables: object,
  signal?: AbortSignal,
): Promise<Told> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: signal ?? null,
  });
  const { data, errors = [] } = (await response.json()) as {
    data?: Record<string, { order: { order_number: string } | null; errors: GraphQLReason[] } | null> | null;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  const [payload] = Object.values(data ?? {});
  const refusals = payload?.errors ?? [];
  return {
    orderNumber: payload?.order?.order_number ?? null,
    codes: [
      ...refusals.map(({ code }) => code),
      ...errors.map(({ extensions }) => extensions?.code ?? 'none'),
    ],
    messages: [...refusals, ...errors].map(({ message }) => message),
  };
}

interface GraphQLReason {
  readonly code: string;
  readonly message: string;
}

/** What a caller is told of an order. */
export function made(orderNumber: string): Told {
  return { orderNumber, codes: [], messages: [] };
}
