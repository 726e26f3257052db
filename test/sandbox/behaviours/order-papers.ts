import { expect } from 'vitest';
import type { Api } from '../api.ts';
import { type Behaviour, expectRefusal } from './behaviour.ts';

// The name that the official client's test gives its option.
const optionName = 'File option / With Slashes / НеЛатиНсКиМи СиМвОлАМи / !@#$%^&*()+';

function encodeForm(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}

interface Made {
  readonly order: string;
  readonly option: string;
}

async function createWithOption(api: Api): Promise<Made> {
  const items = [{ name: 'Order item with files', selectedOptions: [{ name: optionName, type: 'FILES' }] }];
  const { id } = (await api.post('/orders', { body: { email: 'files@example.com', items } })).json;
  const order = `/orders/${id}`;
  const [item] = (await api.get(order)).json.items;
  return { order, option: `${order}/items/${item.id}/options/${encodeForm(optionName)}` };
}

async function filesOf(
  api: Api,
  order: string,
): Promise<{ id: number; name: string; size: number; url: string }[]> {
  return (await api.get(order)).json.items[0].selectedOptions[0].files;
}

const png = { 'content-type': 'image/png' };

export const orderPapers: readonly Behaviour[] = [
  {
    id: 'orders.invoice.page',
    source: '[client tests]',
    says: "an order's invoice is a page of HTML with its number in it",
    async check(api) {
      const { id } = (await api.post('/orders', { body: { email: 'invoice@example.com' } })).json;
      const response = await fetch(`${api.url}/${api.storeId}/orders/${id}/invoice`, {
        headers: { authorization: `Bearer ${api.secretToken}` },
      });
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(page).toContain('<!-- Invoice body markup -->');
      expect(page).toContain('<!-- Order number -->');
      expect(page).toContain(`#${id}</span>`);
      expectRefusal(await api.get('/orders/NOSUCH/invoice'), 404, 'ORDER_NOT_FOUND');
    },
  },
  {
    id: 'orders.invoice.escaped',
    source: '[inferred]',
    says: 'what a customer wrote is text in the page, not markup',
    sandboxOnly: true,
    async check(api) {
      const items = [{ name: '<script>alert(1)</script> & more' }];
      const { id } = (await api.post('/orders', { body: { items } })).json;
      const response = await fetch(`${api.url}/${api.storeId}/orders/${id}/invoice?token=${api.secretToken}`);
      const page = await response.text();
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
      expect(page).not.toContain('<script>');
    },
  },
  {
    id: 'orders.files.upload',
    source: '[client tests]',
    says: "a file's bytes are attached to an option, found by its form-encoded name",
    async check(api) {
      const { order, option } = await createWithOption(api);
      const body = 'not really an image';
      const { status, json } = await api.post(option, {
        query: { fileName: 'test 1.png' },
        body,
        headers: png,
      });
      expect(status).toBe(200);
      expect(json).toEqual({ id: expect.any(Number) });
      expect(json.id).toBeGreaterThan(0);
      const [file] = await filesOf(api, order);
      expect(file).toMatchObject({ id: json.id, name: 'test 1.png', size: body.length });
    },
  },
  {
    id: 'orders.files.external',
    source: '[client tests] [inferred]',
    says: 'with externalUrl a file comes from there; the sandbox fetches nothing and says that it did',
    sandboxOnly: true,
    async check(api) {
      const { order, option } = await createWithOption(api);
      const externalUrl = 'https://files.example.com/icons/touch.png';
      const query = { fileName: 'test.png', externalUrl };
      const { json } = await api.post(option, { query });
      await api.post(option, { query: { externalUrl } });
      const files = await filesOf(api, order);
      expect(files.map(({ name }) => name)).toEqual(['test.png', 'touch.png']);
      expect(files[0]).toMatchObject({ id: json.id, size: 1000 + externalUrl.length });
      expect(files[0]?.url).toContain('test.png');
      expectRefusal(await api.post(option, { query: { externalUrl: 'ftp://x' } }), 400, 'WRONG_PARAMETER');
      expectRefusal(await api.post(option), 400, 'WRONG_PARAMETER');
    },
  },
  {
    id: 'orders.files.delete',
    source: '[client tests]',
    says: 'files are deleted one by one or all at once, and an option without files says nothing of them',
    async check(api) {
      const { order, option } = await createWithOption(api);
      const ids: number[] = [];
      for (const fileName of ['1.png', '2.png', '3.png', '4.png']) {
        ids.push((await api.post(option, { query: { fileName }, body: 'x', headers: png })).json.id);
      }
      expect((await filesOf(api, order)).map(({ id }) => id)).toEqual(ids);
      expect((await api.send('DELETE', `${option}/files/${ids[0]}`)).json).toEqual({ deleteCount: 1 });
      expect((await filesOf(api, order)).map(({ id }) => id)).toEqual(ids.slice(1));
      expect((await api.send('DELETE', `${option}/files`)).json).toEqual({ deleteCount: 3 });
      expect(await filesOf(api, order)).toBeUndefined();
      expect((await api.send('DELETE', `${option}/files/${ids[0]}`)).json).toEqual({ deleteCount: 0 });
    },
  },
  {
    id: 'orders.files.unknown',
    source: '[inferred]',
    says: 'an order, item or option that is not there is 404',
    sandboxOnly: true,
    async check(api) {
      const { order } = await createWithOption(api);
      const [item] = (await api.get(order)).json.items;
      for (const path of [
        '/orders/NOSUCH/items/1/options/Size',
        `${order}/items/7/options/${encodeForm(optionName)}`,
        `${order}/items/${item.id}/options/Size`,
      ]) {
        expectRefusal(await api.post(path, { body: 'x', headers: png }), 404, 'ORDER_NOT_FOUND');
        expectRefusal(await api.send('DELETE', `${path}/files`), 404, 'ORDER_NOT_FOUND');
      }
    },
  },
];
