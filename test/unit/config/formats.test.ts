import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDefaultEcosystemFile, isEcosystemFile } from '../../../src/config/ecosystem-files.ts';
import { runsTypeScript } from '../../../src/config/typescript-run.ts';
import { builtReader } from './built-reader.ts';
import { Folder } from './folder.ts';

const { readDefinition, readEcosystemFile } = builtReader();

const APP = `{ name: 'api', script: './app.js', max_restarts: 0 }`;

/** One app, in every format and shape. */
test.each([
  ['eco.yml', 'apps:\n  - name: api\n    script: ./app.js\n    max_restarts: 0\n'],
  [
    'eco.yaml',
    '\uFEFFbase: &base\n  x: 1\napps: [{ name: api, script: ./app.js, max_restarts: 0 }]\n'.replace(
      'base: ',
      'x-base: ',
    ),
  ],
  ['anchors.yml', 'x-base: &base { max_restarts: 0 }\napps:\n  - <<: *base\n    name: api\n    script: ./app.js\n'],
  ['list.yml', '- { name: api, script: ./app.js, maxRestarts: "0" }\n'],
  ['eco.json', `{ "apps": [${APP.replaceAll("'", '"').replace(/(\w+):/g, '"$1":')}] }`],
  ['eco.json5', `// comment\n{ apps: [${APP},], }`],
  ['one.json', APP],
  ['object.json', `{ apps: ${APP} }`],
  ['pm2.json', `{ pm2: [${APP}], deploy: {} }`],
  [
    'package.json',
    `{ "name": "x", "version": "1.2.3", "pm2": { "apps": null } }`.replace(
      '{ "apps": null }',
      `[${APP.replaceAll("'", '"').replace(/(\w+):/g, '"$1":')}]`,
    ),
  ],
  ['list.config.cjs', `module.exports = [${APP}]`],
  ['a.config.js', `module.exports = { apps: [${APP}] }`],
  ['b.config.js', `export default { apps: [${APP}] }`],
  ['c.config.mjs', `export const apps = [${APP}]; export const other = 1;`],
  ['d.config.mjs', `await null; export default async () => ({ apps: [${APP}] })`],
  ['e.config.cjs', `module.exports = () => ({ apps: [${APP}] })`],
  ['f.config.cjs', `exports.__esModule = true; exports.default = { apps: [${APP}] }`],
  ['g.config.mjs', `export const apps = async () => [${APP}];`],
])('%s', async (name, content) => {
  using folder = new Folder({ 'app.js': '', [name]: content });
  const read = await readEcosystemFile(name, folder.context());
  expect(read).toMatchObject({
    ok: true,
    value: [
      { name: 'api', script: folder.at('app.js'), maxRestarts: 0, configFile: folder.at(name), execMode: 'fork' },
    ],
  });
});

const TYPESCRIPT = `const apps: object[] = [${APP}];\nexport default { apps };`;
const hasTypeScript = runsTypeScript(process.versions.node) === 'yes';

test('TypeScript, by Node itself or by tsx', async () => {
  using folder = new Folder({ 'app.js': '', 'a.config.ts': TYPESCRIPT, 'node_modules/x': '' });
  symlinkSync(join(import.meta.dirname, '../../../node_modules/tsx'), folder.at('node_modules/tsx'));
  const read = await readEcosystemFile('a.config.ts', folder.context());
  expect(read).toMatchObject({ ok: true, value: [{ name: 'api' }] });
});

test.skipIf(hasTypeScript)('TypeScript without tsx on a Node that does not run it', async () => {
  using folder = new Folder({ 'a.config.ts': TYPESCRIPT });
  const read = await readEcosystemFile('a.config.ts', folder.context());
  expect(read).toMatchObject({ problem: { message: expect.stringContaining('install tsx') } });
});

test('a function gets the name of the environment', async () => {
  using folder = new Folder({
    'app.js': '',
    'e.config.cjs': `module.exports = ({ env }) => [{ script: 'app.js', name: 'api-' + env, env_test: {} }]`,
  });
  const read = await readEcosystemFile('e.config.cjs', folder.context({ envName: 'test' }));
  expect(read).toMatchObject({ ok: true, value: [{ name: 'api-test' }] });
});

test('stdin is JSON with comments', async () => {
  using folder = new Folder({ 'app.js': '' });
  const read = await readDefinition(`[${APP}] // here`, folder.context());
  expect(read).toMatchObject({ ok: true, value: [{ name: 'api', configFile: null }] });
});

test.each([
  ['a.yml', 'apps:\n  - name: "api\n', /malformated: Missing closing "quote \(line 3, column 1\)/],
  ['a.yml', 'apps:\n  - name: api\n   script: x\n', /\(line 3, column \d\)/],
  ['a.yml', 'apps: *none\n', /malformated: .*none/],
  ['a.json', '{ "apps": [\n  oops oops ] }', /malformated: invalid character 'o' at 2:3/],
  ['a.config.js', 'module.exports = {\n  apps: [,,\n};', /malformated: SyntaxError: .*\(line 3/],
  ['a.config.mjs', 'const a = 1;\nconst b = ;', /malformated: SyntaxError: Unexpected token ';' \(line 2\)/],
  ['a.config.js', '\nthrow new Error("no database")', /malformated: Error: no database \(line 2, column 7\)/],
  ['a.config.cjs', 'module.exports = async () => { throw 3 }', /malformated: it threw 3/],
  ['a.config.cjs', 'module.exports = { get apps() { throw new Error("mine") } }', /malformated: Error: mine/],
  ['a.config.cjs', 'const a = {}; a.apps = [a]; module.exports = a', /nested more than 50 levels/],
  ['a.config.mjs', 'import "./nowhere.mjs"', /malformated: Error: Cannot find module/],
])('%s that cannot be read: %#', async (name, content, message) => {
  using folder = new Folder({ [name]: content });
  const read = await readEcosystemFile(name, folder.context());
  expect(read).toMatchObject({
    ok: false,
    problem: { code: 'config/malformed', message: expect.stringMatching(message) },
  });
});

test('a missing file, a folder', async () => {
  using folder = new Folder({ 'dir.json/x': '' });
  expect(await readEcosystemFile('no.yml', folder.context())).toMatchObject({ problem: { code: 'config/not-found' } });
  const read = await readEcosystemFile('dir.json', folder.context());
  expect(read).toMatchObject({
    problem: { code: 'config/malformed', message: expect.stringContaining('it is a folder') },
  });
});

test.each([
  ['ecosystem.config.js', true],
  ['/a/b/ecosystem.config.mts', true],
  ['api.config.cjs', true],
  ['ecosystem.js', true],
  ['process.json', true],
  ['x.JSON5', true],
  ['package.json', true],
  ['deploy/prod.yml', true],
  ['x.js', false],
  ['x.jsonp.js', false],
  ['a.config.js/app.js', false],
  ['my.yaml.server', false],
  ['config.js', false],
  ['ecosystem', false],
  ['', false],
])('isEcosystemFile %s: %s', (path, expected) => {
  expect(isEcosystemFile(path)).toBe(expected);
});

test('the default file', () => {
  using folder = new Folder({ 'ecosystem.json': '', 'ecosystem.yml': '', 'sub/ecosystem.config.js/x': '' });
  expect(findDefaultEcosystemFile(folder.path)).toBe(folder.at('ecosystem.yml'));
  expect(findDefaultEcosystemFile(folder.at('sub'))).toBeUndefined();
});
