import { createRandom } from '../random.ts';

/** What a new order is known by. */
export interface OrderIds {
  readonly orderNumber: number;
  readonly id: string;
  /** Used only where the order begins as a cart. */
  readonly cartId: string;
}

/** Ids of Ecwid's shapes, the same ones in the same order every time. */
export interface Ids {
  /** Without the store's prefix and suffix. */
  order(): OrderIds;
  customer(): number;
  file(): number;
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

export function createIds(): Ids {
  const random = createRandom(570000000);
  let orders = 0;
  let customers = 0;
  let files = 0;
  const digits = (count: number) =>
    Array.from({ length: count }, () => random.integer(0, 15).toString(16)).join('');
  return {
    order() {
      orders++;
      // A digit amid the letters: no order of the seed has one there.
      const [first, second, third, fourth] = Array.from({ length: 4 }, () => random.pick([...letters]));
      const count = `${Math.floor(orders / letters.length) % 10}${letters[orders % letters.length]}`;
      return {
        orderNumber: 570000000 + orders,
        id: `${first}${count}${second}${third}${fourth}`,
        cartId: `${digits(8)}-${digits(4)}-4${digits(3)}-A${digits(3)}-${digits(12)}`.toUpperCase(),
      };
    },
    customer: () => 15320000 + ++customers,
    file: () => 5980000 + ++files,
  };
}
