// Prints LINES numbered lines of LINE_BYTES bytes each (with the newline), LINES_PER_WRITE (1) at a time, as fast as stdout takes
// them, then stays up.
// TIMES_FILE gets the times of the first line, and of the last one once stdout has taken it.
const { appendFileSync, writeFileSync } = require('node:fs');

const lines = Number(process.env.LINES);
const padding = 'x'.repeat(Number(process.env.LINE_BYTES) - 'line 0000000 '.length - 1);
const perWrite = Number(process.env.LINES_PER_WRITE ?? 1);
const CHUNK = 1000; // lines written in one turn of the event loop
const MOST_WAITING_BYTES = 256e6; // Node cannot write gigabytes that wait in one piece

writeFileSync(process.env.TIMES_FILE, `${Date.now()}\n`);

function print(from) {
  const to = Math.min(from + CHUNK, lines);
  for (let i = from; i < to; i += perWrite) process.stdout.write(linesOf(i, Math.min(i + perWrite, to)));
  if (to < lines && process.stdout.writableLength > MOST_WAITING_BYTES) process.stdout.once('drain', () => print(to));
  else if (to < lines) setImmediate(print, to);
  else process.stdout.write('', () => appendFileSync(process.env.TIMES_FILE, `${Date.now()}\n`));
}

function linesOf(from, to) {
  let text = '';
  for (let i = from; i < to; i++) text += `line ${String(i).padStart(7, '0')} ${padding}\n`;
  return text;
}

print(0);
setInterval(() => {}, 1_000_000);
