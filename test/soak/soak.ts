import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { audience, claims, issuer, now, secret, sign } from '../tokens.ts';
import { callAtOnce, type Told, watchFineQuery } from './callers.ts';
import type { GatewayFigures } from './gateway-figures.ts';
import { type Books, createMix } from './operations.ts';
import type { OriginFigures } from './origin.ts';
import { type Gateway, startGateway, startOrigin } from './processes.ts';
import { readStore } from './store-contents.ts';

export interface SoakOptions {
  /** How long callers begin something new while calls fail. */
  readonly stormMs: number;
  /** How long they did so before, while none fails. */
  readonly calmMs: number;
  readonly callers: number;
  /** Calls to the store; what is more is answered with 429. */
  readonly perMinute: number;
  /** After which calls break off that stand still or drip. */
  readonly stallMs: number;
  /** Within which queries are answered. */
  readonly querySeconds: number;
  /** By how much of its deadline an answer may be late, since the machine has other things to do as well. */
  readonly leeway: number;
  /**
   * Whether things happen after which an order is looked for until half a minute has passed: the request that creates
   * one is lost, or its cart was misread before.
   */
  readonly isPatient: boolean;
}

export interface Soak {
  readonly told: readonly Told[];
  readonly books: Books;
  readonly origin: OriginFigures;
  /** When it had started, when the calm was over, and when everything was. */
  readonly gateway: Readonly<Record<'fresh' | 'warm' | 'after', GatewayFigures>>;
  readonly isAlive: boolean;
  readonly complaints: readonly string[];
  /** Times of a query that needs nothing of Ecwid, in milliseconds. */
  readonly fineMs: { readonly calm: readonly number[]; readonly storm: readonly number[] };
}

const shareOfFailing = 0.3;

/** Many callers of a gateway, in a process of its own, over a store that fails often: what came of it. */
export async function soak(options: SoakOptions): Promise<Soak> {
  const { stormMs, calmMs, callers, perMinute, stallMs, querySeconds, isPatient } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'ecwid-graphql-soak-'));
  const origin = await startOrigin(perMinute);
  const gateway = await startGateway({
    ECWID_API_URL: origin.apiUrl,
    ECWID_STORE_ID: origin.storeId,
    ECWID_TOKEN: origin.token,
    ECWID_RATE_LIMIT: String(perMinute),
    DATA_DIR: dataDir,
    AUTH_JWT_SECRET: secret,
    AUTH_JWT_ISSUER: issuer,
    AUTH_JWT_AUDIENCE: audience,
    LIMITS: `querySeconds=${querySeconds}`,
    // All callers come from one address.
    RATE_LIMIT: 'off',
    ORDER_RATE_LIMIT: 'off',
  });
  try {
    const scope = 'read_orders update_orders create_orders';
    const token = await sign(claims({ sub: 'soak', scope, exp: now() + 3_600 }));
    const before = await readStore(origin);
    const caller = {
      origin: gateway.origin,
      authorization: `Bearer ${token}`,
      callers,
      pick: createMix(before, { creates: isPatient }),
    };
    const callFor = async (forMs: number) => {
      const calls = callAtOnce({ ...caller, forMs });
      return { fineMs: await watchFineQuery(caller, calls), told: await calls };
    };

    const fresh = await gateway.figures();
    const calm = await callFor(calmMs);
    const warm = await gateway.figures();
    await origin.setWeather({ share: shareOfFailing, stallMs, misshapes: isPatient });
    const storm = await callFor(stormMs);
    return {
      told: [...calm.told, ...storm.told],
      books: { before, after: await readStore(origin) },
      origin: await origin.figures(),
      gateway: { fresh, warm, after: gateway.isAlive() ? await settle(gateway, fresh) : warm },
      isAlive: gateway.isAlive(),
      complaints: gateway.complaints,
      // Nothing is as slow as the first requests of a process.
      fineMs: { calm: calm.fineMs.slice(calm.fineMs.length / 2), storm: storm.fineMs },
    };
  } finally {
    await gateway.end();
    await origin.end();
    await rm(dataDir, { recursive: true });
  }
}

// Sockets are kept open for a while, and an order of a caller who has left is placed nonetheless.
async function settle(gateway: Gateway, { sockets, timers }: GatewayFigures): Promise<GatewayFigures> {
  const until = performance.now() + 45_000;
  for (;;) {
    const figures = await gateway.figures();
    if (figures.sockets <= sockets && figures.timers <= timers) return figures;
    if (performance.now() > until) return figures;
    await sleep(250);
  }
}
