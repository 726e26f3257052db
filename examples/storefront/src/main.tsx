import { Client, fetchExchange, Provider } from '@urql/preact';
import { render } from 'preact';
import { Page } from './page.tsx';
import './style.css';

const client = new Client({
  url: import.meta.env.VITE_GRAPHQL_URL ?? '/graphql',
  exchanges: [fetchExchange],
  // The id of a cart is as good as a key to it, and addresses are logged.
  preferGetMethod: false,
});

render(
  <Provider value={client}>
    <Page />
  </Provider>,
  document.querySelector('#page') ?? document.body,
);
