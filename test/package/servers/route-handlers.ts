import { createGateway } from 'ecwid-graphql';

const gateway = await createGateway({ endpoint: '/api/graphql' });

// What frameworks with route handlers take, such as Next.js in app/api/graphql/route.ts.
export const GET = (request: Request): Promise<Response> => gateway.fetch(request);
export const POST = GET;
export const OPTIONS = GET;
