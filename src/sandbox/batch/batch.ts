import { STATUS_CODES } from 'node:http';
import type { Call } from '../endpoint.ts';
import { ApiError, wrongParameter } from '../http/api-error.ts';
import { readObject } from '../http/body-fields.ts';
import { readBoolean, readText } from '../http/parameters.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Batch, type BatchedReply, type BatchedRequest, nextOf } from './batch-queue.ts';

const maxRequests = 500;

/** `POST /batch`: takes the requests and answers with a ticket; they are done later, one after the other. */
export function createBatch({ body, query, token, api }: Call): JsonObject {
  if (!Array.isArray(body) || body.length === 0 || body.length > maxRequests) {
    throw new ApiError(400, 'WRONG_PARAMETER', `A batch is a list of up to ${maxRequests} requests`);
  }
  const requests = body.map(readRequest);
  const stopsOnFailure = readBoolean(query, 'stopOnFirstFailure') ?? true;
  readBoolean(query, 'allowParallelMode');
  const deduplicationKey = readText(query, 'deduplicationKey') ?? null;
  // The scopes of a batch are all those of its requests, and asked for at once.
  for (const request of requests) api.authorize(token, request);
  const { ticket } = api.batches.add({ token, requests, stopsOnFailure, deduplicationKey });
  return { ticket };
}

function readRequest(sent: Json, index: number): BatchedRequest {
  if (!isJsonObject(sent)) throw wrongParameter('requests', sent);
  const { id, path, method, body = null } = readObject(sent);
  if (typeof path !== 'string' || !/^\/(?!batch\b)/.test(path)) throw wrongParameter('path', path ?? null);
  if (!['GET', 'POST', 'PUT', 'DELETE'].includes(String(method)))
    throw wrongParameter('method', method ?? null);
  return {
    id: id === undefined || id === null ? String(index) : String(id),
    path,
    method: String(method),
    // Documented as an object or "", which is no body.
    body: body === null || body === '' ? undefined : body,
  };
}

/** `GET /batch?ticket=`: how far it has come, and the replies so far. */
export function getBatch({ query, now, token, api }: Call): JsonObject {
  const ticket = readText(query, 'ticket');
  if (ticket === undefined) throw wrongParameter('ticket', query.get('ticket') ?? '');
  const batch = api.batches.find(ticket);
  if (!batch || batch.token.value !== token.value) {
    throw new ApiError(404, 'BATCH_NOT_FOUND', 'There is no batch with this ticket');
  }
  const escaped = readBoolean(query, 'escapedJson') ?? false;
  const { requests, replies } = batch;
  return {
    status: statusOf(batch, now().getTime()),
    totalRequests: requests.length,
    completedRequests: replies.length,
    responses: requests.flatMap((request, index) => toResponse(request, replies[index], { batch, escaped })),
  };
}

function statusOf(batch: Batch, time: number): string {
  if (!nextOf(batch)) return 'COMPLETED';
  return time <= batch.startsAt ? 'QUEUED' : 'IN_PROGRESS';
}

function toResponse(
  { id }: BatchedRequest,
  reply: BatchedReply | undefined,
  { batch, escaped }: { readonly batch: Batch; readonly escaped: boolean },
): readonly JsonObject[] {
  if (!reply) {
    // What is still to come has no line yet; what will not come has one that says so.
    return nextOf(batch) ? [] : [{ id, status: 'NOT_EXECUTED' }];
  }
  const { status, body } = reply;
  return [
    {
      id,
      status: status === 200 ? 'COMPLETED' : 'FAILED',
      httpStatusCode: status,
      httpStatusLine: STATUS_CODES[status] ?? '',
      ...(escaped ? { escapedHttpBody: JSON.stringify(body) } : { httpBody: body }),
    },
  ];
}
