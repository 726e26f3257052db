import type { Api, Ask } from '../api.ts';

export type Cart = Record<string, unknown> & {
  cartId: string;
  createDate: string;
  total: number;
  hidden: boolean;
};

export async function search(api: Api, query: Ask['query'] = {}): Promise<Cart[]> {
  return (await api.get('/carts', { query })).json.items;
}

export async function searchAll(api: Api, query: Ask['query'] = {}): Promise<Cart[]> {
  const first = await api.get('/carts', { query });
  const carts: Cart[] = first.json.items;
  while (carts.length < first.json.total) {
    carts.push(...(await search(api, { ...query, offset: carts.length })));
  }
  return carts;
}
