import { useQuery } from '@urql/preact';
import { CartPage } from './cart-page.tsx';
import { graphql } from './generated/gql.ts';

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

export function Page({ cartId }: { readonly cartId: string }) {
  const [{ data }] = useQuery({ query: StoreQuery });
  const { name, url, currency = null } = data?.store ?? {};
  // Whatever else somebody has typed in there is no place to send customers to.
  const shopUrl = url && /^https?:\/\//.test(url) ? url : undefined;
  return (
    <>
      <header>
        <p>{shopUrl ? <a href={shopUrl}>{name ?? 'The shop'}</a> : name}</p>
      </header>
      <main>
        <h1>Your cart</h1>
        {cartId ? <CartPage cartId={cartId} currency={currency} /> : <CartForm />}
      </main>
    </>
  );
}

function CartForm() {
  return (
    <form method="get">
      <p>The link in the e-mail that we have sent you opens your cart. Or type in what it is called:</p>
      <label for="cart">Cart id</label>
      <input id="cart" name="cart" required autocomplete="off" spellcheck={false} />
      <button type="submit">Open the cart</button>
    </form>
  );
}
