import { expect, test } from 'vitest';
import { formOf } from '../../../src/cli/command-form.ts';
import { type CommandEntry, commands } from '../../../src/cli/commands/index.ts';
import { findWord } from '../../../src/cli/find-word.ts';
import { parseInput } from '../../../src/cli/parse-input.ts';

async function parse(name: string, ...args: string[]) {
  return parseInput(await formOf(entryOf(name)), args, null);
}

function entryOf(name: string): CommandEntry {
  const entry = commands.find(({ names }) => names.includes(name));
  if (!entry) throw new Error(`There is no command ${name}.`);
  return entry;
}

test.each([
  [['start', 'app.js', '-i', 'max'], 'start', ['app.js', '-i', 'max']],
  [['--name', 'api', 'start', 'app.js'], 'start', ['--name', 'api', 'app.js']],
  [['--name=api', '-s', 'start', '-'], 'start', ['--name=api', '-s', '-']],
  [['-'], '-', []],
  [['--name', 'start'], undefined, ['--name', 'start']],
  [[], undefined, []],
])('the command of %j is %s', (args, word, others) => {
  expect(findWord(args, [{ flags: '-n, --name <name>', help: '' }])).toEqual({ word, others });
});

test.each([
  [['start', 'app.js', '-i', '-1', '-n', 'api'], ['app.js'], { instances: '-1', name: 'api' }],
  [['start', 'app.js', '--no-autorestart', '-k', '5s'], ['app.js'], { autorestart: false, killTimeout: '5s' }],
  [['restart', 'a', 'b', '-a'], ['a', 'b'], { updateEnv: true }],
  [['scale', 'api', '-1'], ['api', '-1'], {}],
  [['scale', 'api', '+2'], ['api', '+2'], {}],
  [['ls', '--sort', 'cpu:desc', '-s'], [], { sort: 'cpu:desc', silent: true }],
  [['stop', 'api', '--kill-timeout', '5s'], ['api'], { killTimeout: '5s' }], // PM2 takes the options of apps anywhere
  [
    ['ls', '--parallel', '2', '--no-vizion', '--max-memory-restart', '1G', '-f'],
    [],
    { parallel: '2', vizion: false, maxMemoryRestart: '1G', force: true },
  ],
  [['restart', 'api', '--cron', '0', '--kill-timeout', '5s'], ['api'], { cron: '0', killTimeout: '5s' }], // -c is its own
  [['stop', '--', '-x'], ['-x'], {}],
])('%j', async ([name = '', ...args], operands, options) => {
  expect(await parse(name, ...args)).toEqual({ kind: 'input', input: { operands, options, appArgs: null } });
});

test.each([
  [['stop'], "error: missing required argument 'target'\nUsage: pm stop [options] <target...>\nMore: pm stop --help\n"],
  [['start', '--nmae', 'x'], "error: unknown option '--nmae'\n(Did you mean --name?)\n"],
  [['ping', 'x'], 'error: too many arguments. Expected 0 arguments but got 1'],
  [['ls', '--sort'], "error: option '--sort <field>' argument missing"],
])('%j is a mistake', async ([name = '', ...args], text) => {
  expect(await parse(name, ...args)).toEqual({ kind: 'mistake', text: expect.stringContaining(text) });
});

test('--help explains the command, with an example', async () => {
  const help = await parse('delete', '--help');
  expect(help).toEqual({
    kind: 'help',
    text: expect.stringMatching(/^Usage: pm delete \[options\] <target...>\n[\s\S]*Example:\n {2}pm delete all\n/),
  });
  expect(help).not.toHaveProperty('text', expect.stringContaining('--kill-timeout'));
});

test('every command has a name of its own, a summary that fits a line, and an example of itself', async () => {
  const names = commands.flatMap((entry) => entry.names);
  expect(new Set(names).size).toBe(names.length);
  for (const entry of commands) {
    const { name, command } = await formOf(entry);
    expect(command.summary.length, name).toBeLessThan(90);
    expect(command.example[0]).toContain(`pm ${name}`);
  }
});
