// As http.js, with Express 5.
const express = require('express');

const body = JSON.stringify({ slot: process.env.NODE_APP_INSTANCE, pid: process.pid });
const app = express();

app.get('/', (_request, response) => response.send(body));
app.get('/slow', (_request, response) => setTimeout(() => response.send(body), 500));
app.listen(Number(process.env.PORT));
