import type { Caller } from '../running-gateway.ts';

/** Carts of the sandbox: two that can be placed as they are, and one without items. */
export const gretasCart = '5A0DB0C5-0000-4000-8000-000000000001';
export const johnsCart = '6626E60A-A6F9-4CD5-8230-43D5F162E0CD';
export const emptyCart = '5A0DB0C5-0000-4000-8000-000000000008';

/** Of every cart, newest first: in one page, that of the tests' pages nothing is taken for granted. */
export async function allCartIds(gateway: Caller): Promise<readonly string[]> {
  const { data } = await gateway.query('{ carts(first: 1000) { nodes { id } } }');
  return data.carts.nodes.map(({ id }: { id: string }) => id);
}
