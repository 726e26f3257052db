import { createGateway } from 'ecwid-graphql';
import { fastify } from 'fastify';

const gateway = await createGateway();
const app = fastify();
app.get('/hello', async () => 'hello');
await app.register(async (scope) => {
  // The gateway reads bodies itself, by its own limits.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  scope.all('/graphql', (request, reply) => {
    reply.hijack();
    gateway.listener(request.raw, reply.raw);
  });
});
app.addHook('preClose', async () => gateway.endSubscriptions());
app.addHook('onClose', () => gateway.close());
await app.listen({ port: Number(process.env.PORT ?? 4000), host: '127.0.0.1' });
process.once('SIGTERM', () => app.close());
