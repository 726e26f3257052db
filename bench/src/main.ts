import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { measureGrowth } from './growth.ts';
import { printReport } from './report.ts';
import { openWorkplace } from './workplace.ts';
import { writeSection } from './write-section.ts';

const usage = `Usage: npm run bench -- [growth] [options]

  --only NAME,NAME       these contenders and limit-json
  --scenarios S1,S2      these scenarios
  --rounds N             default 3
  --seconds N            of each measurement, default 5
  --write                into docs/performance.md as well

  growth                 the product alone: cost by length of page and by number of callers; with --write also
                         docs/performance.svg
`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      only: { type: 'string' },
      scenarios: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '5' },
      write: { type: 'boolean', default: false },
    },
  });
  const [command] = positionals;
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (values.help || (command !== undefined && command !== 'growth') || !(rounds >= 1 && seconds > 0)) {
    process.stdout.write(usage);
    return;
  }
  // What was started ends with this process, but not with one that a signal ends.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const workplace = await openWorkplace();
  try {
    if (command === 'growth') {
      await measureGrowth(workplace, { rounds, seconds, write: values.write }, say);
      return;
    }
    const scenarios = choose(workplace.scenarios, values.scenarios);
    const { contenders } = workplace;
    const chosen = choose(contenders, values.only);
    const comparison = await compare(workplace, { contenders: chosen, scenarios, rounds, seconds }, say);
    const given = process.argv.slice(2).filter((argument) => argument !== '--write');
    const report = printReport(comparison, {
      contenders,
      scenarios,
      rounds,
      seconds,
      isPinned: workplace.start.isPinned,
      command: ['npm run bench', ...(given.length > 0 ? ['--', ...given] : [])].join(' '),
    });
    process.stdout.write(`${report}\n`);
    if (values.write) writeSection('comparison', report);
  } finally {
    workplace.close();
  }
}

/** Progress goes beside the report. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function choose<Named extends { readonly name: string }>(
  all: readonly Named[],
  list?: string,
): readonly Named[] {
  if (list === undefined) return all;
  const names = list.split(',');
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  return all.filter(({ name }) => names.includes(name));
}

await main();
