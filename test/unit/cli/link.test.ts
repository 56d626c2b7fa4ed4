import { expect, test } from 'vitest';
import { commands } from '../../../src/cli/commands/index.ts';
import { runCommand } from '../../helpers/fake-session.ts';

test.each(['link', 'unlink', 'plus', 'register', 'login', 'logout', 'monitor', 'unmonitor', 'open'])(
  '%s says that there is nothing to link to, asks nobody, and is no failure',
  async (name) => {
    const entry = commands.find(({ names }) => names.some((one) => one === name));
    if (!entry) throw new Error(`There is no command ${name}.`);
    const trace = await runCommand((await entry.load()).default, { operands: ['a', 'b'] }, {});
    expect(trace).toMatchObject({ exitCode: 0, stderr: '', asked: [] });
    expect(trace.stdout).toContain('nothing to link to');
  },
);
