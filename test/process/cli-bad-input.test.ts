import { chmodSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';

test('what cannot be done is said in one error with exit code 1, and nothing else is disturbed', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('shell.sh'), '--name', 'bystander');
  const before = await rig.jlist();
  await mkdir(join(rig.work, 'folder'));
  await rig.write('app.js', 'setInterval(() => {}, 1e6)');
  await rig.write('typo.json', '{ "apps": [{ "script": "app.js", "instnaces": 2, "max_restarts": "lots" }] }');
  await rig.write('broken.yml', 'apps:\n  - script: app.js\n   name: x\n');
  await rig.write('throws.config.js', 'throw new Error("No database")');
  await rig.write(
    'two.json',
    '{ "apps": [{ "script": "app.js", "name": "two" }, { "script": "gone.js", "name": "one" }] }',
  );

  for (const { args, says } of mistakes) {
    const result = await rig.pm(...args);
    expect([result.code, result.stdout], `pm ${args.join(' ')}\n${result.stdout}${result.stderr}`).toEqual([
      1,
      expect.not.stringContaining('✓'),
    ]);
    for (const pattern of says) expect(result.stderr, `pm ${args.join(' ')}`).toMatch(pattern);
    expect(result.stderr, `pm ${args.join(' ')} prints a stack`).not.toMatch(/^ {4}at .*(cjs|node:internal)/m);
  }
  expect((await rig.jlist()).map(({ name, pid }) => [name, pid])).toEqual(before.map(({ name, pid }) => [name, pid]));
});

const mistakes: readonly { args: readonly string[]; says: readonly RegExp[] }[] = [
  ...['stop', 'restart', 'reload', 'delete', 'describe', 'reset'].map((command) => ({
    args: [command, 'nobody'],
    says: [/\[PM2\]\[ERROR\] Process or Namespace nobody not found/, /"bystander"/],
  })),
  { args: ['scale', 'nobody', '3'], says: [/nobody not found/] },
  { args: ['scale', 'bystander', 'many'], says: [/"many" is not a number of workers/] },
  { args: ['start', 'gone.js'], says: [/Script not found: .*gone\.js/] },
  { args: ['start', 'folder'], says: [/folder is a directory, not a script/] },
  { args: ['start', 'app.js', '--interpreter', 'perl7'], says: [/Interpreter perl7 is NOT AVAILABLE in PATH/] },
  { args: ['start', 'app.js', '-i', 'lots'], says: [/--instances must be 'max', or a whole number/, /'lots'/] },
  { args: ['start', 'app.js', '--nmae', 'x'], says: [/unknown option '--nmae'/, /Did you mean --name\?/] },
  { args: ['start'], says: [/ecosystem\.config\.js not found/] },
  { args: ['start', 'gone.config.js'], says: [/File .*gone\.config\.js not found/] },
  { args: ['start', 'typo.json'], says: [/2 mistakes/, /"instances"/, /max_restarts.*'lots'/] },
  { args: ['start', 'broken.yml'], says: [/broken\.yml malformated/, /line 3|\(3:|:3:/] },
  { args: ['start', 'throws.config.js'], says: [/throws\.config\.js malformated/, /No database/] },
  { args: ['start', 'two.json'], says: [/gone\.js/] },
  { args: ['start', 'two.json', '--only', 'tow'], says: [/Did you mean "two"\?/] },
  { args: ['restart', 'bystander', '--env', 'production'], says: [/Using --env production without passing/] },
  { args: ['startOrReload', 'bystander'], says: [/"bystander" is not an ecosystem file/] },
  { args: ['strat', 'app.js'], says: [/Command not found: strat\. Did you mean "start"\?/, /Usage: pm/] },
  { args: ['stop'], says: [/missing required argument 'target'/, /Usage: pm stop/] },
  { args: ['save', 'now'], says: [/too many arguments/] },
  { args: ['ls', '--sort', 'size'], says: [/cannot be sorted by "size"/] },
  { args: [], says: [/Usage: pm/] },
];

test.skipIf(process.getuid?.() === 0)('an unreadable script is said to be one', async () => {
  await using rig = await Rig.create();
  chmodSync(await rig.write('secret.js', ''), 0o200);
  const start = await rig.pm('start', 'secret.js');
  expect([start.code, start.stderr]).toEqual([
    1,
    expect.stringMatching(/secret\.js cannot be read: permission denied/),
  ]);
});

test('a definition on stdin that does not parse', async () => {
  await using rig = await Rig.create();
  const start = await rig.feed('{ apps: [', 'start', '-');
  expect([start.code, start.stderr]).toEqual([1, expect.stringMatching(/stdin malformated/)]);
});

test.each([
  { home: 'a-file/home', says: /cannot be used: (ENOTDIR|EEXIST)/ },
  { home: 'x'.repeat(120), says: /is \d+ bytes long; a Unix socket path may have \d+ at most/ },
])('a PM_HOME that cannot be used: $home', async ({ home, says }) => {
  await using rig = await Rig.create();
  await rig.write('a-file', '');
  const usable = rig.env.PM_HOME ?? '';
  rig.env.PM_HOME = join(rig.work, home);
  for (const command of [['ls'], ['stop', 'all'], ['ping']]) {
    const result = await rig.pm(...command);
    expect([result.code, result.stdout, result.stderr]).toEqual([1, '', expect.stringMatching(says)]);
    expect(result.stderr).toContain('PM_HOME');
  }
  rig.env.PM_HOME = usable;
});
