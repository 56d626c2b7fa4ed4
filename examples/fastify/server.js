const fastify = require('fastify');

const port = Number(process.env.PORT ?? 3000);
const slot = process.env.NODE_APP_INSTANCE ?? '-';

const app = fastify();

app.get('/', async () => `Hello from worker ${slot}, pid ${process.pid}\n`);

app.listen({ port, host: '0.0.0.0' });
