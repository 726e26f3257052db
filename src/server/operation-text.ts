import { GraphQLError } from 'graphql';
import { currentRequest } from '../request-scope.ts';
import type { Viewer } from '../viewer.ts';
import { badRequest } from './bad-request.ts';
import type { Params } from './check-params.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/**
 * The text of the document that a request asks for.
 * @throws GraphQLError where there is none, or none that this viewer may run
 */
export type OperationText = (params: Params, viewer: Viewer) => string;

/** Whatever text is sent. */
export const anyText: OperationText = ({ query }) => {
  if (!query) throw badRequest('Must provide query string.');
  return query;
};

/**
 * Lets others than staff run no other documents than these, by their ids or word for word. What is run is the text,
 * so that every limit holds for it as for any other.
 */
export function trustedText(documents: TrustedDocuments): OperationText {
  const texts = new Set(documents.values());
  return (params, viewer) => {
    const { query } = params;
    if (query) {
      if (viewer.kind === 'staff' || texts.has(query)) return query;
      throw refusal('PERSISTED_QUERY_ONLY', 'Only trusted documents are run here.');
    }
    const id = idOf(params);
    if (id === undefined) throw badRequest('Must provide query string or the id of a trusted document.');
    // Graphql-codegen's ids name their algorithm; a hash in Apollo's extension stands alone.
    const text = documents.get(id) ?? documents.get(`sha256:${id}`);
    if (text === undefined)
      throw refusal('PERSISTED_QUERY_NOT_FOUND', 'There is no trusted document of this id.');
    const scope = currentRequest();
    if (scope) scope.documentId = id;
    return text;
  };
}

/** By the parameter of GraphQL over HTTP's appendix on persisted documents, or by Apollo's extension. */
function idOf({ documentId, extensions }: Params): string | undefined {
  if (typeof documentId === 'string') return documentId;
  const { version, sha256Hash } = Object(extensions?.persistedQuery) as Record<string, unknown>;
  return version === 1 && typeof sha256Hash === 'string' ? sha256Hash : undefined;
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
