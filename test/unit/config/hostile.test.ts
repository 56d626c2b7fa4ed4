import { expect, test } from 'vitest';
import { parseApp } from '../../../src/config/app-values.ts';
import { readDefinition, readEcosystemFile } from '../../../src/config/ecosystem.ts';
import type { Finding } from '../../../src/config/findings.ts';
import { appKeys } from '../../../src/config/keys.ts';
import { Folder } from './folder.ts';

const LONG = 'x'.repeat(200_000);

const hostile: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  Number.NaN,
  10n,
  '',
  ' ',
  '\0',
  '\u001b[2J',
  LONG,
  [],
  [null],
  [[]],
  [LONG],
  {},
  { a: {} },
  JSON.parse('{"__proto__":{"polluted":1}}'),
  Symbol('s'),
  () => 1,
  new Date(Number.NaN),
  new Map(),
  /x/,
  Object.create(null),
  '../../../etc/passwd',
  '$(id)',
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '1e9',
  '0x10',
  'NaN',
  '१२',
];

test.each(appKeys.map((key) => [key.name]))('%s never throws, and a mistake names it', (name) => {
  for (const value of hostile) {
    const found: Finding[] = [];
    parseApp({ at: 'apps[0]', fields: { [name]: value } }, { flags: {}, shellEnv: {} }, found);
    for (const { at, says } of found) {
      expect(at).toBe(`apps[0].${name}`);
      expect(says.length).toBeLessThan(400);
    }
  }
});

test('names from prototypes are unknown keys, and nothing is polluted', async () => {
  using folder = new Folder({ 'app.js': '' });
  const text = `{ script: 'app.js', "__proto__": { name: 'x' }, constructor: 1, toString: 1, hasOwnProperty: 1, env_: {}, env: { "__proto__": 'v' } }`;
  const read = await readDefinition(text, folder.context({ envName: '__proto__' }));
  expect(read).toMatchObject({ ok: false });
  expect(read.ok || read.problem.evidence).toEqual([
    '__proto__ is not a key of an app.',
    'constructor is not a key of an app.',
    expect.stringMatching(/^toString is not a key of an app\./),
    'hasOwnProperty is not a key of an app.',
    'env_ is not a key of an app. Did you mean "env"?',
  ]);
  expect({}).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('v');
});

test.each([
  ['a long key', `{ ${LONG.slice(0, 200_000)}: 1 }`],
  ['a long script', `{ script: '${LONG.slice(0, 200_000)}' }`],
  ['deep nesting', `${'['.repeat(20_000)}`],
  ['many apps', `[${'{},'.repeat(2_000)}]`],
])('%s ends in a problem', async (_, text) => {
  using folder = new Folder({});
  const read = await readDefinition(text, folder.context());
  expect(read).toMatchObject({ ok: false });
});

test.each([
  ['deep nesting', '['.repeat(3_000), /./],
  [
    'aliases that multiply',
    [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghij'.split('').map((to, i) => `${to}: &${to} [${`*${'abcdefghi'[i]},`.repeat(9)}]`),
    ].join('\n'),
    /alias/,
  ],
])('YAML with %s ends in a problem', async (_, text, message) => {
  using folder = new Folder({ 'a.yml': text });
  const read = await readEcosystemFile('a.yml', folder.context());
  expect(read).toMatchObject({ problem: { code: 'config/malformed', message: expect.stringMatching(message) } });
});

test('a report does nothing to the terminal', async () => {
  using folder = new Folder({});
  const read = await readDefinition(
    `{ script: 'a\\u001b[2J.js', "\\u001b[31m": 1 }`,
    folder.context({ only: ['\u001b[0m'] }),
  );
  expect(read).toMatchObject({ ok: false });
  expect(read.ok || read.problem.evidence?.join('')).not.toContain('\u001b');
});
