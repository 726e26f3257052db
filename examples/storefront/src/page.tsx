import { useQuery } from '@urql/preact';
import { useEffect, useState } from 'preact/hooks';
import { hashOf, hideCartId, readCartId } from './cart-id.ts';
import { CartPage } from './cart-page.tsx';
import { graphql } from './generated/gql.ts';
import { shopUrlOf } from './shop-url.ts';

// Apart from the cart, which is there to be seen also where the store cannot be read.
const StoreQuery = graphql(`
  query Store {
    store {
      id
      name
      url
      currency
    }
  }
`);

export function Page() {
  const [{ data }] = useQuery({ query: StoreQuery });
  const { name, url, currency = null } = data?.store ?? {};
  const shopUrl = shopUrlOf(url);
  const [{ cartId, isFirst }, setPlace] = useState({ cartId: readCartId(location), isFirst: true });
  useEffect(() => {
    hideCartId(cartId);
    const move = () => setPlace({ cartId: readCartId(location), isFirst: false });
    addEventListener('hashchange', move);
    return () => removeEventListener('hashchange', move);
  }, []);
  return (
    <>
      <header>
        <p>
          {shopUrl ? (
            <a href={shopUrl}>
              <bdi>{name ?? 'The shop'}</bdi>
            </a>
          ) : (
            <bdi>{name}</bdi>
          )}
        </p>
      </header>
      <main>
        {cartId ? (
          <CartPage key={cartId} cartId={cartId} currency={currency} takesFocus={!isFirst} />
        ) : (
          <CartForm />
        )}
      </main>
    </>
  );
}

function CartForm() {
  const [cartId, setCartId] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        location.hash = hashOf(cartId.trim());
      }}
    >
      <h1>Your cart</h1>
      <p>The link in the e-mail that we have sent you opens your cart. Or type in what it is called:</p>
      <label for="cart">Cart id</label>
      <input
        id="cart"
        required
        autocomplete="off"
        spellcheck={false}
        value={cartId}
        onInput={({ currentTarget }) => setCartId(currentTarget.value)}
      />
      <button type="submit">Open the cart</button>
    </form>
  );
}
