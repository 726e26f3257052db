import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway, type GatewayOptions } from '../src/create-gateway.ts';

/** A gateway put together as programs get it, over its sandbox or a store, in a server of node:http. */
export async function mountGateway(options: GatewayOptions = {}) {
  const gateway = await createGateway({ logLevel: 'silent', ...options });
  const server = createServer(gateway.listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/graphql`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await gateway.close();
    },
  };
}
