import { defineConfig } from 'vite';

/** What whoever serves the page says of it: it orders by one press, so nobody may frame it or put a script into it. */
export const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
};

export default defineConfig({
  server: {
    host: '127.0.0.1',
    // The page and the gateway are one origin to the browser, so no CORS is needed. `vite preview` does the same.
    proxy: { '/graphql': { target: process.env.GATEWAY ?? 'http://127.0.0.1:4000', xfwd: true } },
  },
  preview: { headers },
});
