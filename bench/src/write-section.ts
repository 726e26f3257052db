import { readFileSync, writeFileSync } from 'node:fs';

const docs = new URL('../../docs/', import.meta.url);

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->` in a page of the docs. */
export function writeSection(name: string, text: string, page = 'performance.md'): void {
  const path = new URL(page, docs);
  const before = readFileSync(path, 'utf8');
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [before.indexOf(opening), before.indexOf(closing)];
  if (start < 0 || end < start) throw new Error(`docs/${page} has no place for ${name}.`);
  writeFileSync(path, `${before.slice(0, start)}${opening}\n\n${text}\n\n${before.slice(end)}`);
}

/** Beside it, as docs/performance.svg. */
export function writePicture(svg: string): void {
  writeFileSync(new URL('performance.svg', docs), svg);
}
