import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configReference } from '../../../scripts/config-reference.ts';
import { readEcosystemFile } from '../../../src/config/ecosystem.ts';
import { appKeys, keyNamed } from '../../../src/config/keys.ts';

const EXAMPLE = join(import.meta.dirname, '../../../ecosystem.example.yml');

test('docs/config.md says what the table of keys says', async () => {
  await expect(configReference()).toMatchFileSnapshot('../../../docs/config.md');
});

test('the example file is valid and shows every key', async () => {
  const context = { cwd: '/', shellEnv: { PATH: '/usr/bin:/bin' }, flags: {} };
  for (const more of [{}, { envName: 'staging' }]) {
    expect(await readEcosystemFile(EXAMPLE, { ...context, ...more })).toMatchObject({ ok: true });
  }
  const { apps } = parse(readFileSync(EXAMPLE, 'utf8')) as { apps: object[] }; // just read as valid
  const shown = new Set(apps.flatMap((app) => Object.keys(app)));
  const supported = appKeys.filter((key) => key.support === undefined).map(({ name }) => name);
  const needingRoot = ['uid', 'gid']; // in the example as comments
  expect(supported.filter((name) => !shown.has(name) && !needingRoot.includes(name))).toEqual([]);
});

test('every key and alias has one meaning', () => {
  const names = appKeys.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(keyNamed('execInterpreter')?.name).toBe('interpreter');
});

test('every default is a value that the key accepts', () => {
  for (const key of appKeys.filter((row) => row.default !== undefined)) {
    expect(key.kind.parse(key.default), key.name).toEqual({ value: key.default });
  }
});
