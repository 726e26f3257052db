import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

interface LockedPackage {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const { dependencies, devDependencies, allowScripts } = JSON.parse(read('package.json'));

function lockedIn(path: string): [string, LockedPackage][] {
  const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(read(path));
  return Object.entries(packages).filter(([path]) => path !== '');
}

const locked = lockedIn('package-lock.json');

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The packages that SECURITY.md gives a reason for below a sentence. */
function listedAfter(sentence: string): string[] {
  const [, list = ''] = read('SECURITY.md').split(sentence);
  const [entries = ''] = list.trimStart().split('\n\n');
  return [...entries.matchAll(/^- `([^`]+)`: \S/gm)].map(([, name = '']) => name);
}

describe('the supply chain', () => {
  test('is of as many packages as are looked at here', () => {
    expect(locked.length).toBeGreaterThan(100);
  });

  test('has a reason in SECURITY.md for each package that runs in production', () => {
    expect(listedAfter('approved by the OSI:')).toEqual(Object.keys(dependencies).sort());
  });

  test.each([
    '.',
    'bench',
    'examples/storefront',
    'examples/supergraph',
    'test/clients',
    'test/package',
    'test/supergraph',
  ])('is locked to hashes in %s, which names no other place to fetch from than the registry', (folder) => {
    const installed = lockedIn(`${folder}/package-lock.json`);
    const loose = installed.filter(
      ([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || resolved !== undefined,
    );
    expect(installed.length).toBeGreaterThan(10);
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  test('runs the install scripts that were read, none of them in production', () => {
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = withScript.map(([path]) => nameOf(path));
    expect(names).toEqual(['node']);
    expect(Object.keys(allowScripts)).toEqual(names);
    expect(listedAfter('of `package.json` alone:')).toEqual(names);
    expect(withScript.filter(([, { dev }]) => !dev)).toEqual([]);
  });

  test('has a licence approved by the OSI for all that runs in production', () => {
    const approved = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];
    const others = locked.filter(([, { dev, license = '' }]) => !dev && !approved.includes(license));
    expect(others.map(([path, { license }]) => [path, license])).toEqual([]);
  });

  test('names nothing twice, for production and for development', () => {
    expect(Object.keys(dependencies).filter((name) => name in devDependencies)).toEqual([]);
  });
});
