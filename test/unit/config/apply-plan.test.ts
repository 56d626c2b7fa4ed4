import { expect, test } from 'vitest';
import { planApply } from '../../../src/config/apply-plan.ts';
import type { AppSpec } from '../../../src/shared/app-spec.ts';
import type { Status } from '../../../src/shared/worker-view.ts';
import { appSpec, listedApp } from '../../helpers/listed-app.ts';

const FILE = { file: '/srv/ecosystem.yml', envName: null };
const DEFAULTS = { from: FILE, prunes: true };

const applied = (
  spec: Partial<AppSpec> = {},
  ...workers: readonly { status?: Status; finished?: boolean; generation?: number }[]
) => listedApp({ appliedFrom: FILE, ...spec }, ...(workers.length > 0 ? workers : [{}, {}]));

const planned = (known: ReturnType<typeof applied>, spec: Partial<AppSpec>) => {
  const [plan] = planApply([known], [appSpec(spec)], DEFAULTS);
  return { step: plan?.step, by: plan?.by, changes: plan?.changes.map(({ what, step }) => `${what} ${step}`) };
};

test.each<[string, ReturnType<typeof applied>, Partial<AppSpec>, ReturnType<typeof planned>]>([
  ['the same', applied(), {}, { step: 'none', by: 'nothing', changes: [] }],
  [
    'a rule for what follows',
    applied(),
    { maxRestarts: 3 },
    { step: 'live', by: 'keep', changes: ['max_restarts live'] },
  ],
  ['a number', applied(), { instances: 3 }, { step: 'scale', by: 'keep', changes: ['instances scale'] }],
  [
    'a worker that was deleted by its id',
    applied({}, {}),
    { instances: 2 },
    { step: 'scale', by: 'keep', changes: ['instances scale'] },
  ],
  [
    'an argument and a rule',
    applied(),
    { args: ['x'], logRotation: { keep: 2 } },
    { step: 'reload', by: 'reload', changes: ['args reload', 'log_keep live'] },
  ],
  [
    'an argument in fork mode',
    applied({ execMode: 'fork' }),
    { execMode: 'fork', args: ['x'] },
    { step: 'restart', by: 'reload', changes: ['args restart'] },
  ],
  ['another master', applied(), { pool: 'p' }, { step: 'restart', by: 'reload', changes: ['pool restart'] }],
  [
    'one of two stopped by hand',
    applied({}, {}, { status: 'stopped' }),
    {},
    { step: 'start', by: 'keep', changes: ['app start'] },
  ],
  [
    'left between two generations by a reload that failed',
    applied({}, { generation: 4 }, { generation: 3 }),
    {},
    { step: 'reload', by: 'reload', changes: ['app reload'] },
  ],
  [
    'given up, and another argument',
    applied({ instances: 1 }, { status: 'errored' }),
    { instances: 1, args: ['x'] },
    { step: 'start', by: 'reload', changes: ['args start', 'app start'] },
  ],
  [
    'stopped, and not to be started',
    applied({ instances: 1, autostart: false }, { status: 'stopped' }),
    { instances: 1, autostart: false, args: ['x'] },
    { step: 'live', by: 'keep', changes: ['args live'] },
  ],
  [
    'a job that is done',
    applied({ instances: 1 }, { status: 'stopped', finished: true }),
    { instances: 1 },
    { step: 'none', by: 'nothing', changes: [] },
  ],
  [
    'a job that is done, and another argument',
    applied({ instances: 1 }, { status: 'stopped', finished: true }),
    { instances: 1, args: ['x'] },
    { step: 'start', by: 'reload', changes: ['args start'] },
  ],
  [
    'started otherwise: it is noted where it belongs',
    applied({ appliedFrom: null }),
    {},
    { step: 'none', by: 'keep', changes: [] },
  ],
])('%s', (_what, known, spec, plan) => expect(planned(known, spec)).toEqual(plan));

test('deletes what was applied from the same file with the same --env and is gone from it, and nothing else', () => {
  const present = [
    applied({ name: 'gone' }),
    applied({ name: 'by hand', appliedFrom: null, configFile: FILE.file }),
    applied({ name: 'of another file', appliedFrom: { ...FILE, file: '/other.yml' } }),
    applied({ name: 'of another --env', appliedFrom: { ...FILE, envName: 'staging' } }),
  ];
  const steps = (options: typeof DEFAULTS | { from: null; prunes: true }) =>
    planApply(present, [appSpec({ name: 'new' })], options).map(({ name, step, by }) => [name, step, by]);
  const start = ['new', 'start', 'keep'];
  expect(steps(DEFAULTS)).toEqual([['gone', 'delete', 'delete'], start]);
  expect(steps({ ...DEFAULTS, prunes: false })).toEqual([start]);
  expect(steps({ from: null, prunes: true })).toEqual([start]);
});

test('the environment: what the file sets counts, what the shell has does not, and no value is shown', () => {
  const before = applied({
    env: { PATH: '/old', A: '1', GONE: '1', SHELL_TOO: 'file' },
    ownEnv: ['A', 'GONE', 'SHELL_TOO'],
  });
  const after = { env: { PATH: '/new', A: 'secret', SHELL_TOO: 'shell', NEW: '1' }, ownEnv: ['A'] };
  const [plan] = planApply([before], [appSpec(after)], DEFAULTS);
  expect(plan?.spec.env).toEqual({ PATH: '/old', A: 'secret', SHELL_TOO: 'shell' });
  expect(plan?.changes).toEqual([
    { what: 'env.A', step: 'reload', from: 'set', to: 'another value' },
    { what: 'env.GONE', step: 'reload', from: 'set', to: 'not set' },
    { what: 'env.SHELL_TOO', step: 'reload', from: 'set', to: 'another value' },
  ]);
  const [filtered] = planApply([before], [appSpec({ ...after, filterEnv: ['AWS_'] })], DEFAULTS);
  expect(filtered?.spec.env).toEqual(after.env);
});
