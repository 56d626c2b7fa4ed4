import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import init from '../../../src/cli/commands/init.ts';
import { readEcosystemFile } from '../../../src/config/ecosystem.ts';
import { runCommand } from '../../helpers/fake-session.ts';

const root = mkdtempSync(join(tmpdir(), 'pm-init-'));
afterAll(() => rmSync(root, { recursive: true }));

function project(name: string, type: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: '@acme/it"s\'it', main: 'main.js', type }));
  writeFileSync(join(folder, 'main.js'), '');
  return folder;
}

test.each([
  ['simple', 'commonjs'],
  ['full', 'commonjs'],
  ['full', 'module'],
])('the file that init %s writes for a project of type %s can be started', async (mode, type) => {
  const cwd = project(`${mode}-${type}`, type);
  const written = await runCommand(init, { operands: [mode] }, {}, { cwd });
  const file = join(cwd, 'ecosystem.config.js');
  expect(written).toMatchObject({ exitCode: 0, stdout: `File ${file} generated\n` });
  const read = await readEcosystemFile(file, { cwd, shellEnv: {}, flags: {} });
  expect(read).toMatchObject({ ok: true, value: [{ name: 'it"s\'it', script: join(cwd, 'main.js') }] });
});

test('a file that is there is not overwritten, unless that is asked for', async () => {
  const cwd = project('there', 'commonjs');
  const file = join(cwd, 'ecosystem.config.js');
  writeFileSync(file, 'mine');
  const refused = await runCommand(init, {}, {}, { cwd });
  expect([refused.exitCode, readFileSync(file, 'utf8')]).toEqual([1, 'mine']);
  expect(refused.stderr).toContain('--force');
  expect((await runCommand(init, { options: { force: true } }, {}, { cwd })).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('deploy:');
});

test('an unknown mode is a mistake', async () => {
  const trace = await runCommand(init, { operands: ['smple'] }, {}, { cwd: root });
  expect([trace.exitCode, trace.stderr.includes('Did you mean "simple"?')]).toEqual([1, true]);
});
