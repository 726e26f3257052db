import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

function pagesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'data', '.git'].includes(entry.name)) return [];
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return pagesIn(path);
    return entry.name.endsWith('.md') ? [relative(root, path)] : [];
  });
}

const pages = new Map(pagesIn(root).map((path) => [path, readFileSync(join(root, path), 'utf8')]));

/** Without blocks of code, and without code in a line: what looks like a link there is none. */
function prose(text: string): string {
  return text
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ''));
}

/** Where a page leads: files of the project, with the anchor that is meant. */
function linksOf(path: string): { readonly link: string; readonly file: string; readonly anchor: string }[] {
  const text = prose(pages.get(path) ?? '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [name = '', anchor = ''] = link.split('#');
      return { link, file: name === '' ? path : relative(root, resolve(root, dirname(path), name)), anchor };
    });
}

/** As GitHub makes them of headings: of a second one alike with a number. */
function anchorsOf(path: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of (pages.get(path) ?? '')
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .matchAll(/^#+ (.+)$/gm)) {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n += 1) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

describe('the pages of the project', () => {
  test.each([...pages.keys()])('%s leads to files and headings that are there', (path) => {
    const broken = linksOf(path).filter(
      ({ file, anchor }) => !existsSync(join(root, file)) || (anchor !== '' && !anchorsOf(file).has(anchor)),
    );
    expect(broken.map(({ link }) => link)).toEqual([]);
  });

  test('are all led to, those of docs from the README or from another page', () => {
    const reached = new Set(
      [...pages.keys()].flatMap((path) =>
        linksOf(path)
          .map(({ file }) => file)
          .filter((file) => file !== path),
      ),
    );
    const docs = [...pages.keys()].filter((path) => path.startsWith('docs/'));
    expect(docs.length).toBeGreaterThan(15);
    expect(docs.filter((path) => !reached.has(path))).toEqual([]);
  });

  test('are each named once where the README leads onward', () => {
    const [, onward = ''] = pages.get('README.md')?.split('## Onward') ?? [];
    const named = [...onward.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(named.length).toBeGreaterThan(15);
    expect(new Set(named).size).toBe(named.length);
    expect(named[0]).toBe('docs/quick-start.md');
  });
});
