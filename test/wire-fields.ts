import type { SandboxRequest } from '../src/sandbox/sandbox.ts';

/** The fields that a call asked Ecwid for, as sorted dotted paths, read from its `responseFields` on their own. */
export function wireFieldsOf(call: SandboxRequest | undefined): string[] {
  const text = call?.query.get('responseFields');
  if (!text) return [];
  const paths: string[] = [];
  const parents: string[] = [];
  for (const [, name = '', after] of text.matchAll(/([\w]*)([(),]|$)/g)) {
    if (after === '(') parents.push(name);
    else {
      if (name) paths.push([...parents, name].join('.'));
      if (after === ')') parents.pop();
    }
  }
  return paths.sort();
}
