import { useMutation } from '@urql/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { adviceOnPlacing, askAgain } from './failures.ts';
import { graphql } from './generated/gql.ts';
import type { PlacedOrder } from './placed-orders.ts';
import { type Advice, adviceOn } from './refusals.ts';

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
  /** Looks at the cart once more, and tells why it is not to be placed as it is shown; null where it is. */
  readonly look: () => Promise<Advice | null>;
  readonly onPlaced: (order: PlacedOrder) => void;
}

/** Why there is no order. */
interface Outcome {
  readonly reasons: readonly Advice[];
  /** True where there may be one all the same. */
  readonly isOpen: boolean;
}

export function PlaceOrder({ cartId, label, look, onPlaced }: Props) {
  const [, place] = useMutation(PlaceOrderMutation);
  const [{ reasons, isOpen }, setOutcome] = useState<Outcome>({ reasons: [], isOpen: false });
  const [isUnderWay, setUnderWay] = useState(false);
  // A second press may come before the first is shown.
  const hasBegun = useRef(false);
  const outcome = useRef<HTMLElement>(null);
  useEffect(() => outcome.current?.focus(), [reasons]);

  async function press() {
    if (hasBegun.current) return;
    hasBegun.current = true;
    setUnderWay(true);
    const obstacle = await look();
    const result = obstacle ? [obstacle] : await tryToPlace();
    setOutcome((before) => judge(result, before));
    setUnderWay(false);
    hasBegun.current = false;
  }

  async function tryToPlace(): Promise<readonly Advice[]> {
    const { data, error } = await place({ cartId });
    const { order, errors = [] } = data?.placeOrder ?? {};
    if (order) {
      onPlaced({ ...order, number: order.order_number });
      return [];
    }
    // Several of a kind are told once.
    return errors.length > 0 ? [...new Set(errors.map(adviceOn))] : [adviceOnPlacing(error)];
  }

  return (
    <>
      {!isUnderWay && reasons.length > 0 && (
        <section
          ref={outcome}
          class="refused"
          tabIndex={-1}
          aria-labelledby="outcome"
          aria-describedby="reasons"
        >
          <h2 id="outcome">
            {isOpen ? 'We are finding out about your order' : 'Your order has not been placed'}
          </h2>
          <ul id="reasons">
            {reasons.map(({ problem, advice }) => (
              <li key={problem}>
                <strong>{problem}</strong> {advice}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p role="status">{isUnderWay && 'One moment: this can take half a minute…'}</p>
      <button type="button" class="primary" aria-disabled={isUnderWay} onClick={() => void press()}>
        {isOpen ? 'Ask again' : label}
      </button>
    </>
  );
}

/** A press that nothing was tried for says nothing of the one before it. */
function judge(reasons: readonly Advice[], before: Outcome): Outcome {
  const isStillOpen = before.isOpen && reasons.every(({ isUntried }) => isUntried);
  return isStillOpen
    ? {
        isOpen: true,
        reasons: reasons.map(({ problem }) => ({
          problem,
          advice: `We have still not learned whether your order was placed. ${askAgain}`,
        })),
      }
    : { isOpen: reasons.some(({ isOpen }) => isOpen), reasons };
}
