import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    host: '127.0.0.1',
    // The page and the gateway are one origin to the browser, so no CORS is needed. `vite preview` does the same.
    proxy: { '/graphql': process.env.GATEWAY ?? 'http://127.0.0.1:4000' },
  },
});
