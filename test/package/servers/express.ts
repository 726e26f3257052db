import { createGateway } from 'ecwid-graphql';
import express from 'express';

const gateway = await createGateway();
const app = express();
app.all('/graphql', gateway.listener);
app.get('/hello', (_request, response) => void response.send('hello'));
const server = app.listen(Number(process.env.PORT ?? 4000), '127.0.0.1');
process.once('SIGTERM', () => {
  gateway.endSubscriptions();
  server.close(() => gateway.close());
});
