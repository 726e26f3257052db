import { useEffect, useRef } from 'preact/hooks';
import { formatMoney } from './money.ts';
import type { PlacedOrder as Order } from './placed-orders.ts';

interface Props {
  readonly order: Order;
  readonly currency: string | null;
  /** True where it has been placed just now. */
  readonly isNew: boolean;
}

export function PlacedOrder({ order: { number, total, email, paymentMethod }, currency, isNew }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Where the button was there is nothing any more.
  useEffect(() => {
    if (isNew) heading.current?.focus();
  }, [isNew]);
  return (
    <section class="placed">
      <h2 ref={heading} tabIndex={-1}>
        Thank you: order{' '}
        <strong>
          <bdi>{number}</bdi>
        </strong>{' '}
        has been placed
      </h2>
      {typeof total === 'number' && (
        <p>
          The total is <bdi>{formatMoney(total, currency)}</bdi>
          {paymentMethod && (
            <>
              , to be paid by <bdi>{paymentMethod}</bdi>
            </>
          )}
          .
        </p>
      )}
      {email && (
        <p>
          The confirmation goes to <bdi>{email}</bdi>.
        </p>
      )}
    </section>
  );
}
