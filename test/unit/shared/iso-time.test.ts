import { expect, test } from 'vitest';
import { isoTime } from '../../../src/shared/iso-time.ts';

test.each([0, 1, 951_782_400_000, 1_795_731_295_007, Date.UTC(1999, 11, 31, 23, 59, 59, 999)])(
  'writes %d as Date.toISOString does',
  (at) => expect(isoTime(at)).toBe(new Date(at).toISOString()),
);
