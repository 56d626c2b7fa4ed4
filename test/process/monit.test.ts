import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Rig } from '../helpers/rig.ts';
import { Terminal } from '../helpers/terminal.ts';

const NORMAL = { width: 80, height: 24 };
const HELP = /\? help {2}q quit/;

test('the dashboard shows what runs with its CPU, memory and logs, and tells the receipt of a reload', async () => {
  await using rig = await Rig.create();
  rig.env.PORT = String(await rig.freePort());
  await rig.ok('start', rig.fixture('http.js'), '--name', 'api', '-i', '2');
  await rig.ok('start', rig.fixture('ticks.js'), '--name', 'ticker');
  await using terminal = await Terminal.open(rig, NORMAL);
  await terminal.run('pm monit');
  await terminal.shows(/api .* 2\/2 online +\d+\.\d% +[\d.]+mb/);
  await terminal.shows(/ticker .* online +[1-9][\d.]*% +[\d.]+mb/);
  await terminal.press('End');
  await terminal.shows(/── ticker {2}worker 2 /);
  await terminal.shows(/^│ tick \d+$/m);
  await terminal.shows(/^┃ trouble \d+$/m);
  await terminal.shows(/^cpu [\d.]+% +.*[▁-█]{2} mem [\d.]+mb +.*[▁-█]{2}$/m);
  await terminal.press('Home', 'l');
  await terminal.shows(/✓ "api" generation (\d+) -> (\d+): 2 workers, 0 requests served, 0 failed/);
  await terminal.press('s');
  await terminal.shows(/Stop "api" \(2 workers\)\? +y\/n/);
  await terminal.press('n', 'End', 's', 'y');
  await terminal.shows(/ticker .* stopped/);
  await terminal.shows(/✓ "ticker" stopped: 1 worker/);
  await terminal.press('/', 'a', 'p', 'Enter');
  await terminal.until('the filter to hide the ticker', async () => !/ticker .* stopped/.test(await terminal.text()));
  await terminal.press('+');
  await terminal.shows(/api .* 3\/3 online/);
});

test('it fits into every size the terminal takes', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('ticks.js'), '--name', '日本🚀 {bold}', '-i', '3');
  await using terminal = await Terminal.open(rig, NORMAL);
  await terminal.run('pm monit');
  await terminal.shows(/日本🚀 \{bold\} .* 3\/3 online .*\n.*slot 0 .*\n.*slot 1 /);
  await terminal.resize(120, 40);
  await terminal.shows(/── 日本🚀 \{bold\} {2}3 workers together ─+$/m);
  await terminal.shows(/script +\S*ticks\.js/);
  await terminal.resize(40, 12);
  await terminal.until('the help bar in the twelfth line', async () => HELP.test((await terminal.lines())[11] ?? ''));
  await terminal.shows(/^▾ 日本🚀 .* 3\/3 online/m);
  await terminal.resize(3, 2);
  await terminal.until('two lines', async () => (await terminal.lines()).length === 2);
  await terminal.resize(80, 24);
  await terminal.until('the help bar in the last line', async () => HELP.test((await terminal.lines())[23] ?? ''));
  await terminal.shows(/日本🚀 \{bold\} .* 3\/3 online/);
});

test('however it ends, the terminal is as it was before', async () => {
  await using rig = await Rig.create();
  await rig.ok('ping');
  await using terminal = await Terminal.open(rig, NORMAL);
  const bomb = await rig.write('bomb.cjs', "process.on('SIGUSR2', () => { throw new Error('a bug of ours'); });");
  const kill = async (signal: NodeJS.Signals) => process.kill(dashboardPid(rig), signal);
  const ends = [
    { code: 0, leave: () => terminal.press('q') },
    { code: 0, leave: () => terminal.press('C-c') },
    { code: 143, leave: () => kill('SIGTERM') },
    { code: 129, leave: () => kill('SIGHUP') },
    { code: 1, leave: () => kill('SIGUSR2') },
  ];
  for (const { code, leave } of ends) {
    await terminal.run(`clear; stty -a > before; NODE_OPTIONS='-r ${bomb}' pm monit; echo "left $?"; stty -a > after`);
    await terminal.shows(HELP);
    expect(await terminal.modes()).toEqual({ alternate: true, cursor: false });
    await leave();
    const screen = (await terminal.shows(/.*^left \d+\s+ready>$/ms))[0];
    expect(screen).toContain(`left ${code}`);
    expect(screen.includes('Error: a bug of ours')).toBe(code === 1);
    expect(await terminal.modes()).toEqual({ alternate: false, cursor: true });
    expect(read('after')).toBe(read('before'));
  }

  function read(name: string): string {
    return readFileSync(`${rig.work}/${name}`, 'utf8');
  }
});

function dashboardPid(rig: Rig): number {
  const found = rig.processes().find(({ command }) => command.endsWith(' monit'));
  if (!found) throw new Error(`No dashboard runs.\n${rig.transcript()}`);
  return found.pid;
}

test('when the daemon dies it says so, and goes on with the next one', async () => {
  await using rig = await Rig.create();
  await rig.ok('start', rig.fixture('ticks.js'), '--name', 'ticker');
  await using terminal = await Terminal.open(rig, NORMAL);
  await terminal.run('pm monit');
  await terminal.shows(/^ pm {2}1 app {3}1 online/);
  process.kill(rig.daemonPid() ?? 0, 'SIGKILL');
  await terminal.shows(/^ daemon gone, reconnecting/);
  await terminal.shows(/ticker .* online/);
  await terminal.shows(/^ pm {2}1 app {3}1 online/);
  await terminal.press('r', 'y');
  await terminal.shows(/✓ "ticker" restarted: 1 worker/);
});

test('without a terminal it says what to use instead', async () => {
  await using rig = await Rig.create();
  const { code, stderr } = await rig.pm('monit');
  expect([code, stderr]).toEqual([1, expect.stringContaining('pm list')]);
});
