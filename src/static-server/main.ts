import { createServer } from 'node:http';
import { answer, sendStatus } from './answer.ts';
import { settingsFrom } from './settings.ts';

const settings = settingsFrom(process.env, process.cwd());

/** Serves a folder over HTTP, as an app: `pm serve`, or `script: serve` in an ecosystem file. */
const server = createServer((request, response) => {
  answer({ request, response }, settings).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return; // the client has gone
    process.stderr.write(`${request.method} ${request.url}: ${error.message}\n`);
    if (response.headersSent) response.destroy();
    else sendStatus(500, { request, response });
  });
});

server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
server.listen(settings.port, settings.host, () => {
  process.stdout.write(`Exposing ${settings.root} directory on ${settings.host}:${settings.port}\n`);
  process.send?.('ready');
});
