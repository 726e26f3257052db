import { type Check, percentile, wrongOf } from './checks.ts';
import type { Soak, SoakOptions } from './soak.ts';
import { judge } from './verdicts.ts';

/** What `npm run soak` prints. */
export function report(soak: Soak, checks: readonly Check[], { callers, stormMs }: SoakOptions): string {
  const faults = Object.values(soak.origin.faults).reduce((sum, times) => sum + times, 0);
  return [
    `${callers} callers for ${stormMs / 1_000} s, over a store that failed ${faults} times:`,
    '',
    ...checks.map(({ says, holds, figures }) => `${holds ? '✓' : '✗'} ${says}: ${figures}`),
    `  a query that needs nothing of Ecwid: ${describeFine(soak)}`,
    '',
    ...tableOf(soak),
    '',
    ...samplesOf(soak),
  ].join('\n');
}

/** One wrong answer of each kind, for whoever has to find out why. */
function samplesOf(soak: Soak): readonly string[] {
  const kinds = Map.groupBy(wrongOf(soak), ({ told, is }) => `${told.operation.name} ${is}`);
  return [...kinds].map(([kind, [wrong]]) => {
    const { operation, answer } = wrong?.told ?? {};
    return `${kind}: ${JSON.stringify(operation?.variables)} was answered with ${JSON.stringify(answer)}\n`;
  });
}

function describeFine({ fineMs: { calm, storm } }: Soak): string {
  const [before, during] = [percentile(calm, 95), percentile(storm, 95)];
  return `p95 ${before.toFixed(1)} ms before and ${during.toFixed(1)} ms during the storm, ${(during / before).toFixed(1)} times as long`;
}

/** How often each operation was answered in which way. */
function tableOf({ told, books }: Soak): readonly string[] {
  const verdicts = told.map((one) => judge(one, books));
  const ways = [...new Set(verdicts.map(({ is }) => is))].sort(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b),
  );
  const byOperation = Map.groupBy(verdicts, ({ told: { operation } }) => operation.name);
  const rows = [...byOperation].map(([name, list]) => [
    name,
    ...ways.map((way) => String(list.filter(({ is }) => is === way).length)),
  ]);
  return [['operation', ...ways], ...rows].map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(14) : cell.padStart(Math.max((ways[column - 1] ?? '').length, 5) + 2),
      )
      .join(''),
  );
}

function rank(way: string): number {
  return way === 'right' ? 0 : way === 'left' ? 2 : 1;
}
