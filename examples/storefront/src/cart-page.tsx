import { useEffect, useRef, useState } from 'preact/hooks';
import { CartDetails } from './cart-details.tsx';
import { formatMoney } from './money.ts';
import { PlaceOrder } from './place-order.tsx';
import { PlacedOrder } from './placed-order.tsx';
import { type PlacedOrder as Order, recallOrder, rememberOrder } from './placed-orders.ts';
import type { Advice } from './refusals.ts';
import { isSameCart, useCart } from './use-cart.ts';

interface Props {
  readonly cartId: string;
  readonly currency: string | null;
  /** True where the customer has come from another part of this page, which is gone. */
  readonly takesFocus: boolean;
}

export function CartPage({ cartId, currency, takesFocus }: Props) {
  const { cart, isPartial, failure, isReading, read } = useCart(cartId);
  const [remembered] = useState(() => recallOrder(cartId));
  const [placed, setPlaced] = useState<Order | null>(null);
  const [hasAskedAgain, setAskedAgain] = useState(false);
  const wantsFocus = useRef(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const trouble = useRef<HTMLHeadingElement>(null);

  const isKnown = cart !== undefined;
  const recovered = cart?.recoveredOrder;
  // A cart that is there is none that was placed, whatever this browser remembers of another.
  const recalled = !cart && (isKnown || failure) ? remembered : null;
  const order = placed ?? (recovered ? { number: recovered.order_number } : recalled);

  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  // The button that was pressed may be gone.
  useEffect(() => {
    if (!wantsFocus.current || isReading) return;
    wantsFocus.current = false;
    (trouble.current ?? heading.current)?.focus();
  }, [isReading]);
  useEffect(() => {
    document.title = order ? `Order ${order.number}` : 'Your cart';
  }, [order?.number]);

  async function look(): Promise<Advice | null> {
    const found = await read();
    if (found.failure) {
      return {
        problem: found.failure.problem,
        advice: 'Nothing was ordered. Try again in a moment.',
        isUntried: true,
      };
    }
    // One that is gone may have become an order, which placing tells.
    if (!found.cart || isSameCart(found.cart, cart)) return null;
    return {
      problem: `Your cart has changed: its total is ${formatMoney(found.cart.total, currency)} now.`,
      advice: 'Look through it, and place the order if it is as you want it.',
      isUntried: true,
    };
  }

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {order ? 'Your order' : 'Your cart'}
      </h1>
      <p role="status" class={isKnown ? 'spoken' : undefined}>
        {!isKnown && isReading && 'Fetching your cart…'}
        {cart && !order && !hasAskedAgain && 'Your cart is here.'}
      </p>
      {order && <PlacedOrder order={order} currency={currency} isNew={placed !== null} />}
      {!order && !isKnown && failure && (
        <section role="alert">
          <h2 ref={trouble} tabIndex={-1}>
            {failure.problem}
          </h2>
          <p>{failure.advice}</p>
          <button
            type="button"
            aria-disabled={isReading}
            onClick={() => {
              if (isReading) return;
              setAskedAgain(true);
              wantsFocus.current = true;
              void read();
            }}
          >
            Ask again
          </button>
        </section>
      )}
      {!order && isKnown && (
        <>
          {cart ? (
            <>
              {cart.hidden && (
                <p class="note">The shop has put this cart aside. You can still order what is in it.</p>
              )}
              {remembered && (
                <p class="note">
                  This browser remembers that it was ordered, as <bdi>{remembered.number}</bdi>, but the shop
                  has it as a cart still. However often it is placed, it becomes one order.
                </p>
              )}
              {isPartial && (
                <p class="note">Some of this cart could not be read just now, and is left out here.</p>
              )}
              <CartDetails cart={cart} currency={currency} />
            </>
          ) : (
            <section>
              <h2>There is no such cart</h2>
              <p>
                The link may be incomplete, or the cart may belong to the account of a customer. Or it has
                been ordered already: then we can look up the number of its order.
              </p>
            </section>
          )}
          <PlaceOrder
            cartId={cartId}
            label={cart ? 'Place the order' : 'Look up its order'}
            look={look}
            onPlaced={(order) => {
              rememberOrder(cartId, order);
              setPlaced(order);
            }}
          />
        </>
      )}
    </>
  );
}
