import { expect, test } from 'vitest';
import env from '../../../src/cli/commands/env.ts';
import { succeed } from '../../../src/shared/outcome.ts';
import { concealSecret } from '../../../src/shared/secret.ts';
import { runCommand } from '../../helpers/fake-session.ts';
import { listedApp } from '../../helpers/listed-app.ts';

const list = succeed([
  listedApp({ env: { COLOR: 'red', API_TOKEN: 'hunter2' } }, { pmId: 3, slot: 0 }, { pmId: 4, slot: 1 }),
]);

test('env prints a variable a line, hides secrets and says so', async () => {
  const trace = await runCommand(env, { operands: ['4'] }, { 'app.list': list });
  expect(trace.stdout).toMatch(/^COLOR: red\nAPI_TOKEN: \*+\nNODE_APP_INSTANCE: 1\nnamespace: default\n/);
  expect(trace.stderr).toContain('--reveal');
  const revealed = await runCommand(env, { operands: ['4'], options: { reveal: true } }, { 'app.list': list });
  expect([revealed.stdout.includes('API_TOKEN: hunter2\n'), revealed.stderr]).toEqual([true, '']);
});

test('an unknown id is an error in the words of PM2', async () => {
  const trace = await runCommand(env, { operands: ['0'] }, { 'app.list': list });
  expect([trace.exitCode, trace.stdout]).toEqual([1, '']);
  expect(trace.stderr).toBe('[PM2][ERROR] Modules with id 0 not found\n  There is: 3, 4.\n');
});

test.each([
  ['DB_PASSWORD', 'x'],
  ['PGPASSWORD', 'x'],
  ['AWS_SECRET_ACCESS_KEY', 'x'],
  ['apiKey', 'x'],
  ['NPM_TOKEN', 'x'],
  ['SENTRY_DSN', 'x'],
])('%s is a secret', (name, value) => {
  expect(concealSecret(name, value)).toBe('********');
});

test('a name with a word in it that resembles a secret is none; a password in a URL is one', () => {
  expect(concealSecret('GIT_AUTHOR_NAME', 'me')).toBe('me');
  expect(concealSecret('MONKEY', 'me')).toBe('me');
  expect(concealSecret('DATABASE_URL', 'postgres://api:pw@db/x?a=1')).toBe('postgres://api:********@db/x?a=1');
});
