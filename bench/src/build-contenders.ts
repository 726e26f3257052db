import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { type Contender, limitJson, product, productFromSource } from './contenders.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The same contenders as JavaScript, so that none has to take types away as it starts. The product is put together with
 * what it imports, as it is published, and limit-json like it; the others import their packages, as people have them do.
 */
export async function buildContenders(
  contenders: readonly Contender[],
  directory: string,
): Promise<readonly Contender[]> {
  const built: Contender[] = [];
  for (const contender of contenders) {
    const home = join(directory, 'built', contender.name);
    mkdirSync(home, { recursive: true });
    if (contender.name === productFromSource.name) built.push(contender);
    else if (contender.name === product.name) built.push(buildProduct(contender, home));
    else built.push(await buildOther(contender, home));
  }
  return built;
}

function buildProduct(contender: Contender, home: string): Contender {
  for (const name of ['package.json', 'node_modules']) symlinkSync(join(root, name), join(home, name));
  execFileSync(
    join(root, 'node_modules', '.bin', 'rolldown'),
    ['--config', 'rolldown.config.ts', '--dir', join(home, 'dist')],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return { ...contender, main: join(home, 'dist', 'main.js') };
}

async function buildOther(contender: Contender, home: string): Promise<Contender> {
  symlinkSync(join(root, 'bench', 'node_modules'), join(home, 'node_modules'));
  await build({
    input: { main: contender.main },
    platform: 'node',
    logLevel: 'warn',
    external: contender.name === limitJson.name ? [] : /^[@a-z]/,
    output: { dir: home, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
  });
  return { ...contender, main: join(home, 'main.mjs') };
}
