import { expect, test } from 'vitest';
import { withBareWatch } from '../../../src/cli/bare-watch.ts';

test.each([
  ['start --watch app.js -i 2', 'start app.js -i 2 --watch'],
  ['stop --watch app', 'stop app --watch'],
  ['start app.js --watch', 'start app.js --watch'],
  ['start app.js --watch -i 2', 'start app.js --watch -i 2'],
  ['start app.js --watch src --name a', 'start app.js --watch src --name a'],
  ['start app.js --watch=x.js', 'start app.js --watch=x.js'],
])('%s', (typed, read) => {
  expect(withBareWatch(typed.split(' '), process.cwd()).join(' ')).toBe(read);
});
