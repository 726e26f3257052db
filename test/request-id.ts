/**
 * Takes the request's id off each error of an answer, once it was seen to be the one in the answer's header, so that
 * tests compare the rest.
 */
export function withoutRequestId<Answer>(answer: Answer, { headers }: Pick<Response, 'headers'>): Answer {
  const id = headers.get('x-request-id');
  const { errors = [] } = Object(answer) as { errors?: { extensions?: Record<string, unknown> }[] };
  for (const { extensions } of errors) {
    // What is no request of HTTP has none.
    if ((extensions?.requestId ?? null) !== id) {
      throw new Error(`An error has the request id ${extensions?.requestId}, and its answer ${id}.`);
    }
    delete extensions?.requestId;
  }
  return answer;
}
