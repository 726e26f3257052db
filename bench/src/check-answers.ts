import type { Contender } from './contenders.ts';
import { exchange } from './load/connection.ts';
import { createRequests, firstRequest } from './load/requests.ts';
import type { Scenario } from './scenarios.ts';
import { type Running, startContender } from './start-contender.ts';
import type { Workplace } from './workplace.ts';

/** What an operation asks of the upstream. */
export interface UpstreamUse {
  readonly calls: number;
  readonly bytes: number;
}

/** All the data of an answer, as text, so that the order of keys counts. */
export async function readData(
  { name, port }: Running,
  scenario: Scenario,
  token: string,
): Promise<{ readonly data: string; readonly bytes: number }> {
  const { status, bytes, body } = await exchange(port, firstRequest(scenario, token));
  const text = Buffer.concat(body).toString();
  const { data, errors } = JSON.parse(text);
  if (status !== 200 || errors || !data) {
    throw new Error(`${name} answers ${scenario.name} with ${status}: ${text.slice(0, 500)}`);
  }
  return { data: JSON.stringify(data), bytes };
}

/**
 * How long the contender's answer is.
 * @throws Error where it is not the one that is expected
 */
export async function checkAnswer(
  running: Running,
  scenario: Scenario,
  { token, expected }: { readonly token: string; readonly expected: string },
): Promise<number> {
  const { data, bytes } = await readData(running, scenario, token);
  if (data === expected) return bytes;
  const at = [...data].findIndex((character, index) => character !== expected[index]);
  const [mine, others] = [expected, data].map((text) => text.slice(Math.max(0, at - 60), at + 60));
  throw new Error(
    `${running.name} answers ${scenario.name} with\n  ${others}\nwhere limit-json has\n  ${mine}`,
  );
}

/** How a contender has answered one scenario, before anything is measured under load. */
export interface Checked {
  /** Of each of its answers. */
  readonly bytes: number;
  readonly use: UpstreamUse;
}

export interface CheckedAnswers {
  /** The data of the first answer to each scenario. */
  readonly expected: ReadonlyMap<string, string>;
  /** By contender and scenario. */
  readonly of: ReadonlyMap<string, ReadonlyMap<string, Checked>>;
}

/**
 * Has every contender answer every scenario as the first one does.
 * @throws Error for the first difference
 */
export async function checkAnswers(
  workplace: Workplace,
  contenders: readonly Contender[],
): Promise<CheckedAnswers> {
  const { scenarios, start, token } = workplace;
  const expected = new Map<string, string>();
  const of = new Map<string, Map<string, Checked>>();
  for (const contender of contenders) {
    const running = await startContender(contender, start);
    const checked = new Map<string, Checked>();
    of.set(contender.name, checked);
    try {
      for (const scenario of scenarios) {
        const { name } = scenario;
        const data = expected.get(name) ?? (await readData(running, scenario, token)).data;
        expected.set(name, data);
        const bytes = await checkAnswer(running, scenario, { token, expected: data });
        checked.set(name, { bytes, use: await measureUse(running.port, scenario, workplace) });
      }
    } finally {
      await running.close();
    }
  }
  return { expected, of };
}

const sample = 20;

/** Measured one after another, so that nothing is shared between operations. */
async function measureUse(
  port: number,
  scenario: Scenario,
  { token, standIn }: Workplace,
): Promise<UpstreamUse> {
  const nextRequest = createRequests(scenario, token);
  await standIn.restart();
  for (let n = 0; n < sample; n += 1) await exchange(port, nextRequest());
  const { calls, bytes } = await standIn.restart();
  return { calls: calls / sample, bytes: bytes / sample };
}
