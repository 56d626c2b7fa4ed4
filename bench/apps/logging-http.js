// As http.js, with a line in the log for every request.
const { createServer } = require('node:http');

let count = 0;

createServer((request, response) => {
  console.log(`${new Date().toISOString()} ${process.pid} ${request.method} ${request.url} 200 request ${count++}`);
  response.end('ok');
}).listen(Number(process.env.PORT));
