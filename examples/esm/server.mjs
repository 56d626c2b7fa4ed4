import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);
const slot = process.env.NODE_APP_INSTANCE ?? '-';

// Top-level await: the worker is ready when the module listens, however long this takes.
const greeting = await readFile(new URL('./greeting.txt', import.meta.url), 'utf8');

createServer((_request, response) => {
  response.end(`${greeting.trim()} from worker ${slot}, pid ${process.pid}\n`);
}).listen(port);
