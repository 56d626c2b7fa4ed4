import { describe, expect, test } from 'vitest';
import { selectedRow } from '../../../src/ui/list-rows.ts';
import { addLines, linesAbove } from '../../../src/ui/log-buffer.ts';
import type { Model } from '../../../src/ui/model.ts';
import { type Pressed, pressKey } from '../../../src/ui/press-key.ts';
import { usual } from './samples.ts';

const pages = { list: 10, logs: 10 };

/** Presses keys one after the other; the effect is the last key's. */
function press(model: Model, ...names: string[]): Pressed {
  return names.reduce<Pressed>(
    (before, name) => pressKey(before.model, { name, text: name.length === 1 ? name : '' }, pages),
    { model, effect: null },
  );
}

const where = (model: Model): string => {
  const row = selectedRow(model);
  return row ? `${row.app.spec.name} ${row.key.pmId ?? 'all'}` : 'nothing';
};

describe('moving', () => {
  test.each([
    [['down'], 'api 0'],
    [['j', 'j'], 'api 1'],
    [['j', 'j', 'k'], 'api 0'],
    [['up'], 'api all'],
    [['pagedown'], 'billing all'],
    [['S-g'], 'billing all'],
    [['end', 'home'], 'api all'],
    [['j', 'space'], 'api all'],
    [['space', 'j'], 'billing all'],
    [['space', 'enter', 'j'], 'api 0'],
  ])('%j selects %s', (keys, expected) => {
    expect(where(press(usual(), ...keys).model)).toBe(expected);
  });
});

describe('acting', () => {
  test.each([
    [['l'], { kind: 'reload', target: 'default/api', label: '"api" (2 workers)' }],
    [['S-r'], { kind: 'reload', target: 'default/api' }],
    [['j', 'l'], { kind: 'reload', target: '0', label: 'worker 0 of "api"' }],
    [['end', 'l'], { kind: 'reload', target: 'default/billing', label: '"billing"' }],
    [['+'], { kind: 'scale', target: 'default/api', by: 1 }],
    [['j', '+'], { kind: 'scale', target: 'default/api', by: 1 }],
    [['r', 'y'], { kind: 'restart', target: 'default/api' }],
    [['j', 's', 'y'], { kind: 'stop', target: '0' }],
    [['-', 'S-y'], { kind: 'scale', target: 'default/api', by: -1 }],
    [['tab', 'l'], { kind: 'reload', target: 'default/api' }],
  ])('%j does %j', (keys, action) => {
    expect(press(usual(), ...keys).effect).toMatchObject({ type: 'act', action });
  });

  test.each([
    [['s'], 'Stop "api" (2 workers)?'],
    [['r'], 'Restart "api" (2 workers)?'],
    [['-'], 'Remove one worker of "api"?'],
  ])('%j asks first', (keys, question) => {
    const { model, effect } = press(usual(), ...keys);
    expect([model.prompt, effect]).toMatchObject([{ kind: 'consent', question }, null]);
  });

  test.each([['n'], ['enter'], ['escape'], ['s']])('%s is not a yes', (key) => {
    const { model, effect } = press(usual(), 's', key);
    expect([model.prompt.kind, effect]).toEqual(['none', null]);
  });

  test('the last worker is not scaled away', () => {
    const { model, effect } = press(usual(), 'end', '-');
    expect([model.message?.tone, effect]).toEqual(['bad', null]);
  });

  test('nothing is asked of a daemon that is gone', () => {
    const { model, effect } = press({ ...usual(), connection: 'lost' }, 'l');
    expect([model.message?.lines[0], effect]).toEqual([expect.stringContaining('daemon is gone'), null]);
  });

  test('a result stays until the next key, which does what it says', () => {
    const told: Model = { ...usual(), message: { tone: 'good', lines: ['done'] } };
    const { model } = press(told, 'down');
    expect([model.message, where(model)]).toEqual([null, 'api 0']);
  });
});

