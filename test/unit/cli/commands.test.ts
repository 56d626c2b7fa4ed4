import { expect, test } from 'vitest';
import deleteCommand from '../../../src/cli/commands/delete.ts';
import describe from '../../../src/cli/commands/describe.ts';
import id from '../../../src/cli/commands/id.ts';
import listCommand from '../../../src/cli/commands/list.ts';
import pid from '../../../src/cli/commands/pid.ts';
import reload from '../../../src/cli/commands/reload.ts';
import restart from '../../../src/cli/commands/restart.ts';
import resurrect from '../../../src/cli/commands/resurrect.ts';
import save from '../../../src/cli/commands/save.ts';
import scale from '../../../src/cli/commands/scale.ts';
import start from '../../../src/cli/commands/start.ts';
import stop from '../../../src/cli/commands/stop.ts';
import type { Acted, AppReport } from '../../../src/protocol/messages.ts';
import { fail, succeed } from '../../../src/shared/outcome.ts';
import { type Problem, problem } from '../../../src/shared/problems.ts';
import { runCommand } from '../../helpers/fake-session.ts';
import { listedApp, listedWorker } from '../../helpers/listed-app.ts';

const api = listedApp({}, { pmId: 0 }, { pmId: 1 });
const jobs = listedApp({ name: 'mail', namespace: 'jobs' }, { pmId: 2, status: 'stopped', pid: 0, startedAt: 0 });
const list = succeed([api, jobs]);

const crashed = problem('app/start-failed', {
  name: 'api',
  cause: 'it exited with code 1.',
  stderr: ['Error: boom', '  at x'],
});

function report(...outcomes: readonly (Problem | 'killed' | 'done')[]): AppReport {
  return {
    name: 'api',
    namespace: 'default',
    workers: outcomes.map((outcome, pmId) => ({
      pmId,
      outcome: typeof outcome === 'string' ? succeed(listedWorker({ pmId })) : fail(outcome),
      ...(outcome === 'killed' ? { stop: { how: 'killed', tookMs: 30_000 } } : {}),
    })),
  };
}

const acted = (...reports: AppReport[]) => succeed<Acted>({ reports, problems: [] });

test('stop says what it does, what came of it, and shows the list', async () => {
  const trace = await runCommand(
    stop,
    { operands: ['api'] },
    { 'app.list': list, 'app.stop': acted(report('done', 'killed')) },
  );
  expect(trace.asked).toEqual([['app.stop', { targets: ['api'] }]]);
  expect(trace.stdout).toContain(
    '[PM2] Applying action stopProcessId on app [api](ids: [ 0, 1 ])\n[PM2] [api](0) ✓\n[PM2] [api](1) ✓ killed after 30 s\n┌',
  );
  expect([trace.exitCode, trace.stderr]).toEqual([0, '']);
});

test('the path of a script is a target too', async () => {
  const trace = await runCommand(
    deleteCommand,
    { operands: ['./app.js'] },
    { 'app.list': list, 'app.delete': acted(report('done')) },
  );
  expect(trace.asked).toEqual([['app.delete', { targets: ['/srv/api/app.js'] }]]);
});

test('an unknown target is an error in the words of PM2', async () => {
  const problems = [problem('target/not-found', { wanted: 'web', known: ['api'] })];
  const trace = await runCommand(
    stop,
    { operands: ['web'] },
    { 'app.list': list, 'app.stop': succeed({ reports: [], problems }) },
  );
  expect(trace.exitCode).toBe(1);
  expect(trace.stderr).toBe('[PM2][ERROR] Process or Namespace web not found\n  There is: "api".\n');
  expect(trace.stdout).toBe('');
});

test('all of an empty list is a warning, and a failure', async () => {
  const trace = await runCommand(
    stop,
    { operands: ['all'] },
    { 'app.stop': succeed({ reports: [], problems: [problem('target/none')] }) },
  );
  expect([trace.exitCode, trace.stderr]).toEqual([1, '[PM2][WARN] No process found\n']);
});

test('workers that fail for one reason report it once, with the evidence', async () => {
  const trace = await runCommand(
    restart,
    { operands: ['api'] },
    { 'app.list': list, 'app.restart': acted(report(crashed, crashed)) },
  );
  expect(trace.exitCode).toBe(1);
  expect(trace.stderr).toBe('[PM2][ERROR] "api" did not start: it exited with code 1.\n    Error: boom\n      at x\n');
  expect(trace.stdout).toContain('Use --update-env to update environment variables\n');
});

test('--update-env sends the environment of the shell', async () => {
  const trace = await runCommand(
    restart,
    { operands: ['api'], options: { updateEnv: true } },
    { 'app.list': list, 'app.restart': acted(report('done')) },
  );
  expect(trace.asked).toEqual([['app.restart', { targets: ['api'], env: { HOME: '/home/deploy', COLOR: 'red' } }]]);
});

test.each([restart, reload])('--env needs an ecosystem file', async (command) => {
  const trace = await runCommand(command, { operands: ['api'], options: { env: 'production' } }, { 'app.list': list });
  expect(trace.exitCode).toBe(1);
  expect(trace.stderr).toContain('Using --env production without passing the ecosystem.config.js does not work');
  expect(trace.asked).toEqual([]);
});

