import { expect, test } from 'vitest';
import { cliReference } from '../../../scripts/cli-reference.ts';

test('docs/cli.md says what the commands understand', async () => {
  await expect(await cliReference()).toMatchFileSnapshot('../../../docs/cli.md');
});
