import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { hasBrowser, launchBrowser } from '../../../test/browser.ts';
import { type GatewayOnSandbox, startGateway } from '../../../test/running-gateway.ts';
import { testAuthenticate } from '../../../test/viewers.ts';
import { carts } from './carts.ts';
import { answer, answerPage, breakOff, type GatewayFront, startFront } from './gateway-front.ts';
import { openShop, type Shop, type Visit } from './visits.ts';

const failed = (code: string, more: object = {}) => ({
  errors: [{ message: 'No.', extensions: { code, ...more } }],
});
const inField = (code: string) => ({
  data: { placeOrder: null },
  errors: [{ message: 'No.', path: ['placeOrder'], extensions: { code } }],
});

const withStatus200 = ['UNAUTHENTICATED', 'PERSISTED_QUERY_NOT_FOUND', 'BAD_REQUEST', 'COST_LIMIT_EXCEEDED'];
const refused: readonly [name: string, placing: GatewayFront['onPlacing']][] = [
  ['401', answer(failed('UNAUTHENTICATED'), 401)],
  ['400', answer(failed('PERSISTED_QUERY_ONLY'), 400)],
  ['413', answer(failed('BODY_LIMIT_EXCEEDED'), 413)],
  ['403 of a proxy', answerPage(403)],
  ...withStatus200.map((code): (typeof refused)[number] => [`${code} with status 200`, answer(failed(code))]),
];

const passing: readonly [name: string, placing: GatewayFront['onPlacing'], when: string][] = [
  ['OVERLOADED', answer(failed('OVERLOADED', { retryAfter: 1 }), 503), 'in 1 second.'],
  ['RATE_LIMITED', answer(failed('RATE_LIMITED', { retryAfter: 41.2 }), 429), 'in 42 seconds.'],
  ['AUTHENTICATION_UNAVAILABLE', answer(failed('AUTHENTICATION_UNAVAILABLE'), 503), 'in a moment.'],
  ['429 of a proxy', answerPage(429), 'in a moment.'],
];

const unclear: readonly [name: string, placing: GatewayFront['onPlacing']][] = [
  ['no data', answer({ data: null })],
  ['neither an order nor a reason', answer({ data: { placeOrder: { order: null, errors: [] } } })],
  ['no answer to what was asked', answer({ data: { placeOrder: null } })],
  ['a mistake of the gateway', answer(inField('INTERNAL_SERVER_ERROR'))],
  ['a limit in the midst of it', answer(inField('RATE_LIMITED'))],
  ['SHUTTING_DOWN', answer(failed('SHUTTING_DOWN'), 503)],
  ['a mistake of the gateway as a whole', answer(failed('INTERNAL_SERVER_ERROR'), 500)],
  ['502 of a proxy', answerPage(502)],
  ['408 of a proxy', answerPage(408)],
  ['a page with status 200', answerPage(200)],
  ['a connection that breaks', breakOff],
];

describe.runIf(hasBrowser("the storefront's tests"))('the storefront', () => {
  let browser: Browser;
  let gateway: GatewayOnSandbox;
  let front: GatewayFront;
  let shop: Shop;
  let guest: Visit;

  beforeAll(async () => {
    browser = await launchBrowser();
    gateway = await startGateway({}, [], { authenticate: testAuthenticate });
    front = await startFront(gateway.origin);
    shop = await openShop(browser, front.origin);
  });
  beforeEach(async () => {
    guest = await shop.visit();
    // One that the gateway refuses, so that it is there for every test.
    await guest.open(carts.empty);
    await expect.poll(guest.text).toContain('Place the order');
  });
  afterEach(() => guest.close());
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
    await front?.close();
    await gateway?.close();
  });

  const reasons = () => guest.page.locator('.refused').innerText();

  test.each(refused)('says that nothing was ordered after %s', async (_name, placing) => {
    front.onPlacing = placing;
    await guest.press('Place the order');
    await expect.poll(reasons).toContain('Your order has not been placed');
    expect(await reasons()).toContain('The shop did not take the request. Nothing was ordered.');
  });

  test.each(passing)('says when to try again after %s', async (_name, placing, when) => {
    front.onPlacing = placing;
    await guest.press('Place the order');
    await expect.poll(reasons).toContain('Your order has not been placed');
    expect(await reasons()).toContain(`Your cart is as it was. Try again ${when}`);
  });

  test.each(unclear)('says that it has not learned of an order after %s', async (_name, placing) => {
    front.onPlacing = placing;
    await guest.press('Place the order');
    await expect.poll(reasons).toContain('We are finding out about your order');
    expect(await reasons()).toContain('We have not learned whether your order was placed. Ask again:');
    expect(await reasons()).not.toContain('othing was ordered');
  });

  test('goes on finding out after a press that nothing was tried for, until the gateway knows', async () => {
    front.onPlacing = answerPage(502);
    await guest.press('Place the order');
    await expect.poll(reasons).toContain('We have not learned whether');
    front.onPlacing = answer(failed('RATE_LIMITED', { retryAfter: 1 }), 429);
    await guest.press('Ask again');
    await expect.poll(reasons).toContain('The shop cannot take orders at the moment.');
    expect(await reasons()).toContain('We have still not learned whether your order was placed. Ask again:');
    expect(await reasons()).not.toContain('as it was');
    front.onPlacing = (_response, forward) => forward();
    await guest.press('Ask again');
    await expect.poll(reasons).toContain('There is nothing in this cart.');
    expect(await reasons()).toContain('Your order has not been placed');
  });

  test('tells reasons of one kind once', async () => {
    const errors = ['CART_EMPTY', 'OUT_OF_STOCK', 'CART_EMPTY', 'NEWER', 'NEWEST'].map((code) => ({ code }));
    front.onPlacing = answer({ data: { placeOrder: { order: null, errors } } });
    await guest.press('Place the order');
    await expect.poll(() => guest.page.locator('.refused li').count()).toBe(3);
  });

  test.each([
    ['documents that it does not know', { protection: { trustedDocuments: new Map() } }],
    ['what costs too much', { limits: { cost: 100 } }],
  ])('says that nothing was ordered where a gateway refuses %s', async (_what, settings) => {
    const strict = await startGateway({}, [], { authenticate: testAuthenticate, ...settings });
    onTestFinished(() => strict.close());
    front.onPlacing = (_response, forward) => forward(strict.origin);
    await guest.press('Place the order');
    await expect.poll(reasons).toContain('The shop did not take the request. Nothing was ordered.');
    expect(strict.calls).toEqual([]);
  });
});
