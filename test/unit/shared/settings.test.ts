import { expect, test } from 'vitest';
import { settingsRows } from '../../../src/cli/settings/settings-rows.ts';
import { parseSettings, type Settings, settingAt, settingPath, withChange } from '../../../src/shared/settings.ts';

test.each([
  ['app:color', ['app', 'color']],
  ['app.color', ['app', 'color']],
  ['app:a.b', ['app', 'a.b']],
  ['color', ['color']],
  ['', undefined],
  ['app:', undefined],
  ['__proto__:x', undefined],
  ['app.constructor.prototype.x', undefined],
])('%s stands for %j', (typed, path) => {
  expect(settingPath(typed)).toEqual(path);
});

const change = (settings: Settings, typed: string, value: string | null) =>
  withChange(settings, { path: settingPath(typed) ?? [], value });

test('a change touches nothing but its path', () => {
  const before = { app: { color: 'red', size: '1' }, other: { x: 1 } };
  expect(change(before, 'app:color', 'blue')).toEqual({ app: { color: 'blue', size: '1' }, other: { x: 1 } });
  expect(change(before, 'app:deep:er', '1')).toMatchObject({ app: { color: 'red', deep: { er: '1' } } });
  expect(change(before, 'app:color:er', '1')).toMatchObject({ app: { color: { er: '1' } } });
  expect(change(before, 'app:color', null)).toEqual({ app: { size: '1' }, other: { x: 1 } });
  expect(change(before, 'app', null)).toEqual({ other: { x: 1 } });
  expect(change(before, 'none:at:all', null)).toEqual(before);
  expect(withChange(before, { path: [], value: null })).toEqual({});
});

test('what every object inherits is no setting', () => {
  expect(settingAt({}, ['toString'])).toBeUndefined();
  expect(settingAt({ app: 'text' }, ['app', 'length'])).toBeUndefined();
});

test('a file that holds no settings says why', () => {
  expect(parseSettings('')).toEqual({});
  expect(parseSettings('[1]')).toBe('it holds no object');
  expect(parseSettings('{')).toMatch(/JSON/);
});

test('settings are shown as the commands that make them, secrets hidden', () => {
  expect(settingsRows({ api: { color: 'dark red', deep: { er: '1' }, token: 'x' }, top: 'a' })).toEqual([
    'Module: api',
    "$ pm set api:color 'dark red'",
    '$ pm set api:deep:er 1',
    "$ pm set api:token '********'",
    'Module: top',
    '$ pm set top a',
  ]);
});
