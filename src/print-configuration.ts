import { readFileSync, writeFileSync } from 'node:fs';
import { describeVariables } from './config-variables.ts';
import { printTable, replaceSection } from './print-table.ts';

const readme = new URL('../README.md', import.meta.url);

/** The README with its table of variables as the code has them. */
export function printReadme(): string {
  const rows = describeVariables().map(([name, byDefault, meaning]) => [`\`${name}\``, byDefault, meaning]);
  const table = printTable(['variable', 'default', 'meaning'], rows);
  return replaceSection(readFileSync(readme, 'utf8'), 'variables', table);
}

if (import.meta.main) writeFileSync(readme, printReadme());
