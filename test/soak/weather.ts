import { setTimeout as sleep } from 'node:timers/promises';
import {
  breakOffAfter,
  type Fault,
  failAfter,
  failBefore,
  pageAfter,
  resetAfter,
  resetBefore,
  truncateAfter,
} from '../faults.ts';

export interface Weather {
  /** Of calls, which fails. */
  readonly share: number;
  /** After which those break off that stand still or drip. */
  readonly stallMs: number;
  /** Whether values are of other types than they should be. */
  readonly misshapes: boolean;
}

/** What goes wrong, each as often as any other. */
export function createFaults({
  stallMs,
  misshapes,
}: Weather): readonly (readonly [name: string, fault: Fault])[] {
  return [
    ['500 before the work', failBefore(500)],
    ['502 after the work', failAfter(502)],
    ['503 before the work', failBefore(503)],
    ['reset before the work', resetBefore],
    ['reset after the work', resetAfter],
    ['reset in the body', breakOffAfter],
    ['JSON that is cut off', truncateAfter],
    ['HTML with 200', pageAfter],
    ['silence', stall],
    ['a slow drip', drip],
    ...(misshapes ? [['values of other types', misshape] as const] : []),
  ];

  async function stall({ reset }: Parameters<Fault>[0]): Promise<void> {
    await sleep(stallMs);
    reset();
  }

  async function drip({ forward, drip, reset }: Parameters<Fault>[0]): Promise<void> {
    const told = await forward();
    const isWhole = await Promise.race([drip(told, 50).then(() => true), sleep(stallMs, false)]);
    if (!isWhole) reset();
  }
}

/** Amounts and the parts of items, whose fields can say so; ids are right. */
const misshape: Fault = async ({ forward, answer }) => {
  const { status, body } = await forward();
  const told = JSON.parse(body);
  // A search has records for its items, and whoever wants some of their fields alone may get no items in them.
  const records = 'count' in told ? told.items : [told];
  for (const record of records) {
    if ('total' in record) record.total = { amount: record.total };
    if ('email' in record) record.email = [record.email];
    for (const item of record.items ?? []) {
      if ('name' in item) item.name = [item.name];
      if ('quantity' in item) item.quantity = 'several';
    }
  }
  await answer({ status, body: JSON.stringify(told) });
};
