import { describe, expect, test } from 'vitest';
import { addLines } from '../../../src/ui/log-buffer.ts';
import type { Model } from '../../../src/ui/model.ts';
import { barLine } from '../../../src/ui/rows/bar-line.ts';
import { detailColumn, detailStrip } from '../../../src/ui/rows/detail-lines.ts';
import { headerLine } from '../../../src/ui/rows/header-line.ts';
import { listPicture } from '../../../src/ui/rows/list-lines.ts';
import { logLines } from '../../../src/ui/rows/log-lines.ts';
import { messageLines } from '../../../src/ui/rows/message-lines.ts';
import { type Line, textOf } from '../../../src/ui/styled-text.ts';
import { widthOf } from '../../../src/ui/text-width.ts';
import { CRASHED, changed, listed, modelOf, NOW, spec, usual, worker } from './samples.ts';

const texts = (lines: readonly Line[]): string[] => lines.map((line) => textOf(line).trimEnd());
const list = (model: Model, width = 80) => texts(listPicture(model, { width, height: 20, now: NOW }).lines);
const toneOf = (lines: readonly Line[], text: string) => lines.flat().find((part) => part.text.includes(text))?.tone;
const line = (text: string, stream: 'out' | 'err' = 'out') => ({ pmId: 0, stream, text });

describe('the list', () => {
  test('has a head with sums for an app of several workers, one row for an app of one', () => {
    expect(list(usual())).toEqual([
      '  name                     id  gen status             cpu      mem    ↺  uptime',
      '▾ api                            1 2/2 online       25.0%    128mb    0     60m',
      '    slot 0                  0    1 online           12.5%     64mb    0     60m',
      '    slot 1                  1    1 online           12.5%     64mb    0     60m',
      '  billing                   2    1 errored                           16',
    ]);
  });

  test('says of an app what needs attention, and when a worker is tried again', () => {
    const waiting = worker(1, { status: 'waiting restart', pid: 0, restartDueAt: NOW + 7_000 });
    const [, head, , second] = list(changed(usual(), { type: 'worker-changed', app: 'default/api', worker: waiting }));
    expect(head).toMatch(/api .* 1\/2 waiting/);
    expect(second).toMatch(/waiting restart .* in 7s$/);
  });

  test('folds', () => {
    expect(list({ ...usual(), folded: new Set(['default/api']) })[1]).toMatch(/^▸ api {2}\(2 workers\)/);
  });

  test('gives up columns on a narrow screen, and adds one on a wide one', () => {
    expect(list(usual(), 40)[1]).toBe('▾ api            2/2 online       25.0%');
    expect(list(usual(), 90)[0]).toContain('cpu trend');
  });

  test('names the namespace when it is not the default, and cleans names', () => {
    const strange = modelOf(listed(spec({ name: 'a\u001b[31m{b}\n日本', namespace: 'media' }), [worker(0)]));
    expect(list(strange)[1]).toContain('media/a{b}日本 ');
  });

  test.each([
    ['nothing is managed', modelOf(), 'nothing is managed yet'],
    ['nothing fits the filter', { ...usual(), filter: 'zz' }, 'no name contains "zz"'],
  ])('says so when %s', (_, model, expected) => {
    expect(list(model)[1]).toContain(expected);
  });

  test('keeps the selected one of 200 in sight', () => {
    const many = modelOf(
      listed(
        spec(),
        Array.from({ length: 200 }, (_, at) => worker(at)),
      ),
    );
    for (const pmId of [0, 5, 100, 199]) {
      const picture = listPicture(
        { ...many, selected: { app: 'default/api', pmId } },
        { width: 80, height: 9, now: NOW },
      );
      expect(picture.lines.length).toBe(9);
      expect(textOf(picture.lines[picture.selected] ?? [])).toContain(`slot ${pmId} `);
    }
  });
});

