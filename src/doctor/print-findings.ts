import { styleText } from 'node:util';
import type { Finding } from './finding.ts';

const marks = { well: ['green', '✓'], ill: ['red', '✗'], open: ['gray', '–'] } as const;

/** A table with how to mend below what is not well, in colours where standard output is a terminal that shows them. */
export function printFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const rows = findings.flatMap(({ subject, verdict, found, mend }) => {
    const [colour, mark] = marks[verdict];
    const row = `${styleText(colour, mark)} ${subject.padEnd(width)}  ${toLine(found)}`;
    return mend === undefined ? [row] : [row, `${' '.repeat(width + 4)}→ ${toLine(mend)}`];
  });
  return `${rows.join('\n')}\n\n${summarise(findings)}\n`;
}

function summarise(findings: readonly Finding[]): string {
  const ills = findings.filter(({ verdict }) => verdict === 'ill').length;
  if (ills === 0) return 'All is well.';
  return ills === 1 ? 'One thing is not well.' : `${ills} things are not well.`;
}

// What others have written may hold anything, be it what a terminal obeys.
function toLine(text: string): string {
  return text.replace(/[\p{C}\s]+/gu, ' ').slice(0, 300);
}