describe('leaving', () => {
  test.each([[['q']], [['escape']], [['C-c']], [['?', 'C-c']], [['/', 'C-c']], [['s', 'C-c']]])('%j leaves', (keys) => {
    expect(press(usual(), ...keys).effect).toEqual({ type: 'quit' });
  });

  test('Esc first takes back what is in the way', () => {
    const told: Model = { ...usual(), filter: 'api', message: { tone: 'good', lines: ['done'] } };
    const first = press(told, 'escape');
    const second = press(first.model, 'escape');
    expect([first.model.message, first.model.filter, first.effect]).toEqual([null, 'api', null]);
    expect([second.model.filter, second.effect]).toEqual(['', null]);
    expect(press(second.model, 'escape').effect).toEqual({ type: 'quit' });
  });

  test('leaving in the middle of a reload asks: it would be aborted', () => {
    const action = { kind: 'reload', target: 'default/api', label: '"api"' } as const;
    const busy: Model = { ...usual(), running: [{ id: 1, action, startedAt: 0 }] };
    const asked = press(busy, 'q');
    expect([asked.model.prompt.kind, asked.effect]).toEqual(['consent', null]);
    expect(press(asked.model, 'y').effect).toEqual({ type: 'quit' });
    expect(press(asked.model, 'n').effect).toBeNull();
    expect(press(busy, 'C-c').effect).toEqual({ type: 'quit' });
  });
});

describe('filtering', () => {
  test('what is typed narrows the list; Enter keeps it, and keys are keys again', () => {
    const { model } = press(usual(), '/', 'b', 'i', 'l', 'x', 'backspace', 'enter', 'j');
    expect([model.filter, where(model), model.prompt.kind]).toEqual(['bil', 'billing all', 'none']);
  });

  test('Esc takes it back', () => {
    expect(press({ ...usual(), filter: 'api' }, '/', 'x', 'escape').model.filter).toBe('api');
  });

  test('a filter that fits nothing selects nothing', () => {
    const { model } = press(usual(), '/', 'z', 'z', 'enter', 'l');
    expect([where(model), model.message?.lines]).toEqual(['nothing', ['Nothing is selected.']]);
  });
});

describe('logs', () => {
  const lines = Array.from({ length: 30 }, (_, at) => ({ pmId: 0, stream: 'out' as const, text: `line ${at}` }));
  const withLogs = (): Model => ({ ...usual(), focus: 'logs', logs: addLines(usual().logs, lines) });
  const bottom = (model: Model) => linesAbove(model.logs).shown.at(-1)?.text;

  test.each([
    [[], 'line 29'],
    [['up'], 'line 28'],
    [['pageup'], 'line 19'],
    [['pageup', 'pagedown'], 'line 29'],
    [['g'], 'line 0'],
    [['g', 'end'], 'line 29'],
    [['g', 'k', 'j'], 'line 1'],
  ])('%j shows up to %s', (keys, expected) => {
    expect(bottom(press(withLogs(), ...keys).model)).toBe(expected);
  });

  test('lines that come while scrolled back do not move the view; at the end it follows', () => {
    const more = [{ pmId: 0, stream: 'out' as const, text: 'new' }];
    const back = press(withLogs(), 'up').model;
    const grown = { ...back, logs: addLines(back.logs, more) };
    expect(linesAbove(grown.logs)).toMatchObject({ below: 2 });
    expect(bottom(grown)).toBe('line 28');
    expect(bottom({ ...withLogs(), logs: addLines(withLogs().logs, more) })).toBe('new');
  });

  test('lines that are dropped do not move the view either, until they reach it', () => {
    const back = press(withLogs(), 'up').model;
    const many = Array.from({ length: 1_980 }, () => ({ pmId: 0, stream: 'out' as const, text: 'flood' }));
    const grown = { ...back, logs: addLines(back.logs, many) };
    expect(grown.logs.lines.length).toBe(2_000);
    expect(bottom(grown)).toBe('line 28');
    expect(bottom({ ...grown, logs: addLines(grown.logs, many) })).toBe('flood');
  });
});

test('help goes with any key, which does nothing else', () => {
  const { model, effect } = press(usual(), '?', 'q');
  expect([model.prompt.kind, effect]).toEqual(['none', null]);
});