test('an aborted reload fails with cause, evidence and what still runs', async () => {
  const aborted = problem('app/reload-aborted', {
    name: 'api',
    cause: 'the new worker exited with code 1.',
    stderr: ['Error: boom'],
    standing: 'All workers run generation 7.',
  });
  const trace = await runCommand(
    reload,
    { operands: ['api'] },
    { 'app.list': list, 'app.reload': succeed({ receipts: [], problems: [aborted] }) },
  );
  expect(trace.exitCode).toBe(1);
  expect(trace.stderr).toBe(
    '[PM2][ERROR] Reload of "api" aborted: the new worker exited with code 1. All workers run generation 7.\n    Error: boom\n',
  );
});

test.each(['mail', 'jobs', '2'])('start %s starts what the list has', async (operand) => {
  const trace = await runCommand(
    start,
    { operands: [operand] },
    { 'app.list': list, 'app.restart': acted(report('done')) },
  );
  expect(trace.asked).toEqual([['app.restart', { targets: [operand] }]]);
  expect(trace.stdout).toContain(`[PM2] Applying action restartProcessId on app [${operand}](ids: [ 2 ])`);
});

test('start of a script that is not there asks the daemon for nothing', async () => {
  const trace = await runCommand(start, { operands: ['nothing.js'] }, {});
  expect([trace.exitCode, trace.asked]).toEqual([1, []]);
  expect(trace.stderr).toMatch(/^\[PM2\]\[ERROR\] Script not found: \/srv\/api\/nothing\.js\n/);
});

test('start without a target needs an ecosystem file', async () => {
  const trace = await runCommand(start, {}, {});
  expect([trace.exitCode, trace.stderr]).toEqual([1, '[PM2][ERROR] File /srv/api/ecosystem.config.js not found\n']);
});

test.each([
  ['3', { to: 3 }],
  ['+2', { by: 2 }],
  ['-1', { by: -1 }],
])('scale to %s', async (number, size) => {
  const trace = await runCommand(
    scale,
    { operands: ['api', number] },
    { 'app.list': list, 'app.scale': acted(report('done')) },
  );
  expect(trace.asked).toEqual([['app.scale', { target: 'api', ...size }]]);
  const more = 'by' in size ? size.by : size.to - 2;
  expect(trace.stdout.match(/^\[PM2\] Scaling up application$/gm) ?? []).toHaveLength(Math.max(more, 0));
});

test.each(['many', '1.5', '', '+'])('scale to %j is refused', async (number) => {
  const trace = await runCommand(scale, { operands: ['api', number] }, {});
  expect([trace.exitCode, trace.asked]).toEqual([1, []]);
});

test.each([
  [id, ['api'], '[ 0, 1 ]\n'],
  [id, ['web'], '[]\n'],
  [pid, ['api'], '4000\n4001\n'],
  [pid, [], '4000\n4001\n0\n'],
  [pid, ['web'], '\n'],
])('ids and pids are for scripts', async (command, operands, stdout) => {
  expect(await runCommand(command, { operands }, { 'app.list': list })).toMatchObject({ exitCode: 0, stdout });
});

test('save leaves the dump alone when nothing runs, unless it is forced', async () => {
  const skipped = await runCommand(save, {}, { 'dump.save': fail(problem('dump/empty')) });
  expect([skipped.exitCode, skipped.asked]).toEqual([0, [['dump.save', { force: false }]]]);
  expect(skipped.stdout).toContain('[PM2][WARN] PM2 is not managing any process, skipping save...');
  const saved = succeed({ path: '/home/deploy/.pm/dump.json', workers: 0 });
  const forced = await runCommand(save, { options: { force: true } }, { 'dump.save': saved });
  expect(forced.asked).toEqual([['dump.save', { force: true }]]);
  expect(forced.stdout).toContain('[PM2] Successfully saved in /home/deploy/.pm/dump.json\n');
});

test('resurrect without a dump is no failure, with a broken one it is', async () => {
  const missing = fail(problem('dump/not-found', { path: '/d' }));
  expect((await runCommand(resurrect, {}, { 'dump.resurrect': missing })).exitCode).toBe(0);
  const broken = fail(problem('dump/malformed', { path: '/d', reason: 'it ends too early' }));
  expect((await runCommand(resurrect, {}, { 'dump.resurrect': broken })).exitCode).toBe(1);
});

test('list --json is the apps in the asked order, and nothing else; never their variables', async () => {
  const secret = listedApp(
    { env: { TOKEN: 'hunter2' }, envBlocks: { x: { TOKEN: 'hunter2' } } },
    { pmId: 0 },
    { pmId: 1 },
  );
  const answers = { 'app.list': succeed([secret, jobs]) };
  const trace = await runCommand(listCommand, { options: { json: true, sort: 'id:desc' } }, answers);
  const apps = JSON.parse(trace.stdout);
  expect(apps).toMatchObject([{ name: 'mail' }, { name: 'api', killTimeoutMs: 30_000 }]);
  expect(apps[1].workers).toMatchObject([
    { pmId: 1 },
    { pmId: 0, status: 'online', memoryBytes: 52_743_372, actions: [] },
  ]);
  expect(trace.stdout).not.toContain('hunter2');
  expect(trace.stderr).toBe('');

  const described = await runCommand(describe, { operands: ['1'], options: { json: true } }, answers);
  expect(JSON.parse(described.stdout)).toEqual([{ ...apps[1], workers: [apps[1].workers[0]] }]);
  const unknown = await runCommand(describe, { operands: ['web'], options: { json: true } }, answers);
  expect(unknown).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('web') });
});
