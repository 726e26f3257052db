import { readFileSync, writeFileSync } from 'node:fs';
import { describeVariables } from './config-variables.ts';

const readme = new URL('../README.md', import.meta.url);

/** The README with its table of variables as the code has them. */
export function printReadme(): string {
  const rows = describeVariables().map(([name, byDefault, meaning]) => [`\`${name}\``, byDefault, meaning]);
  const cells = [['variable', 'default', 'meaning'], [], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => {
    const padded = widths.map((width, column) =>
      row.length === 0 ? '-'.repeat(width) : (row[column] ?? '').padEnd(width),
    );
    return `| ${padded.join(' | ')} |\n`;
  });
  return readFileSync(readme, 'utf8').replace(
    /(?<=<!-- variables -->\n\n)[\s\S]*?(?=\n<!-- \/variables -->)/,
    () => lines.join(''),
  );
}

if (import.meta.main) writeFileSync(readme, printReadme());
