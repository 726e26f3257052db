import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hiveArguments } from './hive-gateway.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const document = read('docs/join-a-larger-graph.md');
const blocks = [...document.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', path = '', text = '']) => ({ language, path, text }),
);

/** What the tests here run. */
const files = [
  'examples/supergraph/forwarded-headers.ts',
  'examples/supergraph/supergraph.yaml',
  'examples/supergraph/gateway.ts',
  'test/supergraph/stitch-by-directives.ts',
  'test/supergraph/stitch-by-configuration.ts',
  'test/supergraph/mesh.config.ts',
  'test/supergraph/gateway.config.ts',
];

describe('docs/join-a-larger-graph.md', () => {
  test('shows all that is to be copied, and no other code', () => {
    const code = blocks.filter(({ language }) => !['sh', 'json'].includes(language));
    expect(code.map(({ path }) => path)).toEqual(files);
  });

  test.each(files)('shows %s as it is run, but for where its neighbour is', (path) => {
    const shown = blocks.find((block) => block.path === path);
    expect(shown?.text).toBe(read(path).replace('../../examples/supergraph/', './'));
  });

  test('names packages, overrides and programs that are installed here', () => {
    const here = JSON.parse(read('test/supergraph/package.json'));
    const { dependencies } = JSON.parse(read('examples/supergraph/package.json'));
    const known = Object.keys({ ...here.dependencies, ...dependencies });
    const shell = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
    const named = shell
      .flatMap((text) => text.replaceAll('\\\n', '').match(/(?<=npm install ).*/g) ?? [])
      .join(' ')
      .split(/ +/)
      .map((name) => name.replace(/(?<=.)@16$/, ''));
    expect(named.length).toBeGreaterThan(8);
    expect(known).toEqual(expect.arrayContaining(named));
    const imports = [...document.matchAll(/ from '(?!node:)((?:@[\w-]+\/)?[\w-]+)[^']*'/g)].map(
      ([, name]) => name,
    );
    expect(imports.length).toBeGreaterThan(8);
    // The end of a stitching gateway is told in a sentence.
    expect(document).toContain('`createServer(createYoga({ schema }))`');
    expect(named).toEqual(expect.arrayContaining([...imports, 'graphql-yoga']));
    expect(here.dependencies.graphql).toMatch(/^.16/);

    const json = blocks.filter(({ language }) => language === 'json').map(({ text }) => JSON.parse(text));
    expect(json).toEqual([{ overrides: here.overrides }]);

    const programs = shell.flatMap((text) => text.match(/(?<=npx )\S+/g) ?? []);
    expect(programs).toEqual(['mesh-compose', 'hive-gateway']);
    expect(shell.join('')).toContain(`npx hive-gateway ${hiveArguments('4100').join(' ')}\n`);
    for (const name of programs) {
      expect(existsSync(new URL(`node_modules/.bin/${name}`, import.meta.url)), name).toBe(true);
    }
  });

  test('points at files and sections that are there', () => {
    for (const [, path = '', anchor = ''] of document.matchAll(/\]\((?!http)([^)#]*)(?:#([^)]*))?\)/g)) {
      const target = path ? read(new URL(path, 'file:///docs/').pathname.slice(1)) : document;
      if (!anchor) continue;
      const headings = [...target.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(headings, `${path}#${anchor}`).toContain(anchor);
    }
  });
});
