require('node:http')
  .createServer((_request, response) => response.end('short-lived'))
  .listen(Number(process.env.PORT));
setTimeout(() => {
  console.error('BENCH-CAUSE: this version exits after 300 ms');
  process.exit(3);
}, 300);
