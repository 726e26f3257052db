import { useClient } from '@urql/preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { adviceOnReading } from './failures.ts';
import { graphql } from './generated/gql.ts';
import type { CartQuery } from './generated/graphql.ts';
import type { Advice } from './refusals.ts';

const CartDocument = graphql(`
  query Cart($id: ID!) {
    cart(id: $id) {
      id
      hidden
      total
      recoveredOrder {
        id
        order_number
      }
      ...CartDetails
    }
  }
`);

type Cart = NonNullable<CartQuery['cart']>;

interface Known {
  /** As it was read last; null where there is none, undefined until that is known. */
  readonly cart?: Cart | null;
  /** Whether something of it could not be read. */
  readonly isPartial: boolean;
  /** Why the last reading came to nothing. */
  readonly failure?: Advice;
  readonly isReading: boolean;
}

/** What one reading has found. */
interface Found {
  readonly cart: Cart | null;
  readonly failure?: Advice;
}

/** A cart, which stays as it was shown while it is read anew, and where that fails or it is gone. */
export function useCart(id: string): Known & { readonly read: () => Promise<Found> } {
  const client = useClient();
  const [known, setKnown] = useState<Known>({ isPartial: false, isReading: true });

  const read = useCallback(async (): Promise<Found> => {
    setKnown((before) => ({ ...before, isReading: true }));
    const { data, error } = await client.query(CartDocument, { id }, { requestPolicy: 'network-only' });
    const cart = data?.cart ?? null;
    if (!data || (error && !cart)) {
      const failure = adviceOnReading(error);
      setKnown((before) => ({ ...before, failure, isReading: false }));
      return { cart, failure };
    }
    setKnown((before) => ({ cart: cart ?? before.cart ?? null, isPartial: !!error, isReading: false }));
    return { cart };
  }, [client, id]);

  useEffect(() => void read(), [read]);
  return { ...known, read };
}

/** Whether two readings show the same: of every field, those of fragments included. */
export function isSameCart(one: Cart, other: Cart | null | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
