import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the program as it is published, beside the dependencies; answers with its path. */
export function buildProduct(directory: string): string {
  const home = join(directory, 'built');
  mkdirSync(home);
  for (const name of ['package.json', 'node_modules']) symlinkSync(join(root, name), join(home, name));
  execFileSync(
    join(root, 'node_modules', '.bin', 'rolldown'),
    ['--config', 'rolldown.config.ts', '--dir', join(home, 'dist')],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return join(home, 'dist', 'main.js');
}
