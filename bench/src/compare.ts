import { type Checked, checkAnswer, checkAnswers } from './check-answers.ts';
import { type Contender, limitJson } from './contenders.ts';
import { createRequests } from './load/requests.ts';
import { type Latency, measureLatency, measureTurn, saturate } from './measure.ts';
import { peakMemoryMb } from './process-cost.ts';
import type { Scenario } from './scenarios.ts';
import { type Running, startContender } from './start-contender.ts';
import type { Workplace } from './workplace.ts';

export interface CompareOptions {
  /** Without limit-json, which always takes part. */
  readonly contenders: readonly Contender[];
  readonly scenarios: readonly Scenario[];
  readonly rounds: number;
  /** Of each measurement under load. */
  readonly seconds: number;
}

/** What was measured of a contender in one scenario, a value for each round. */
export interface Measured extends Checked {
  readonly cpuUs: number[];
  readonly busy: number[];
  readonly latency: Latency[];
  /** With an upstream that is `farMs` away. */
  readonly farLatency: Latency[];
}

export interface Comparison {
  readonly of: ReadonlyMap<string, ReadonlyMap<string, Measured>>;
  readonly peakMb: ReadonlyMap<string, readonly number[]>;
  readonly coldStartMs: ReadonlyMap<string, readonly number[]>;
  /** Of the upstream alone, where it is `farMs` away. */
  readonly farTurnMs: number;
}

export const farMs = 60;

/** Measures all contenders in all scenarios, one at a time, each in every round. */
export async function compare(
  workplace: Workplace,
  { contenders, scenarios, rounds, seconds }: CompareOptions,
  say: (progress: string) => void,
): Promise<Comparison> {
  const { start, token } = workplace;
  const isLimit = ({ name }: Contender) => name === limitJson.name;
  const all = [
    ...workplace.contenders.filter(isLimit),
    ...contenders.filter((contender) => !isLimit(contender)),
  ];
  const peakMb = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  const coldStartMs = new Map<string, number[]>();

  say('Comparing answers');
  const answers = await checkAnswers(workplace, all);
  const of = new Map(
    [...answers.of].map(([name, checked]) => [
      name,
      new Map<string, Measured>(
        [...checked].map(([scenario, one]) => [
          scenario,
          { ...one, cpuUs: [], busy: [], latency: [], farLatency: [] },
        ]),
      ),
    ]),
  );
  const farTurnMs = await measureTurn(workplace, farMs, seconds);

  for (let round = 0; round < rounds; round += 1) {
    const running: Running[] = [];
    try {
      // Whoever comes first this time comes last the next.
      for (const contender of rotate(all, round)) running.push(await startCold(contender));
      for (const scenario of scenarios) {
        for (const one of running) {
          say(`Round ${round + 1} of ${rounds}: ${scenario.name} ${one.name}`);
          await measure(one, scenario);
        }
      }
      for (const { name, pid } of running) peakMb.get(name)?.push(peakMemoryMb(pid));
    } finally {
      await Promise.all(running.map((one) => one.close()));
    }
  }
  return { of, peakMb, coldStartMs, farTurnMs };

  /** The time from nothing to the first right answer. */
  async function startCold(contender: Contender): Promise<Running> {
    const [scenario] = workplace.scenarios;
    if (!scenario) throw new Error('There is no scenario.');
    const begin = performance.now();
    const running = await startContender(contender, start);
    await checkAnswer(running, scenario, { token, expected: answers.expected.get(scenario.name) ?? '' });
    coldStartMs.set(contender.name, [...(coldStartMs.get(contender.name) ?? []), performance.now() - begin]);
    return running;
  }

  async function measure(running: Running, scenario: Scenario): Promise<void> {
    const measured = of.get(running.name)?.get(scenario.name);
    if (!measured) throw new Error(`${running.name} was not checked in ${scenario.name}.`);
    const { bytes } = measured;
    const { cpuUs, busy } = await saturate(running, createRequests(scenario, token), { seconds, bytes });
    const near = { workplace, latencyMs: 0, seconds: seconds / 2 };
    measured.cpuUs.push(cpuUs);
    measured.busy.push(busy);
    measured.latency.push(await measureLatency(running, scenario, near));
    measured.farLatency.push(await measureLatency(running, scenario, { ...near, latencyMs: farMs }));
  }
}

function rotate<Value>(values: readonly Value[], by: number): readonly Value[] {
  const start = by % values.length;
  return [...values.slice(start), ...values.slice(0, start)];
}
