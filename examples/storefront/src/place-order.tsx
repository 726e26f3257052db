import { useMutation } from '@urql/preact';
import { useEffect, useRef } from 'preact/hooks';
import { adviceOnPlacing } from './failures.ts';
import { graphql } from './generated/gql.ts';
import type { PlacedOrder } from './placed-orders.ts';
import { adviceOn } from './refusals.ts';

const PlaceOrderMutation = graphql(`
  mutation PlaceOrder($cartId: String!) {
    placeOrder(input: { cart_id: $cartId }) {
      order {
        id
        order_number
        total
        email
        paymentMethod
      }
      errors {
        code
      }
    }
  }
`);

interface Props {
  readonly cartId: string;
  readonly label: string;
  readonly onPlaced: (order: PlacedOrder) => void;
}

export function PlaceOrder({ cartId, label, onPlaced }: Props) {
  const [{ data, error, fetching }, place] = useMutation(PlaceOrderMutation);
  const underWay = useRef(false);
  const outcome = useRef<HTMLElement>(null);

  const refusals = data?.placeOrder?.errors.map(adviceOn) ?? [];
  const reasons = error && refusals.length === 0 ? [adviceOnPlacing(error)] : refusals;
  const isUnknown = reasons.some(({ isOpen }) => isOpen);
  useEffect(() => {
    if (!fetching && reasons.length > 0) outcome.current?.focus();
  }, [fetching]);

  async function press() {
    if (underWay.current) return;
    underWay.current = true;
    const result = await place({ cartId });
    underWay.current = false;
    const order = result.data?.placeOrder?.order;
    if (order) onPlaced({ ...order, number: order.order_number });
  }

  return (
    <>
      <div aria-live="polite">
        {!fetching && reasons.length > 0 && (
          <section ref={outcome} class="refused" tabIndex={-1} aria-labelledby="outcome">
            <h2 id="outcome">
              {isUnknown ? 'We are finding out about your order' : 'Your order has not been placed'}
            </h2>
            <ul>
              {reasons.map(({ problem, advice }) => (
                <li key={problem}>
                  <strong>{problem}</strong> {advice}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <p role="status">{fetching && 'One moment: this can take half a minute…'}</p>
      <button type="button" class="primary" aria-disabled={fetching} onClick={() => void press()}>
        {isUnknown ? 'Ask again' : label}
      </button>
    </>
  );
}
