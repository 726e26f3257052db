/** Why the gateway cannot start on this machine: what was found, and how to mend it. */
export interface StartRefusal {
  readonly found: string;
  readonly mend: string;
}

/** As it is said where it ends the start. */
export function toSentences({ found, mend }: StartRefusal): string {
  return `${found.charAt(0).toUpperCase()}${found.slice(1)}. ${mend}`;
}

// What package.json names in `engines`.
const oldestNode = 24;

/** Undefined where this version of Node will do. */
export function nodeRefusal(version: string): StartRefusal | undefined {
  if (Number.parseInt(version, 10) >= oldestNode) return undefined;
  return { found: `Node ${version} is too old`, mend: `Install Node ${oldestNode} or newer.` };
}

const noAddress: StartRefusal = {
  found: 'HOST is no address of this machine',
  mend: 'Set it to one, such as 127.0.0.1.',
};

const listeningRefusals: ReadonlyMap<unknown, StartRefusal> = new Map([
  ['EADDRINUSE', { found: 'the port is taken by another program', mend: 'Set PORT to a free one.' }],
  ['EACCES', { found: 'the port may not be used by this user', mend: 'Set PORT to one above 1023.' }],
  ['EADDRNOTAVAIL', noAddress],
  ['ENOTFOUND', noAddress],
  ['EAI_AGAIN', noAddress],
]);

/** Undefined where an error says nothing about where to listen. */
export function listeningRefusal(error: unknown): StartRefusal | undefined {
  return error instanceof Error && 'code' in error ? listeningRefusals.get(error.code) : undefined;
}
