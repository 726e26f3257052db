import type { Call } from '../endpoint.ts';
import { ApiError, wrongParameter } from '../http/api-error.ts';
import { readText } from '../http/parameters.ts';
import { asObjects, fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { updatedAt } from '../store/stamps.ts';
import { findOrder } from './orders.ts';

/**
 * `POST /orders/{orderId}/items/{itemId}/options/{name}`: the body's bytes, or with externalUrl what is there.
 * Nothing is fetched: a file from elsewhere gets a size that its address decides, so that it is always the same.
 */
export function uploadOptionFile(call: Call): JsonObject {
  const { body, query, store } = call;
  const externalUrl = readText(query, 'externalUrl');
  if (externalUrl !== undefined && !/^https?:\/\//i.test(externalUrl)) {
    throw wrongParameter('externalUrl', externalUrl);
  }
  const size = externalUrl === undefined ? byteLengthOf(body) : 1000 + externalUrl.length;
  if (size === 0) throw new ApiError(400, 'WRONG_PARAMETER', 'The file is empty');
  const name = readText(query, 'fileName') ?? nameIn(externalUrl);
  const id = store.ids.file();
  const { storeId = '' } = isJsonObject(store.profile.generalInfo) ? store.profile.generalInfo : {};
  const url = `https://app.ecwid.com/orderfile/${storeId}/${id}/${size}/${encodeURIComponent(name)}`;
  changeFiles(call, (files) => [...files, { id, name, size, url }]);
  return { id };
}

/** `DELETE …/options/{name}/files/{fileId}` */
export function deleteOptionFile(call: Call): JsonObject {
  return deleteFiles(call, ({ id }) => String(id) === call.params.fileId);
}

/** `DELETE …/options/{name}/files` */
export function deleteOptionFiles(call: Call): JsonObject {
  return deleteFiles(call, () => true);
}

function deleteFiles(call: Call, isDeleted: (file: JsonObject) => boolean): JsonObject {
  let deleteCount = 0;
  changeFiles(call, (files) => {
    const kept = files.filter((file) => !isDeleted(file));
    deleteCount = files.length - kept.length;
    return kept;
  });
  return { deleteCount };
}

/** @throws ApiError 404 where the order has no such item, or the item no such option */
function changeFiles(call: Call, change: (files: readonly JsonObject[]) => readonly JsonObject[]): void {
  const { store, params, now } = call;
  const order = findOrder(call);
  const items = asObjects(fieldOf(order, 'items')) ?? [];
  const item = items.find(({ id }) => String(id) === params.itemId);
  const options = asObjects(fieldOf(item ?? {}, 'selectedOptions')) ?? [];
  const option = options.find(({ name }) => name === params.optionName);
  if (!item || !option) throw new ApiError(404, 'ORDER_NOT_FOUND', 'The order has no such item or option');
  const files = change(asObjects(fieldOf(option, 'files')) ?? []);
  const { files: _, ...rest } = option;
  const changed: Json = files.length > 0 ? { ...rest, files } : rest;
  store.replace({
    ...order,
    items: items.map((other) =>
      other === item
        ? { ...item, selectedOptions: options.map((each) => (each === option ? changed : each)) }
        : other,
    ),
    ...updatedAt(now()),
  });
}

function byteLengthOf(body: unknown): number {
  return body instanceof Uint8Array ? body.length : 0;
}

function nameIn(url = ''): string {
  return /([^/?#]+)(?:[?#].*)?$/.exec(url)?.[1] ?? 'file';
}
