import { createServer } from 'node:http';
import { createGateway } from 'ecwid-graphql';

const gateway = await createGateway();
const server = createServer(gateway.listener);
server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1');
process.once('SIGTERM', () => {
  gateway.endSubscriptions();
  server.close(() => gateway.close());
});
