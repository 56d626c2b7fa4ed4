// Prints LINES numbered lines of LINE_BYTES bytes each (with the newline) as fast as stdout takes them, then stays up.
// START_FILE gets the time of the first line.
const { writeFileSync } = require('node:fs');

const lines = Number(process.env.LINES);
const padding = 'x'.repeat(Number(process.env.LINE_BYTES) - 'line 0000000 '.length - 1);
const CHUNK = 1000; // lines written in one turn of the event loop

writeFileSync(process.env.START_FILE, String(Date.now()));

function print(from) {
  const to = Math.min(from + CHUNK, lines);
  for (let i = from; i < to; i++) process.stdout.write(`line ${String(i).padStart(7, '0')} ${padding}\n`);
  if (to < lines) setImmediate(print, to);
}
print(0);
setInterval(() => {}, 1_000_000);
