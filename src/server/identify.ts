import { GraphQLError } from 'graphql';
import type { Viewer } from '../viewer.ts';
import { type Authenticate, AuthenticationError } from './authenticate.ts';
import type { Incoming } from './incoming.ts';

/**
 * Tells who sent a request, before anything is done for it.
 * @throws GraphQLError UNAUTHENTICATED, AUTHENTICATION_UNAVAILABLE
 */
export async function identify(request: Incoming, authenticate: Authenticate): Promise<Viewer> {
  try {
    const { authorization = null } = request.headers;
    // Of several, a proxy in front may have looked at another one than the first.
    if (authorization !== null && hasSeveral(request)) throw new AuthenticationError();
    return await authenticate(authorization);
  } catch (error) {
    throw error instanceof AuthenticationError ? toGraphQLError(error) : error;
  }
}

function hasSeveral({ rawHeaders }: Incoming): boolean {
  const isName = (text: string, at: number) => at % 2 === 0 && /^authorization$/i.test(text);
  return rawHeaders.filter(isName).length > 1;
}

function toGraphQLError({ code, message }: AuthenticationError): GraphQLError {
  const http =
    code === 'UNAUTHENTICATED'
      ? { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }
      : { status: 503, headers: { 'retry-after': '30' } };
  return new GraphQLError(message, { extensions: { code, http } });
}
