import { readFileSync } from 'node:fs';
import { type GraphQLSchema, parse, validate } from 'graphql';

/** The text of each document by its id. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** A manifest that cannot be used, in a sentence that goes on from what names it. */
export class TrustedDocumentsError extends Error {
  override readonly name = 'TrustedDocumentsError';
}

/**
 * Reads a manifest as graphql-codegen's client preset writes it, `persisted-documents.json`: one object, the
 * text of a document under each id.
 * @throws TrustedDocumentsError where a document of it could not run
 */
export function readTrustedDocuments(path: string, schema: GraphQLSchema): TrustedDocuments {
  const documents = new Map<string, string>();
  for (const [id, text] of Object.entries(readManifest(path))) {
    if (typeof text !== 'string') throw new TrustedDocumentsError(`holds no text under ${id}.`);
    const problem = problemOf(text, schema);
    if (problem) throw new TrustedDocumentsError(`holds a document that cannot run, ${id}: ${problem}`);
    documents.set(id, text);
  }
  return documents;
}

function readManifest(path: string): object {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TrustedDocumentsError('names no file that can be read.', { cause });
  }
  const manifest = parseJson(text);
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw new TrustedDocumentsError('is not JSON of one object with the texts of documents.');
  }
  return manifest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(text: string, schema: GraphQLSchema): string | undefined {
  try {
    return validate(schema, parse(text))[0]?.message;
  } catch (error) {
    return (error as Error).message;
  }
}
