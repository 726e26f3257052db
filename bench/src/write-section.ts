import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../../docs/performance.md', import.meta.url);

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->` in docs/performance.md. */
export function writeSection(name: string, text: string): void {
  const before = readFileSync(path, 'utf8');
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [before.indexOf(opening), before.indexOf(closing)];
  if (start < 0 || end < start) throw new Error(`docs/performance.md has no place for ${name}.`);
  writeFileSync(path, `${before.slice(0, start)}${opening}\n\n${text}\n\n${before.slice(end)}`);
}

/** Beside it, as docs/performance.svg. */
export function writePicture(svg: string): void {
  writeFileSync(new URL('performance.svg', path), svg);
}
