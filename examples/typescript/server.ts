import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const port: number = Number(process.env.PORT ?? 3000);
const slot: string = process.env.NODE_APP_INSTANCE ?? '-';

function answer(_request: IncomingMessage, response: ServerResponse): void {
  response.end(`Hello from worker ${slot}, pid ${process.pid}\n`);
}

createServer(answer).listen(port);