describe('the first line', () => {
  test('counts, first what needs attention, and adds up', () => {
    expect(textOf(headerLine(usual(), { width: 80, now: NOW }))).toBe(
      ' pm  2 apps   1 errored  2 online                          cpu 37.5%  mem 192mb ',
    );
    expect(toneOf([headerLine(usual(), { width: 80, now: NOW })], '1 errored')).toBe('barBad');
  });

  test.each([
    ['says that the daemon is gone', { connection: 'lost' }, NOW, /^ daemon gone, reconnecting/],
    ['says that the daemon is silent', {}, NOW + 7_000, /^ daemon silent for 7s/],
    ['bears with a daemon that is busy', {}, NOW + 3_000, /^ pm {2}2 apps/],
    ['waits for the first connection', { connection: 'waiting' }, NOW, /^ pm {2}connecting/],
  ] as const)('%s', (_, change, now, expected) => {
    expect(textOf(headerLine({ ...usual(), ...change }, { width: 80, now }))).toMatch(expected);
  });
});

describe('details', () => {
  const billing: Model = { ...usual(), selected: { app: 'default/billing', pmId: null } };

  test('say why it last ended, what it said, and what it is', () => {
    const column = detailColumn(billing, { width: 50, height: 30, now: NOW });
    expect(texts(column)).toEqual(
      expect.arrayContaining([
        'last exit code 1 after 312 ms, 3m ago',
        'it said   Error: connect ECONNREFUSED',
        '          127.0.0.1:5432',
        'script    /srv/api/server.js',
        'mode      fork',
        'node      20.20.2',
      ]),
    );
    expect(toneOf(column, 'code 1')).toBe('bad');
  });

  test('in a strip, the most telling facts come first', () => {
    const [heading, charts, facts] = texts(detailStrip(billing, { width: 80, height: 4, now: NOW }));
    expect(heading).toMatch(/^── billing {2}worker 2 ─+$/);
    expect(charts).toMatch(/^cpu 0\.0% .*mem 0b/);
    expect(facts).toBe('last exit code 1 after 312 ms, 3m ago');
  });

  test('an exit that was asked for is no alarm', () => {
    const stopped = worker(2, { slot: 0, lastExit: { ...CRASHED, code: null, signal: 'SIGINT' } });
    const model = changed(billing, { type: 'worker-changed', app: 'default/billing', worker: stopped });
    const column = detailColumn(model, { width: 50, height: 30, now: NOW });
    expect(toneOf(column, 'SIGINT after')).toBe('plain');
    expect(texts(column).join('\n')).not.toContain('it said');
  });

  test('log lines that could not be written are an alarm', () => {
    const model = modelOf(listed(spec(), [worker(0, { lostLogBytes: 512 })]));
    expect(texts(detailColumn(model, { width: 50, height: 30, now: NOW }))).toContain(
      'logs      512 bytes could not be written',
    );
  });

  test('charts show the selected worker, or the sum of the workers of an app', () => {
    const samples = [0, 1].map((pmId) => ({ pmId, cpuPercent: 10 * (pmId + 1), memoryBytes: 1024 * 1024 }));
    const sampled = changed(usual(), { type: 'usage', at: NOW, samples });
    const charts = (pmId: number | null) =>
      textOf(
        detailStrip({ ...sampled, selected: { app: 'default/api', pmId } }, { width: 80, height: 4, now: NOW })[1] ??
          [],
      );
    expect(charts(null)).toMatch(/cpu 30\.0%.*█ mem 2mb .*[▁-█]/);
    expect(charts(1)).toMatch(/cpu 20\.0%.*█ mem 1mb .*[▁-█]/);
  });
});

