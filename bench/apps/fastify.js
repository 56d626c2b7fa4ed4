// As http.js, with Fastify 5.
const { setTimeout: delay } = require('node:timers/promises');
const fastify = require('fastify');

const body = JSON.stringify({ slot: process.env.NODE_APP_INSTANCE, pid: process.pid });
const app = fastify();

app.get('/', async () => body);
app.get('/slow', () => delay(500, body));
app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' });
