import {
  defaultExtractPersistedOperationId,
  usePersistedOperations,
} from '@graphql-yoga/plugin-persisted-operations';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Viewer } from '../viewer.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/**
 * Lets others than staff run no other documents than these, by their ids or word for word. What is run is the
 * text, so that every limit holds for it as for any other.
 */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin<object, { viewer: Viewer }> {
  const texts = new Set(documents.values());
  const mayBeText = new WeakSet<Request>();
  return {
    onPluginInit({ addPlugin }) {
      addPlugin(
        usePersistedOperations({
          extractPersistedOperationId: (params, request) =>
            documentIdOf(params, request) ?? defaultExtractPersistedOperationId(params, request, {}),
          // Graphql-codegen's ids name their algorithm; a hash in Apollo's extension stands alone.
          getPersistedOperation: (id) => documents.get(id) ?? documents.get(`sha256:${id}`) ?? null,
          allowArbitraryOperations: (request) => mayBeText.has(request),
          customErrors,
        }),
      );
    },
    // The plugin shows the question whether a text is allowed nothing but the request.
    onParams({ params, request, context }) {
      if (context.viewer.kind === 'staff' || texts.has(params.query ?? '')) mayBeText.add(request);
    },
  };
}

/** The parameter of GraphQL over HTTP's appendix on persisted documents; Yoga reads it from no address. */
function documentIdOf(
  params: GraphQLParams & { documentId?: unknown },
  { method, url }: Request,
): string | null {
  const id = method === 'GET' ? URL.parse(url)?.searchParams.get('documentId') : params.documentId;
  return typeof id === 'string' ? id : null;
}

const http = { status: 400 };
const customErrors = {
  notFound: {
    message: 'There is no trusted document of this id.',
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http },
  },
  keyNotFound: {
    message: 'Must provide query string or the id of a trusted document.',
    extensions: { code: 'BAD_REQUEST', http },
  },
  persistedQueryOnly: {
    message: 'Only trusted documents are run here.',
    extensions: { code: 'PERSISTED_QUERY_ONLY', http },
  },
};
