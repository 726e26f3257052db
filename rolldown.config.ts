import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

// What is imported as a library comes from tsc, file by file. The program is put together with what it imports, as Node
// starts it in less than two thirds of the time.
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  // Read by who opens GraphiQL, and three times as large as all the rest.
  external: '@graphql-yoga/render-graphiql',
  plugins: [licenses()],
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: 'program/[name].js' },
});

/** The licenses of what the program is put together with, beside it. */
function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle() {
      const packages = [...this.getModuleIds()].flatMap((id) => packageOf(id) ?? []);
      const texts = [...new Set(packages)].sort().map((directory) => {
        const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
        const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
        const text = file ? readFileSync(join(directory, file), 'utf8') : '';
        return `${name} ${version}, ${license}\n\n${text.trim()}\n`;
      });
      this.emitFile({ type: 'asset', fileName: 'program/LICENSES.txt', source: texts.join('\n---\n\n') });
    },
  };
}

/** The directory of the package that a module belongs to; undefined for this one's own. */
function packageOf(id: string): string | undefined {
  if (!id.includes('/node_modules/')) return undefined;
  for (let directory = dirname(id); ; directory = dirname(directory)) {
    const parent = dirname(directory);
    const isPackage = /[/\\]node_modules(?:[/\\]@[^/\\]+)?$/.test(parent);
    if (isPackage && existsSync(join(directory, 'package.json'))) return directory;
    if (parent === directory) return undefined;
  }
}