describe('logs', () => {
  const withLines = (...lines: readonly ReturnType<typeof line>[]): Model => ({
    ...usual(),
    logs: addLines(usual().logs, lines),
  });
  const logs = (model: Model, size = { width: 40, height: 4 }) => texts(logLines(model, size)).slice(1);

  test('the newest are at the bottom; of an app they name the worker; stderr has a mark of its own', () => {
    const model = withLines(line('one'), line('two'), line('three', 'err'), line('four'));
    expect(logs(model)).toEqual(['  0│ two', '  0┃ three', '  0│ four']);
    expect(logs({ ...model, selected: { app: 'default/api', pmId: 0 } })).toEqual(['│ two', '┃ three', '│ four']);
  });

  test('long lines are wrapped, and cut at some length', () => {
    expect(logs(withLines(line('first'), line('a'.repeat(40))))).toEqual([
      '  0│ first',
      `  0│ ${'a'.repeat(35)}`,
      '   │ aaaaa',
    ]);
    expect(logs(withLines(line('a'.repeat(1_000_000))), { width: 40, height: 200 }).length).toBeLessThan(60);
  });

  test('what an app prints cannot change the screen', () => {
    expect(logs(withLines(line('\u001b[2J{red-fg}x\u001b]0;t\u0007\ty')))).toEqual(['  0│ {red-fg}x       y']);
  });

  test('scrolled back, they say how many newer ones there are', () => {
    const model = withLines(line('one'), line('two'), line('three'));
    const [heading] = texts(logLines({ ...model, logs: { ...model.logs, bottom: 0 } }, { width: 70, height: 4 }));
    expect(heading).toContain('2 newer below');
  });
});

describe('messages and the last line', () => {
  test('an action that goes on is shown with its time, a result with its mark', () => {
    const action = { kind: 'reload', target: 'default/api', label: '"api"' } as const;
    const model: Model = {
      ...usual(),
      running: [{ id: 1, action, startedAt: NOW - 4_000 }],
      message: { tone: 'bad', lines: ['It did not start.', 'Fix it.'] },
    };
    expect(texts(messageLines(model, { width: 80, now: NOW }))).toEqual([
      ' … Reloading "api", 4s',
      ' ✗ It did not start.',
      '   Fix it.',
    ]);
  });

  test('the keys that matter most stay on a narrow screen', () => {
    expect(textOf(barLine(usual(), 40)).trimEnd()).toBe(' ? help  q quit  r restart  l reload');
    expect(textOf(barLine(usual(), 80))).toContain('Tab logs');
  });

  test('a question stands in their place', () => {
    const effect = { type: 'quit' } as const;
    const asked: Model = { ...usual(), prompt: { kind: 'consent', question: 'Stop "api"?', effect } };
    expect(textOf(barLine(asked, 80)).trimEnd()).toBe(' Stop "api"?  y/n');
  });
});

test('no line is wider than its pane, whatever the text; below 40 columns the pane cuts it', () => {
  const hostile = '\u001b[5m日本🚀{bold}\t\u202e\u0000é'.repeat(30);
  const app = spec({ name: hostile, namespace: hostile, script: hostile, args: [hostile], version: hostile });
  const exit = { ...CRASHED, stderr: [hostile], spawnError: hostile };
  const model: Model = {
    ...modelOf(listed(app, [worker(0, { lastExit: exit, nodeVersion: hostile }), worker(1)])),
    filter: '',
    message: { tone: 'bad', lines: [hostile] },
    prompt: { kind: 'consent', question: hostile, effect: { type: 'quit' } },
  };
  const full: Model = { ...model, logs: addLines(model.logs, [line(hostile), line(hostile, 'err')]) };
  for (const width of [1, 2, 3, 10, 40, 80, 81, 120, 237]) {
    const size = { width, height: 20, now: NOW };
    const lines = [
      headerLine(full, { width, now: NOW }),
      ...listPicture(full, size).lines,
      ...detailStrip(full, size),
      ...detailColumn(full, size),
      ...logLines(full, size),
      ...messageLines(full, size),
      barLine(full, width),
      barLine({ ...full, prompt: { kind: 'filter', before: '' }, filter: hostile }, width),
    ];
    if (width >= 40) expect(Math.max(...lines.map((each) => widthOf(textOf(each))))).toBeLessThanOrEqual(width);
  }
});
