import { useQuery } from '@urql/preact';
import { useState } from 'preact/hooks';
import { CartDetails } from './cart-details.tsx';
import { adviceOnReading } from './failures.ts';
import { graphql } from './generated/gql.ts';
import { PlaceOrder } from './place-order.tsx';
import { PlacedOrder } from './placed-order.tsx';
import { type PlacedOrder as Order, recallOrder, rememberOrder } from './placed-orders.ts';

const CartQuery = graphql(`
  query Cart($id: ID!) {
    cart(id: $id) {
      id
      hidden
      recoveredOrder {
        id
        order_number
      }
      ...CartDetails
    }
  }
`);

interface Props {
  readonly cartId: string;
  readonly currency: string | null;
}

export function CartPage({ cartId, currency }: Props) {
  const [remembered] = useState(() => recallOrder(cartId));
  const [placed, setPlaced] = useState<Order | null>(null);
  const [{ data, error, fetching }, askAgain] = useQuery({
    query: CartQuery,
    variables: { id: cartId },
    pause: remembered !== null,
  });
  const cart = data?.cart;
  const recovered = cart?.recoveredOrder;
  const order = placed ?? remembered ?? (recovered && { number: recovered.order_number });
  const placeOrder = (label: string) => (
    <PlaceOrder
      cartId={cartId}
      label={label}
      onPlaced={(order) => {
        rememberOrder(cartId, order);
        setPlaced(order);
      }}
    />
  );

  return (
    <>
      <p role="status">{fetching && 'Fetching your cart…'}</p>
      {order && <PlacedOrder order={order} currency={currency} isNew={placed !== null} />}
      {!order && !fetching && !cart && error && (
        <section role="alert">
          <h2>{adviceOnReading(error).problem}</h2>
          <p>{adviceOnReading(error).advice}</p>
          <button type="button" onClick={() => askAgain()}>
            Ask again
          </button>
        </section>
      )}
      {!order && !fetching && !cart && !error && (
        <section>
          <h2>There is no such cart</h2>
          <p>
            The link may be incomplete, or the cart may belong to the account of a customer. Or it has been
            ordered already: then we can look up the number of its order.
          </p>
          {placeOrder('Look up its order')}
        </section>
      )}
      {!order && cart && (
        <>
          {cart.hidden && (
            <p class="note">The shop has put this cart aside. You can still order what is in it.</p>
          )}
          {error && <p class="note">Some of this cart could not be read just now, and is left out here.</p>}
          <CartDetails cart={cart} currency={currency} />
          {placeOrder('Place the order')}
        </>
      )}
    </>
  );
}
