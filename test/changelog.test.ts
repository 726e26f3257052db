import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { name, version } = JSON.parse(read('package.json'));

describe('CHANGELOG.md', () => {
  test('begins with the version of the package, and says what is in it', () => {
    const [, newest = '', entry = ''] =
      /^## (\S+)\n([\s\S]+?)(?=^## |$(?![\s\S]))/m.exec(read('CHANGELOG.md')) ?? [];
    expect(newest).toBe(version);
    expect(entry).toMatch(/^- \w/m);
    expect(JSON.parse(read('package-lock.json')).version).toBe(version);
  });

  test('can be written of each change that waits for the next version', () => {
    expect(changeWithin('---\n"ecwid-graphql": minor\n---\n\nWhat is new.\n')).toBe(true);
    expect(changeWithin('---\n"ecwid": minor\n---\n\nWhat is new.\n')).toBe(false);
    const waiting = readdirSync(new URL('../.changeset', import.meta.url)).filter((file) =>
      file.endsWith('.md'),
    );
    for (const file of waiting) expect(changeWithin(read(`.changeset/${file}`)), file).toBe(true);
  });
});

/** How much is changed of this package, and in which words. */
function changeWithin(text: string): boolean {
  return new RegExp(`^---\\n['"]?${name}['"]?: (?:patch|minor|major)\\n---\\n\\n\\w`).test(text);
}
