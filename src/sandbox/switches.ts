/**
 * What Ecwid leaves undocumented, or documents in more than one way, and a client may trip over. Each
 * default is the likeliest reading; the other values let a client be tried against the rest.
 */
export interface Switches {
  /**
   * What becomes of a cart that was placed; no document says. `gone` (default): it leaves `GET /carts`, and
   * reading or placing it again is 404. `kept`: it stays with recoveredOrderId and recoveredPublicUid, as
   * carts recovered by e-mail do, and placing it again is 409.
   */
  readonly afterPlacing: 'gone' | 'kept';
  /**
   * What `POST /carts/{cartId}/place` answers. `current` (default): the reference page's example, where
   * vendorOrderNumber is the internal number in digits. `guide`: another current page's example, where it is
   * the public id and cartId is missing. `older`: orderNumber and vendorOrderNumber alone.
   */
  readonly placeAnswer: 'current' | 'guide' | 'older';
  /**
   * Whether placing stamps createDate anew (default false): the official client's tests allow for it, and a
   * client that looks for the order by its cart's createDate misses it.
   */
  readonly placingStampsCreateDate: boolean;
  /**
   * Whether placing takes tracked stock from the products in other carts. Default false: Ecwid ties stock to
   * the status PAID, which a placed cart has not.
   */
  readonly placingTakesStock: boolean;
  /** The errorCode of an unknown cart; Ecwid lists both and says for neither when. Default ORDER_NOT_FOUND. */
  readonly unknownCartCode: 'ORDER_NOT_FOUND' | 'CHECKOUT_NOT_FOUND';
  /** What a `limit` above 100 comes to: taken as 100 and echoed so (`clamped`, default), or 400 (`refused`). */
  readonly limitAbove100: 'clamped' | 'refused';
  /**
   * What `POST /orders` answers. `current` (default): the internal number as id and the public id as orderId,
   * as the guide and the official client have it. `lower-case`: the current page's example, orderid. `number`:
   * its table, id alone.
   */
  readonly createAnswer: 'current' | 'lower-case' | 'number';
  /**
   * What `POST /orders` insists on. `nothing` (default): the server takes an order of an e-mail address alone,
   * as the official client's tests find. `documented`: 400 without the fields that the page calls required.
   */
  readonly createRequires: 'nothing' | 'documented';
}

const values: { readonly [Name in keyof Switches]: readonly [Switches[Name], ...Switches[Name][]] } = {
  afterPlacing: ['gone', 'kept'],
  placeAnswer: ['current', 'guide', 'older'],
  placingStampsCreateDate: [false, true],
  placingTakesStock: [false, true],
  unknownCartCode: ['ORDER_NOT_FOUND', 'CHECKOUT_NOT_FOUND'],
  limitAbove100: ['clamped', 'refused'],
  createAnswer: ['current', 'lower-case', 'number'],
  createRequires: ['nothing', 'documented'],
};

/**
 * The switches with their defaults filled in.
 * @throws TypeError that names a value which is none of a switch's own
 */
export function resolveSwitches(options: Partial<Switches>): Switches {
  const resolve = <Name extends keyof Switches>(name: Name): Switches[Name] => {
    const [initial, ...others] = values[name];
    const value = options[name] ?? initial;
    if (value !== initial && !others.includes(value)) {
      throw new TypeError(`${name} is ${JSON.stringify(value)}; it can be ${values[name].join(', ')}.`);
    }
    return value;
  };
  return {
    afterPlacing: resolve('afterPlacing'),
    placeAnswer: resolve('placeAnswer'),
    placingStampsCreateDate: resolve('placingStampsCreateDate'),
    placingTakesStock: resolve('placingTakesStock'),
    unknownCartCode: resolve('unknownCartCode'),
    limitAbove100: resolve('limitAbove100'),
    createAnswer: resolve('createAnswer'),
    createRequires: resolve('createRequires'),
  };
}
