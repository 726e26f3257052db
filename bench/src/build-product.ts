import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the product as it is published, beside its dependencies; answers with the path of its program. */
export function buildProduct(directory: string): string {
  const home = join(directory, 'built');
  mkdirSync(home);
  for (const name of ['package.json', 'node_modules']) symlinkSync(join(root, name), join(home, name));
  execFileSync(
    join(root, 'node_modules', '.bin', 'tsc'),
    ['--project', join(root, 'tsconfig.build.json'), '--outDir', join(home, 'dist')],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return join(home, 'dist', 'main.js');
}
