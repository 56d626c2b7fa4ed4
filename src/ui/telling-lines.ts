/** The last lines of an app's stderr that say what went wrong: without stack frames, carets and Node's closing line. */
export const tellingLines = (stderr: readonly string[], most: number): readonly string[] =>
  stderr.filter((line) => !NOISE.test(line)).slice(-most);

const NOISE = /^\s*$|^\s+at |^\s*[\^~]+$|^Node\.js v\d/;
