import { writeFileSync } from 'node:fs';
import { printReadableSdl, printSubgraphSdl } from './schema/print-sdl.ts';
import { schema } from './schema/schema.ts';

/** The files of the schema at the top of the project, by name. */
export async function printSchemaFiles(): Promise<Readonly<Record<string, string>>> {
  return { 'schema.graphql': printReadableSdl(schema), 'subgraph.graphql': await printSubgraphSdl(schema) };
}

if (import.meta.main) {
  for (const [name, sdl] of Object.entries(await printSchemaFiles())) {
    writeFileSync(new URL(`../${name}`, import.meta.url), sdl);
  }
}
