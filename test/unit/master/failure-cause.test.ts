import { expect, test } from 'vitest';
import { hintFrom } from '../../../src/master/failure-cause.ts';

test('syntax of TypeScript that Node does not run is told with what does', async () => {
  const stderr = ["  code: 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'", '}'];
  expect(await hintFrom(stderr)).toMatch(/enums.*"tsx"/);
  expect(await hintFrom(['Error: broken'])).toBeUndefined();
});
