const { createServer } = require('node:http');

const port = Number(process.env.PORT ?? 3000);
const slot = process.env.NODE_APP_INSTANCE ?? '-';

createServer((_request, response) => {
  response.end(`Hello from worker ${slot}, pid ${process.pid}\n`);
}).listen(port);
