import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose, ecwidSdl } from '../../examples/supergraph/compose.ts';
import { customersSdl } from '../../examples/supergraph/customers.ts';
import { start } from '../program.ts';
import { ask } from './ask.ts';

const example = new URL('../../examples/supergraph/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, example), 'utf8');

const readme = read('README.md');
const block = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(readme)?.[1] ?? '';

describe('examples/supergraph', () => {
  test('answers the query of its README with the answer there, and ends with all that it has started', async () => {
    const { child, says, exited, said } = start(process.execPath, [
      fileURLToPath(new URL('main.ts', example)),
    ]);
    let urls: string[] = [];
    try {
      const [text] = await says(/The supergraph is at[\s\S]*customers {2}http\S+\n/);
      urls = text.match(/http:\S+/g) ?? [];
      expect(urls.map((url) => new URL(url).hostname)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
      const [url = ''] = urls;
      expect(await ask({ url }, block('graphql'))).toEqual(JSON.parse(block('json')));
    } finally {
      // Killed otherwise, it would leave behind what it has started.
      child.kill('SIGTERM');
      await exited;
    }
    expect(await exited).toBe(0);
    expect(said()).not.toContain('rror');
    for (const gone of urls) await expect(fetch(gone)).rejects.toThrow('fetch failed');
  });

  test('tells rover of the same services', () => {
    const config = read('supergraph.yaml');
    const told = [...config.matchAll(/^ {2}(\w+):\n {4}routing_url: (\S+)\n {4}schema:\n {6}file: (\S+)$/gm)];
    const subgraphs = told.map(([, name = '', url = '', file = '']) => ({ name, url, sdl: read(file) }));
    expect(subgraphs).toMatchObject([
      { name: 'ecwid', sdl: ecwidSdl },
      { name: 'customers', sdl: customersSdl },
    ]);
    expect(() => buildSchema(compose(subgraphs), { assumeValidSDL: true })).not.toThrow();
  });
});
