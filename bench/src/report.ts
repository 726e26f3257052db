import { cpus } from 'node:os';
import { type Comparison, farMs, type Measured } from './compare.ts';
import { type Contender, limitJson } from './contenders.ts';
import type { Scenario } from './scenarios.ts';
import { geometricMean, median } from './statistics.ts';

/** Ratios to limit-json that the product is held to. */
const targets: readonly (readonly [string, Readonly<Record<string, number>>, number])[] = [
  ['must', { S1: 3.2, S2: 1.7, S3: 1.7, S4: 2.2, S5: 2.2 }, 2.15],
  ['goal', { S1: 1.6, S2: 1.3, S3: 1.5, S4: 1.65, S5: 1.4 }, 1.5],
];

export interface ReportOptions {
  readonly contenders: readonly Contender[];
  readonly scenarios: readonly Scenario[];
  readonly rounds: number;
  readonly seconds: number;
  readonly isPinned: boolean;
  readonly command: string;
}

/** The comparison in Markdown: ratios first, what they are made of below. */
export function printReport(comparison: Comparison, options: ReportOptions): string {
  const { contenders, scenarios, rounds, seconds, isPinned, command } = options;
  const names = [...comparison.of.keys()];
  const heads = scenarios.map(({ name }) => name);
  const reads = scenarios.filter(({ isRead }) => isRead);
  const measured = (name: string, scenario: Scenario) => comparison.of.get(name)?.get(scenario.name);
  const cpuOf = (name: string, scenario: Scenario) => median(measured(name, scenario)?.cpuUs ?? []);
  const ratio = (name: string, scenario: Scenario) => cpuOf(name, scenario) / cpuOf(limitJson.name, scenario);
  const perScenario = (print: (measured: Measured) => string) =>
    names.map((name) => [
      name,
      ...scenarios.map((scenario) => {
        const one = measured(name, scenario);
        return one ? print(one) : '';
      }),
    ]);

  return [
    'CPU of one operation, as a ratio to limit-json (user and system time of the process and its children):',
    table(
      ['', ...heads, 'geometric mean of the reads'],
      [
        ...names.map((name) => [
          name,
          ...scenarios.map((scenario) => ratio(name, scenario).toFixed(2)),
          geometricMean(reads.map((scenario) => ratio(name, scenario))).toFixed(2),
        ]),
        ...targets.map(([name, ratios, mean]) => [
          name,
          ...heads.map((head) => String(ratios[head] ?? '')),
          String(mean),
        ]),
      ],
    ),
    'The same in µs: the median of the rounds, and in brackets the least and the most.',
    table(
      ['', ...heads],
      perScenario(({ cpuUs }) => printSpread(cpuUs)),
    ),
    'The share of its core that each took meanwhile; well below 1, it was held up by something else.',
    table(
      ['', ...heads],
      perScenario(({ busy }) => median(busy).toFixed(2)),
    ),
    'Time of an answer in ms, p50 / p99, at so many operations a second:',
    table(
      ['', ...scenarios.map(({ name, rate }) => `${name} at ${rate}`)],
      perScenario(({ latency }) => printLatency(latency)),
    ),
    `The same with an upstream that takes ${farMs} ms, of which one call alone takes ${comparison.farTurnMs.toFixed(1)}:`,
    table(
      ['', ...heads],
      perScenario(({ farLatency }) => printLatency(farLatency)),
    ),
    'Calls upstream for one operation, and kB read from there:',
    table(
      ['', ...heads],
      perScenario(({ use }) => `${use.calls} / ${(use.bytes / 1_000).toFixed(1)}`),
    ),
    'Memory at its peak over all scenarios, and a start until the first right answer:',
    table(
      ['', 'peak RSS, MB', 'cold start, ms'],
      names.map((name) => [
        name,
        printSpread(comparison.peakMb.get(name) ?? []),
        printSpread(comparison.coldStartMs.get(name) ?? []),
      ]),
    ),
    scenarios.map(({ name, title }) => `- ${name}: ${title}`).join('\n'),
    contenders
      .filter(({ name }) => names.includes(name))
      .map(({ name, about }) => `- ${name}: ${about}`)
      .join('\n'),
    `Made by \`${command}\`: ${rounds} rounds of ${seconds} s for each figure, on ${describeMachine(isPinned)}.`,
  ].join('\n\n');
}

export function describeMachine(isPinned: boolean): string {
  const cores = cpus();
  const pinned = isPinned
    ? 'gateways pinned to one core, load and upstream to another'
    : 'nothing pinned to a core';
  return `${cores.length} cores (${cores[0]?.model.trim()}), Node ${process.versions.node}, ${pinned}`;
}

function printSpread(values: readonly number[]): string {
  if (values.length === 0) return '';
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(Math.round);
  return values.length === 1 ? String(middle) : `${middle} (${least} to ${most})`;
}

function printLatency(latencies: Measured['latency']): string {
  const p50 = median(latencies.map(({ p50Ms }) => p50Ms));
  const p99 = median(latencies.map(({ p99Ms }) => p99Ms));
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
