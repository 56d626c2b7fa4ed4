// Prints LINES lines of very different lengths, full of characters of four bytes, in pieces that are cut anywhere.
// Every line can be checked by itself: `<slot> <number> <length> <payload>`. Stays up.
const lines = Number(process.env.LINES);
const slot = process.env.NODE_APP_INSTANCE;
const LONGEST = 26_000; // characters, of 2.5 bytes on average: 65 kB
const pattern = 'aé日😀'.repeat(LONGEST / 2);
const LINES_A_TURN = 100;

// The same numbers in every run (Lehmer's generator).
let seed = 1 + Number(slot);
const random = (below) => {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
};

function lengthOf(number) {
  return 1 + random(number % 200 === 0 ? LONGEST : 60); // characters
}

function print(from) {
  const to = Math.min(from + LINES_A_TURN, lines);
  let text = '';
  for (let number = from; number < to; number++) {
    const length = lengthOf(number);
    text += `${slot} ${number} ${length} ${[...pattern.slice(0, length * 2)].slice(0, length).join('')}\n`;
  }
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random(5000);
    process.stdout.write(bytes.subarray(at, at + size));
    at += size;
  }
  if (to < lines) setImmediate(print, to);
}
print(0);
setInterval(() => {}, 1_000_000);
