// The plain app under test: answers at once on /, after 500 ms on /slow.
const { createServer } = require('node:http');

const body = JSON.stringify({ slot: process.env.NODE_APP_INSTANCE, pid: process.pid });

createServer((request, response) => {
  if (request.url === '/slow') setTimeout(() => response.end(body), 500);
  else response.end(body);
}).listen(Number(process.env.PORT));
