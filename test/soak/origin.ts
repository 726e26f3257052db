import { createRandom } from '../../src/sandbox/random.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { type Fault, tooMany } from '../faults.ts';
import { startFaultyProxy } from '../faulty-proxy.ts';
import { createFaults, type Weather } from './weather.ts';

/** What the process that runs this file is asked. */
export type OriginQuestion =
  | { readonly ask: 'where' }
  /** As it is from now on. */
  | ({ readonly ask: 'weather' } & Weather)
  | { readonly ask: 'figures' };

export interface OriginAddress {
  /** What ECWID_API_URL takes: with faults, and so many calls a minute. */
  readonly apiUrl: string;
  /** The store itself, as it is. */
  readonly storeUrl: string;
  readonly storeId: string;
  readonly token: string;
}

export interface OriginFigures {
  readonly calls: number;
  /** The most calls that any 60 seconds have seen. */
  readonly mostInAMinute: number;
  /** How many were answered with 429. */
  readonly throttled: number;
  readonly faults: Readonly<Record<string, number>>;
  /** How often the store has said that it placed a cart, by the path of that. */
  readonly placings: Readonly<Record<string, number>>;
}

/** Of calls, before they are answered with 429. */
const perMinute = Number(process.argv[2]);
const minuteMs = 60_000;

const sandbox = await createSandbox({ requestsPerMinute: Number.POSITIVE_INFINITY });
const proxy = await startFaultyProxy(sandbox.url);
const random = createRandom(1);
const calls: number[] = [];
const faults: Record<string, number> = {};
let weather: Weather = { share: 0, stallMs: 0, misshapes: false };
let throttled = 0;
let mostInAMinute = 0;

proxy.choose = () => {
  const now = performance.now();
  calls.push(now);
  const inAMinute = calls.length - calls.findIndex((at) => at > now - minuteMs);
  mostInAMinute = Math.max(mostInAMinute, inAMinute);
  if (inAMinute > perMinute) {
    throttled += 1;
    return tooMany;
  }
  return random.chance(weather.share) ? pickFault() : undefined;
};

function pickFault(): Fault {
  const [name, fault] = random.pick(createFaults(weather));
  faults[name] = (faults[name] ?? 0) + 1;
  return fault;
}

function countPlacings(): Record<string, number> {
  const placings: Record<string, number> = {};
  for (const { kind, path, status } of proxy.forwarded) {
    if (kind === 'place' && status === 200) placings[path] = (placings[path] ?? 0) + 1;
  }
  return placings;
}

function answer(question: OriginQuestion): OriginAddress | OriginFigures {
  if (question.ask === 'weather') weather = question;
  return question.ask === 'where'
    ? {
        apiUrl: proxy.url,
        storeUrl: `${sandbox.url}/${sandbox.storeId}`,
        storeId: sandbox.storeId,
        token: sandbox.secretToken,
      }
    : { calls: calls.length, mostInAMinute, throttled, faults, placings: countPlacings() };
}

process.on('message', (question: OriginQuestion) => void process.send?.(answer(question)));
process.once('disconnect', () => process.exit());
