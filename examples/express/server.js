const express = require('express');

const port = Number(process.env.PORT ?? 3000);
const slot = process.env.NODE_APP_INSTANCE ?? '-';

const app = express();

app.get('/', (_request, response) => {
  response.send(`Hello from worker ${slot}, pid ${process.pid}\n`);
});

app.listen(port, (error) => {
  if (error) throw error; // Express 5 hands a busy port to this callback
});
