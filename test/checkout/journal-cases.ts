import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Attempt, type Journal, JournalError } from '../../src/checkout/journal.ts';

/** What keeps a journal, and is new to each test. */
export interface JournalKind {
  /** What the test has opened before, as another process would, or the same after a restart. */
  openAgain(): Journal;
  /** Has so much time go by for leases, or go back. */
  pass(ms: number): void | Promise<void>;
  /** The shortest time that can be told from none. */
  readonly momentMs: number;
}

const leaseMs = 100_000;
const key = 'cart/0001';
const order = { key: 'AB1CD', known: { id: 'AB1CD', orderNumber: '108394551' } };
const attempt: Attempt = { id: 'a', sentAt: 1, evidence: { email: 'a@b.c' } };

/** What every journal keeps to. */
export function describeJournal(kind: string, { openAgain, pass, momentMs }: JournalKind): void {
  describe(`a journal in ${kind}`, () => {
    let opened: Journal[] = [];
    const open = () => {
      const journal = openAgain();
      opened.push(journal);
      return journal;
    };
    let journal: Journal;
    beforeEach(() => {
      journal = open();
    });
    afterEach(async () => {
      await Promise.all(opened.map((one) => one.close()));
      opened = [];
    });

    describe('knows', () => {
      test('nothing of a key that was never asked for', async () => {
        expect(await journal.read(key)).toEqual({ outcome: null, attempts: [] });
        expect(await journal.keyOf(order)).toBeNull();
      });

      test('nothing of one key by another', async () => {
        await journal.claim(key, 'me', leaseMs);
        await journal.intend(key, attempt, []);
        expect(await journal.claim('cart/0002', 'you', leaseMs)).toMatchObject({
          attempts: [],
          isHeld: true,
        });
        await journal.settle(key, { order });
        expect(await journal.read('cart/0002')).toEqual({ outcome: null, attempts: [] });
      });

      test('the attempts of a key, the oldest first', async () => {
        await journal.intend(key, { ...attempt, id: 'late', sentAt: 3 }, []);
        await journal.intend(key, { ...attempt, id: 'early', sentAt: 2 }, ['late']);
        const { attempts } = await journal.read(key);
        expect(attempts.map(({ id }) => id)).toEqual(['early', 'late']);
        expect((await journal.claim(key, 'me', leaseMs)).attempts).toEqual(attempts);
      });

      test('evidence as it was written: other alphabets, quotes, emptiness, and numbers of 64 bits as text', async () => {
        const evidence = {
          email: 'żółw+🐢@例え.jp',
          quoted: `"'\\ \u0000 \u2028`,
          customerId: '9223372036854775807',
          total: 0.1,
          none: null,
          items: ['["Ä",1,0.3]'],
        };
        await journal.intend(key, { ...attempt, evidence }, []);
        expect((await open().read(key)).attempts).toEqual([{ ...attempt, evidence, isDenied: false }]);
      });

      test('an outcome as it was written', async () => {
        const written = {
          key: 'Ünï-9223372036854775807',
          known: { id: 'Ünï-9223372036854775807', orderNumber: '9223372036854775807', internalId: 7 },
        };
        await journal.settle(key, { order: written, request: 'f00' });
        expect((await open().read(key)).outcome).toEqual({ order: written, request: 'f00' });
      });

      test('whose an attempt and an outcome are', async () => {
        await journal.intend(key, { ...attempt, owner: 'customer/5' }, []);
        await journal.settle('cart/0002', { order, owner: 'guest' });
        expect((await open().read(key)).attempts).toMatchObject([{ owner: 'customer/5' }]);
        expect((await open().read('cart/0002')).outcome).toEqual({ order, owner: 'guest' });
      });

      test('neither request nor owner where none was named', async () => {
        await journal.settle(key, { order, request: undefined, owner: undefined });
        expect((await journal.read(key)).outcome).toEqual({ order });
      });
    });

    describe('gives a claim', () => {
      const isHeldBy = async (holder: string, by = journal) => (await by.claim(key, holder, leaseMs)).isHeld;

      test('to one holder, and to that one again', async () => {
        expect(await isHeldBy('me')).toBe(true);
        expect(await isHeldBy('you')).toBe(false);
        expect(await isHeldBy('you', open())).toBe(false);
        expect(await isHeldBy('me')).toBe(true);
      });

      test('to the next one when it was given back, by nobody but its holder', async () => {
        await isHeldBy('me');
        await journal.release(key, 'you');
        expect(await isHeldBy('you')).toBe(false);
        await journal.release(key, 'me');
        expect(await isHeldBy('you')).toBe(true);
      });

      test('to the next one when it has lapsed, and not a moment before', async () => {
        await isHeldBy('me');
        await pass(leaseMs - momentMs);
        expect(await isHeldBy('you')).toBe(false);
        await pass(momentMs);
        expect(await isHeldBy('you')).toBe(true);
        expect(await isHeldBy('me')).toBe(false);
      });

      test('for a whole lease from when it was last taken', async () => {
        await isHeldBy('me');
        await pass(leaseMs - momentMs);
        await isHeldBy('me');
        await pass(leaseMs - momentMs);
        expect(await isHeldBy('you')).toBe(false);
      });

      test('in spite of one from the future, which only a wrong clock can have made', async () => {
        await isHeldBy('me');
        await pass(-1_000_000);
        expect(await isHeldBy('you')).toBe(true);
      });

      test('that giving back what has lapsed does not take from the next holder', async () => {
        await isHeldBy('me');
        await pass(leaseMs);
        await isHeldBy('you');
        await journal.release(key, 'me');
        expect(await isHeldBy('me')).toBe(false);
      });

      test('to nobody where there is nothing left to do', async () => {
        await journal.settle(key, { order });
        expect(await journal.claim(key, 'me', leaseMs)).toMatchObject({ outcome: { order }, isHeld: false });
      });
    });

    describe('with an attempt', () => {
      test('writes it over by its id', async () => {
        const later = { ...attempt, sentAt: 9, owner: 'customer/5' } as const;
        expect(await journal.intend(key, { ...attempt, owner: 'guest' }, [])).toBe(true);
        expect(await journal.intend(key, later, [attempt.id])).toBe(true);
        expect((await journal.read(key)).attempts).toMatchObject([later]);
      });

      test('keeps what was asked for by it', async () => {
        await journal.intend(key, { ...attempt, request: 'a hash' }, []);
        expect((await journal.read(key)).attempts).toMatchObject([{ request: 'a hash' }]);
      });

      test('writes none beside one that its writer does not know of', async () => {
        await journal.intend(key, attempt, []);
        expect(await journal.intend(key, { ...attempt, id: 'second' }, [])).toBe(false);
        expect(await journal.intend(key, { ...attempt, id: 'second' }, ['struck meanwhile'])).toBe(false);
        expect((await journal.read(key)).attempts).toHaveLength(1);
        expect(
          await journal.intend(key, { ...attempt, id: 'second' }, [attempt.id, 'struck meanwhile']),
        ).toBe(true);
        expect((await journal.read(key)).attempts).toHaveLength(2);
      });

      test('marks it as denied by its id, and no other', async () => {
        await journal.intend(key, attempt, []);
        await journal.intend(key, { ...attempt, id: 'second' }, [attempt.id]);
        await journal.deny(key, 'second');
        await journal.deny(key, 'never written');
        const { attempts } = await journal.read(key);
        expect(attempts.map(({ id, isDenied }) => [id, isDenied])).toEqual([
          [attempt.id, false],
          ['second', true],
        ]);
      });

      test('strikes it by its id, and no other', async () => {
        for (const id of ['a', 'b', 'c']) await journal.intend(key, { ...attempt, id }, ['a', 'b']);
        await journal.intend('cart/0002', attempt, []);
        await journal.withdraw(key, ['a', 'c', 'never written']);
        await journal.withdraw(key, []);
        expect((await journal.read(key)).attempts.map(({ id }) => id)).toEqual(['b']);
        expect((await journal.read('cart/0002')).attempts).toHaveLength(1);
      });

      test('keeps it, whoever gives the claim back or takes it over', async () => {
        await journal.claim(key, 'me', leaseMs);
        await journal.intend(key, attempt, []);
        await pass(leaseMs);
        await journal.claim(key, 'you', leaseMs);
        await journal.release(key, 'you');
        expect((await journal.read(key)).attempts).toHaveLength(1);
      });

      test('that comes after the outcome writes nothing, and says so', async () => {
        await journal.settle(key, { order });
        expect(await journal.intend(key, attempt, [])).toBe(false);
        expect(await journal.read(key)).toEqual({ outcome: { order }, attempts: [] });
      });
    });

    describe('with an outcome', () => {
      test('strikes the attempts at it', async () => {
        await journal.intend(key, attempt, []);
        expect(await journal.settle(key, { order })).toEqual({ order });
        expect(await journal.read(key)).toEqual({ outcome: { order }, attempts: [] });
      });

      test('stands by the first one, whoever it is of', async () => {
        const second = { key: 'EF2GH', known: { id: 'EF2GH' } };
        const standing = { order, owner: 'guest' } as const;
        await journal.settle(key, standing);
        expect(await journal.settle(key, { order: second, owner: 'customer/5' })).toEqual(standing);
        expect((await journal.read(key)).outcome).toEqual(standing);
        expect(await journal.keyOf(second)).toBeNull();
      });

      test.each([
        ['its id', { id: 'AB1CD' }],
        ['its number', { orderNumber: '108394551' }],
        ['its number in digits', { orderNumber: 108394551 }],
        ['its number, though the id is not known to it', { id: 'another', orderNumber: 108394551 }],
      ])('finds its key by %s', async (_by, known) => {
        await journal.settle(key, { order });
        expect(await journal.keyOf({ key: '', known })).toBe(key);
      });

      test.each([
        ['of another id', { id: 'EF2GH', orderNumber: 2 }],
        ['without any name', {}],
      ])('finds no key for an order %s', async (_which, known) => {
        await journal.settle(key, { order });
        await journal.settle('cart/0002', { order: { key: 'nameless', known: {} } });
        expect(await journal.keyOf({ key: '', known })).toBeNull();
      });
    });

    test('remembers the last order that a cart is said to become, and no other cart', async () => {
      expect(await journal.learnt('0001')).toBeNull();
      await journal.learn('0001', { key: 'EF2GH', known: { id: 'EF2GH' } });
      await journal.learn('0001', order);
      expect(await journal.learnt('0001')).toEqual(order);
      expect(await journal.learnt('0002')).toBeNull();
    });

    test('can be told everything twice', async () => {
      const twice = async <Value>(work: () => Promise<Value>) => [await work(), await work()] as const;
      await twice(() => journal.claim(key, 'me', leaseMs));
      expect((await twice(() => journal.intend(key, attempt, [])))[0]).toBe(true);
      await twice(() => journal.deny(key, attempt.id));
      expect((await journal.read(key)).attempts).toEqual([{ ...attempt, isDenied: true }]);
      await twice(() => journal.withdraw(key, [attempt.id]));
      expect((await journal.read(key)).attempts).toEqual([]);
      expect(await twice(() => journal.settle(key, { order }))).toEqual([{ order }, { order }]);
      await twice(() => journal.release(key, 'me'));
      expect(await journal.read(key)).toEqual({ outcome: { order }, attempts: [] });
    });

    test('tells another journal of the same store at once', async () => {
      const other = open();
      await journal.intend(key, attempt, []);
      expect((await other.read(key)).attempts).toHaveLength(1);
      await other.settle(key, { order });
      expect(await journal.intend(key, attempt, [])).toBe(false);
    });

    test('gives a claim to one of many who ask at once', async () => {
      const other = open();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 ? journal : other).claim(key, `holder ${n}`, leaseMs)),
      );
      expect(claims.filter(({ isHeld }) => isHeld)).toHaveLength(1);
    });

    test('remembers after it was closed, and refuses to work until it is opened again', async () => {
      await journal.intend(key, attempt, []);
      await journal.settle('cart/0002', { order });
      await journal.close();
      opened = [];
      await expect(journal.read(key)).rejects.toThrow(JournalError);
      const again = open();
      expect((await again.read(key)).attempts).toHaveLength(1);
      expect(await again.keyOf(order)).toBe('cart/0002');
    });
  });
}
