import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import completion from '../../../src/cli/commands/completion.ts';
import { complete } from '../../../src/cli/completion/complete.ts';
import { SHELL_SCRIPT, withoutScript, withScript } from '../../../src/cli/completion/shell-script.ts';
import { runCommand } from '../../helpers/fake-session.ts';

/** Completes the last word of a line. */
function tab(line: string, names: () => Promise<string[]> = async () => ['api', 'web']): Promise<string[]> {
  const words = line.split(' ');
  return complete({ words, at: words.length - 1 }, names);
}

test('commands, options and apps are offered where they belong', async () => {
  expect(await tab('pm reloa')).toEqual(['reload', 'reloadLogs']);
  expect(await tab('pm restart ')).toEqual(['all', 'api', 'web']);
  expect(await tab('pm restart w')).toEqual(['web']);
  expect(await tab('pm start --kill-t')).toEqual(['--kill-timeout']);
  expect(await tab('pm --no-color restart a')).toEqual(['all', 'api']);
  expect(await tab('pm init s')).toEqual(['simple']);
  expect(await tab('pm logs --lines ')).toEqual([]);
  expect(await tab('pm start app.js -- --p')).toEqual([]);
});

test('nobody is asked for apps where none can stand', async () => {
  const never = () => Promise.reject(new Error('asked'));
  await expect(tab('pm re', never)).resolves.toContain('restart');
  await expect(tab('pm nonsense ', never)).resolves.toContain('restart');
  await expect(tab('pm ping ', never)).resolves.toEqual([]);
});

test('it is put into a start file once, and taken out again', () => {
  expect(withScript('alias a=b')).toBe(`alias a=b\n${SHELL_SCRIPT}`);
  expect(withScript(withScript('alias a=b\n'))).toBe(`alias a=b\n${SHELL_SCRIPT}`);
  expect(withoutScript(`one\n${SHELL_SCRIPT}two\n`)).toBe('one\ntwo\n');
  expect(withoutScript('one')).toBe('one');
});

test('install follows a link to the start file and leaves its mode', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pm-rc-'));
  writeFileSync(join(home, 'dotfile'), 'mine\n', { mode: 0o600 });
  symlinkSync('dotfile', join(home, '.zshrc'));
  const env = { HOME: home, SHELL: '/usr/bin/zsh' };
  expect((await runCommand(completion, { operands: ['install'] }, {}, { env })).exitCode).toBe(0);
  expect(readFileSync(join(home, 'dotfile'), 'utf8')).toBe(`mine\n${SHELL_SCRIPT}`);
  expect(statSync(join(home, 'dotfile')).mode & 0o777).toBe(0o600);
  await runCommand(completion, { operands: ['uninstall'] }, {}, { env });
  expect(readFileSync(join(home, '.zshrc'), 'utf8')).toBe('mine\n');
  const fish = await runCommand(completion, { operands: ['install'] }, {}, { env: { ...env, SHELL: '/usr/bin/fish' } });
  expect([fish.exitCode, fish.stderr.includes('/usr/bin/fish')]).toEqual([1, true]);
  rmSync(home, { recursive: true });
});

test('bash fills COMPREPLY with what pm prints', () => {
  const pm = `pm() { printf '%s\\n' "$COMP_CWORD" "$@" 'two\\ words'; }`;
  const script = `${pm}\n${SHELL_SCRIPT}\nCOMP_WORDS=(pm restart "a b"); COMP_CWORD=2; _pm_completion; printf '<%s>' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect([stdout, stderr]).toEqual(['<2><completion><--><pm><restart><a b><two\\ words>', '']);
});
