import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quirks1To20 } from '../quirks/of-answers-1-to-20.ts';
import { notAboutAnswers, quirks21To40 } from '../quirks/of-answers-21-to-40.ts';
import { type RunningGateway, startGatewayOver } from '../running-gateway.ts';
import { answerJson, type ScriptedOrigin, startScriptedOrigin } from '../scripted-origin.ts';

let origin: ScriptedOrigin;
let gateway: RunningGateway;

beforeAll(async () => {
  origin = await startScriptedOrigin();
  gateway = await startGatewayOver(origin.url);
});
afterAll(async () => {
  await gateway.close();
  await origin.close();
});

const quirks = [...quirks1To20, ...quirks21To40];

const prefix = '/api/v3/4870020';

describe('the quirks of Ecwid', () => {
  test('are all forty, each with an answer of that shape or the reason why it has none', () => {
    const ids = [...quirks.map(({ id }) => id), ...Object.keys(notAboutAnswers)];
    expect(ids.toSorted()).toEqual(Array.from({ length: 40 }, (_, index) => `Q${index + 1}`).toSorted());
  });

  test.each(quirks.map((quirk) => [quirk.id, quirk.says, quirk] as const))(
    '%s: %s',
    async (_id, _says, quirk) => {
      const asked: URL[] = [];
      origin.script = (request, response) => {
        const url = new URL(request.url ?? '', 'http://ecwid');
        asked.push(url);
        const answer = quirk.answers[`${request.method} ${url.pathname.replace(prefix, '')}`];
        answerJson(answer ?? {}, answer === undefined ? 500 : 200)(request, response);
      };
      gateway.logLines.length = 0;
      const { data, errors } = await gateway.query(quirk.operation);
      expect(errors).toBeUndefined();
      expect(data).toEqual(quirk.data);
      expect(gateway.logLines).toEqual([]);
      if (quirk.asks) expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject(quirk.asks);
    },
  );

  test('blank nothing when they all come at once: only what cannot be read is null, with an error at its path', async () => {
    const carts = quirks.filter(({ id, answers }) => id !== 'Q11' && Object.hasOwn(answers, 'GET /carts/A'));
    const bodies = carts.map(({ answers }) => answers['GET /carts/A'] as { items?: object[] });
    // Without the envelope of Q2, and the order of Q9, which is another resource.
    const { total, count, offset, limit, ...cart } = Object.assign({}, ...bodies);
    const item = Object.assign({}, ...bodies.flatMap(({ items }) => items ?? []));
    origin.script = answerJson({
      ...cart,
      cartId: 'A',
      email: ['unreadable'],
      items: [item, { name: 'Tea', quantity: 'some' }],
    });
    const selections = carts
      .map(({ operation }) => operation.slice('{ cart(id: "A") '.length, -' }'.length))
      .filter((selection) => !selection.includes('recoveredOrder'));
    const { data, errors } = await gateway.query(
      `{ cart(id: "A") {
        ${selections.map((selection) => `... ${selection}`).join('\n')}
        email items { name quantity dimensions { length } taxes { includeInPrice } }
      } }`,
    );
    expect(errors?.map(({ path }) => path?.join('.')).sort()).toEqual([
      'cart.email',
      'cart.items.1.quantity',
    ]);
    expect(data.cart).toMatchObject({
      email: null,
      discountInfo: [{ type: 'ABS' }],
      predictedPackages: [{ weight: 2 }],
      recoveryEmailSentDate: '2015-03-25T08:30:09.000Z',
      couponDiscount: 1.5,
      handlingFee: { value: 2 },
      paymentParams: { PO: '5', deep: '{"a":1}' },
      items: [
        {
          dimensions: { length: 34 },
          recurringChargeSettings: { recurringInterval: 'MONTH' },
          taxes: [{ includeInPrice: true }],
        },
        { name: 'Tea', quantity: null, dimensions: null },
      ],
    });
  });
});
