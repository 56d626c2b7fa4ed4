import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { checkInterpreter, chooseInterpreter } from '../../../src/config/interpreter-choice.ts';
import { runsTypeScript, typeScriptArgs } from '../../../src/config/typescript-run.ts';
import { Folder } from './folder.ts';

const PROGRAM = '\x7fELF\x02\x00\x00';

test.each<[file: string, content: string, mode: number, name: string | RegExp]>([
  ['a.js', '', 0, 'node'],
  ['a.MJS', '', 0, 'node'],
  ['a.cjs', '', 0, 'node'],
  ['a.sh', '', 0, 'bash'],
  ['a.py', '', 0, 'python3'],
  ['text', 'console.log(1)', 0, 'node'],
  ['text', 'console.log(1)', 1, 'node'],
  ['app.v2', 'console.log(1)', 0, 'node'],
  ['next', '#!/usr/bin/env node\n', 1, 'node'],
  ['tool', '#!/usr/bin/env bash\n', 1, 'none'],
  ['tool', '#!/bin/bash -e\n', 0, 'bash'],
  ['binary', PROGRAM, 1, 'none'],
  ['binary', PROGRAM, 0, /cannot be read: it has no execute permission/],
  ['a.php', '', 0, /Interpreter php is NOT AVAILABLE in PATH/],
])('%s %j executable %d: %s', (file, content, executable, expected) => {
  using folder = new Folder({});
  const path = executable ? folder.executable(file, content) : folder.write(file, content);
  for (const program of ['bash', 'python3', 'node']) folder.executable(`bin/${program}`, '');
  const chosen = chooseInterpreter(path, {
    path: folder.at('bin'),
    cwd: folder.path,
    nodeVersion: '24.0.0',
    nvmFolder: folder.at('nvm'),
  });
  if (chosen.ok) expect(chosen.value.name).toBe(expected);
  else expect(chosen.problem.message).toMatch(expected);
});

test.each<[name: string, outcome: string | undefined]>([
  ['node', 'node'],
  [process.execPath, 'node'],
  ['sh', 'sh'],
  ['./bin/venv', '<folder>/bin/venv'],
  ['./bin', undefined],
  ['nope', undefined],
  ['none', undefined],
])('the interpreter %s is checked', (name, expected) => {
  using folder = new Folder({ 'a.x': '' });
  folder.executable('bin/venv', '');
  const checked = checkInterpreter(name, folder.at('a.x'), {
    path: '/bin',
    cwd: folder.path,
    nodeVersion: '24.0.0',
    nvmFolder: folder.at('nvm'),
  });
  expect(checked.ok ? checked.value.name.replace(folder.path, '<folder>') : undefined).toBe(expected);
});

test('python writes its output at once', () => {
  using folder = new Folder({ 'a.py': '' });
  folder.executable('bin/python', '');
  const chosen = chooseInterpreter(folder.at('a.py'), {
    path: folder.at('bin'),
    cwd: folder.path,
    nodeVersion: '24.0.0',
    nvmFolder: folder.at('nvm'),
  });
  expect(chosen).toMatchObject({ value: { name: 'python', env: { PYTHONUNBUFFERED: '1' } } });
});

test.each([
  ['20.20.2', 'no'],
  ['22.5.1', 'no'],
  ['22.6.0', 'with-flag'],
  ['22.17.9', 'with-flag'],
  ['22.18.0', 'yes'],
  ['23.5.0', 'with-flag'],
  ['23.6.0', 'yes'],
  ['24.0.0', 'yes'],
  ['26.1.0', 'yes'],
])('TypeScript on Node %s: %s', (version, expected) => {
  expect(runsTypeScript(version)).toBe(expected);
});

test.each([
  ['a.ts', '24.0.0', undefined, []],
  ['a.ts', '22.6.0', 'file:///tsx', ['--experimental-strip-types']],
  ['a.mts', '20.20.2', 'file:///tsx', ['--import', 'file:///tsx']],
  ['a.ts', '20.20.2', undefined, undefined],
  ['a.tsx', '24.0.0', 'file:///tsx', ['--import', 'file:///tsx']],
  ['a.tsx', '24.0.0', undefined, undefined],
])('%s on Node %s with tsx at %s', (file, version, tsx, expected) => {
  expect(typeScriptArgs(file, version, tsx)).toEqual(expected);
});

test('tsx is found from the folder of the script', () => {
  using folder = new Folder({
    'a.ts': '',
    'node_modules/tsx/package.json': '{"exports":"./loader.mjs"}',
    'node_modules/tsx/loader.mjs': '',
  });
  const machine = { path: '/bin', cwd: '/', nodeVersion: '20.0.0', nvmFolder: folder.at('nvm') };
  const args = ['--import', pathToFileURL(folder.at('node_modules/tsx/loader.mjs')).href];
  expect(chooseInterpreter(folder.at('a.ts'), machine)).toMatchObject({ value: { name: 'node', args } });
  expect(checkInterpreter('tsx', folder.at('a.ts'), machine)).toMatchObject({ value: { name: 'node', args } });
  using bare = new Folder({ 'a.ts': '' });
  expect(chooseInterpreter(bare.at('a.ts'), machine)).toMatchObject({
    problem: { hint: expect.stringContaining('install') },
  });
});

test.each<[name: string, outcome: string | RegExp]>([
  ['node@20.1.0', '<folder>/nvm/versions/node/v20.1.0/bin/node'],
  ['node@v20', '<folder>/nvm/versions/node/v20.10.0/bin/node'], // the newest of that line
  [
    'node@2',
    /^Node 2 is not installed in .*\/nvm\/versions\/node\.There is: 22\.3\.0, 20\.10\.0, 20\.1\.0\. "nvm install 2"/,
  ],
])('the interpreter %s is looked up in the folder of nvm', (name, expected) => {
  using folder = new Folder({ 'a.js': '' });
  for (const version of ['v20.1.0', 'v20.10.0', 'v22.3.0'])
    folder.executable(`nvm/versions/node/${version}/bin/node`, '');
  const machine = { path: '/bin', cwd: folder.path, nodeVersion: '24.0.0', nvmFolder: folder.at('nvm') };
  const checked = checkInterpreter(name, folder.at('a.js'), machine);
  if (checked.ok) expect(checked.value.name.replace(folder.path, '<folder>')).toBe(expected);
  else expect(`${checked.problem.message}${checked.problem.hint}`).toMatch(expected);
});
