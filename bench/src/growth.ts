import { readData } from './check-answers.ts';
import { product } from './contenders.ts';
import { drawCurves } from './draw-curves.ts';
import { createRequests } from './load/requests.ts';
import { type Saturation, saturate } from './measure.ts';
import { peakMemoryMb } from './process-cost.ts';
import { describeMachine } from './report.ts';
import { cartScenario, cartsScenario, type Scenario } from './scenarios.ts';
import { startContender } from './start-contender.ts';
import { median } from './statistics.ts';
import type { Workplace } from './workplace.ts';
import { writePicture, writeSection } from './write-section.ts';

const lengths = [1, 10, 100, 1_000];
const crowds = [1, 10, 100, 500];

interface Point extends Saturation {
  readonly peakMb: number;
}

export interface GrowthOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly write: boolean;
}

/**
 * What a cart costs on longer and longer pages, with its share of the request and without, and an operation among
 * more and more callers.
 */
export async function measureGrowth(
  workplace: Workplace,
  { rounds, seconds, write }: GrowthOptions,
  say: (text: string) => void,
): Promise<void> {
  const measurePoint = async (scenario: Scenario, callers: number): Promise<Point> => {
    const points: Point[] = [];
    for (let round = 0; round < rounds; round += 1) {
      say(`Round ${round + 1} of ${rounds}: ${scenario.name}, ${callers} callers`);
      points.push(await measureOnce(workplace, scenario, { callers, seconds }));
    }
    const middle = (key: keyof Point) => median(points.map((point) => point[key]));
    return {
      cpuUs: middle('cpuUs'),
      p50Ms: middle('p50Ms'),
      p99Ms: middle('p99Ms'),
      rate: middle('rate'),
      busy: middle('busy'),
      peakMb: middle('peakMb'),
    };
  };

  const byLength: Point[] = [];
  for (const first of lengths) byLength.push(await measurePoint(cartsScenario(first), 4));
  const byCrowd: Point[] = [];
  for (const callers of crowds) byCrowd.push(await measurePoint(cartScenario, callers));

  const operations = byLength.map(({ cpuUs }) => cpuUs);
  const [ofOne = NaN, ...ofMore] = operations;
  const further = lengths.slice(1);
  const panels = [
    {
      title: 'CPU of one cart in carts(first: n), µs',
      xs: lengths,
      ys: operations.map((cpuUs, n) => cpuUs / (lengths[n] ?? NaN)),
    },
    {
      title: 'CPU of each cart after the first, µs',
      xs: further,
      ys: ofMore.map((cpuUs, n) => (cpuUs - ofOne) / ((further[n] ?? NaN) - 1)),
    },
    { title: 'CPU of cart for n callers at once, µs', xs: crowds, ys: byCrowd.map(({ cpuUs }) => cpuUs) },
    { title: 'p99 of the same, ms', xs: crowds, ys: byCrowd.map(({ p99Ms }) => p99Ms) },
    { title: 'peak RSS of the same, MB', xs: crowds, ys: byCrowd.map(({ peakMb }) => peakMb) },
  ];
  const lines = panels.map(
    ({ title, xs, ys }) =>
      `- ${title}: ${xs.map((x, n) => `${(ys[n] ?? NaN).toFixed(1)} for ${x}`).join(', ')}`,
  );
  const machine = describeMachine(workplace.start.isPinned);
  const text = `${lines.join('\n')}\n\nMade by \`npm run bench -- growth\`: ${rounds} rounds of ${seconds} s for each figure, on ${machine}.`;
  process.stdout.write(`${text}\n`);
  if (!write) return;
  writePicture(drawCurves(panels));
  writeSection('growth', `![The curves of what follows](performance.svg)\n\n${text}`);
}

// Each in a process of its own, whose peak is that of no other.
async function measureOnce(
  workplace: Workplace,
  scenario: Scenario,
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<Point> {
  const published = workplace.contenders.find(({ name }) => name === product.name) ?? product;
  const running = await startContender(published, workplace.start);
  try {
    const { bytes } = await readData(running, scenario, workplace.token);
    const nextRequest = createRequests(scenario, workplace.token);
    const saturation = await saturate(running, nextRequest, { callers, seconds, bytes });
    return { ...saturation, peakMb: peakMemoryMb(running.pid) };
  } finally {
    await running.close();
  }
}
