import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Hold, RequestKind } from '../faults.ts';
import { type FaultyStore, greta, made, place } from './faulty-store.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

// A test that fails half-way leaves nothing behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A gateway in a process of its own. */
export interface GatewayProcess {
  readonly origin: string;
  /** Its exit code, or the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | NodeJS.Signals | null>;
  /** Nothing of it moves, until it is to go on as if no time had passed. */
  standStill(): void;
  goOn(): void;
}

/**
 * Ready once it resolves. It shares the journal of the store's other gateways, on the times of production. Its callers
 * are guests.
 */
export function startGatewayProcess({
  sandbox,
  proxy,
  dataDir,
  environment = {},
}: FaultyStore): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      ECWID_API_URL: proxy.url,
      ECWID_STORE_ID: sandbox.storeId,
      ECWID_TOKEN: sandbox.secretToken,
      DATA_DIR: dataDir,
      // Fifty callers at once come from one address here.
      ORDER_RATE_LIMIT: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const [, origin] = /Graphi?QL\s+(http:\/\/[\d.]+:\d+)\/graphql/.exec(said) ?? [];
      if (!origin) return;
      resolve({
        origin,
        end(signal) {
          child.kill(signal);
          return exited;
        },
        standStill: () => void child.kill('SIGSTOP'),
        goOn: () => void child.kill('SIGCONT'),
      });
    });
    void exited.then((code) => reject(new Error(`It ended with ${code} and said:\n${said}`)));
  });
}

/** A gateway that is killed while a request of its is held, with which the call to it is lost. */
export async function killHolding(store: FaultyStore, kind: RequestKind, held: Hold): Promise<void> {
  store.proxy.failNext(kind, held.fault);
  const gateway = await startGatewayProcess(store);
  const call = place(gateway, greta.cartId).catch(() => 'lost');
  await held.reached;
  expect(await gateway.end('SIGKILL')).toBe('SIGKILL');
  expect(await call).toBe('lost');
}

/** A gateway that takes over from one that was cut short gives the one order that there is of the README's cart. */
export async function expectOneOrder(store: FaultyStore, { sent } = { sent: 1 }): Promise<void> {
  const gateway = await startGatewayProcess(store);
  try {
    expect(await place(gateway, greta.cartId)).toEqual(made(greta.orderNumber));
    expect(await place(gateway, greta.cartId)).toEqual(made(greta.orderNumber));
    expect(store.placings(greta.cartId)).toEqual({ sent, made: 1 });
    expect(await store.newOrders()).toBe(1);
  } finally {
    expect(await gateway.end('SIGTERM')).toBe(0);
  }
}
