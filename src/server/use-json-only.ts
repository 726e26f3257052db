import type { Plugin } from 'graphql-yoga';

/**
 * Takes POST requests in JSON alone. The other media types of Yoga's can be sent by any page of any origin
 * without the browser asking first, and with them a mutation (CSRF).
 */
export function useJsonOnly(): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (request.method !== 'POST' || isJson(request.headers.get('content-type'))) return;
      const message = 'POST requests must have the content type application/json.';
      endResponse(
        fetchAPI.Response.json(
          { errors: [{ message, extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] },
          { status: 415, headers: { accept: 'application/json' } },
        ),
      );
    },
  };
}

function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '');
}
