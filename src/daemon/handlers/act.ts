import type { Acted, AppReport, DaemonRequests, Handlers, Target } from '../../protocol/messages.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import { mapInTurns } from '../../shared/in-turns.ts';
import { type Outcome, succeed } from '../../shared/outcome.ts';
import type { SpecChange } from '../../shared/spec-change.ts';
import type { Parts } from '../parts.ts';
import { deleteWorkers } from '../pool-size.ts';
import { reloadApp } from '../reload-app.ts';
import { type Selected, selectTargets } from '../targets.ts';
import { partition } from './start.ts';

/** What is done to apps of the list. Different apps side by side. */
export const actHandlers = (
  parts: Parts,
): Pick<Handlers<DaemonRequests>, 'app.restart' | 'app.stop' | 'app.delete' | 'app.reset' | 'app.reload'> => ({
  'app.restart': ({ targets, env, change, parallel }) => {
    const restart = ({ app, pmIds }: Selected) =>
      parts.masters.use(at(app), (master) =>
        master.call('pool.restart', {
          app: app.key,
          pmIds,
          ...specWith(app.spec, env, change),
          ...(parallel ? { parallel } : {}),
        }),
      );
    return actOn(parts, targets, restart, appsAtOnce(parallel));
  },
  'app.stop': ({ targets, unwatch }) =>
    actOn(parts, targets, ({ app, pmIds }) =>
      parts.masters.use(at(app), (master) =>
        master.call('pool.stop', { app: app.key, pmIds, ...(unwatch ? { spec: unwatched(app.spec) } : {}) }),
      ),
    ),
  'app.delete': ({ targets }) => actOn(parts, targets, ({ app, pmIds }) => deleteWorkers(parts, app, pmIds)),
  'app.reset': ({ targets }) =>
    actOn(parts, targets, ({ app, pmIds }) =>
      parts.masters.use(at(app), (master) => master.call('pool.reset', { app: app.key, pmIds })),
    ),
  'app.reload': async ({ targets, env, parallel }, signal) => {
    const { selected, problems } = selectTargets(targets, parts.list.all());
    const reload = (some: Selected) =>
      reloadApp(parts, some, { ...specWith(some.app.spec, env), ...(parallel ? { parallel } : {}), signal });
    const outcomes = await mapInTurns(selected, reload, appsAtOnce(parallel));
    const { values, problems: failed } = partition(outcomes);
    return succeed({ receipts: values, problems: [...problems, ...failed] });
  },
});

async function actOn(
  parts: Parts,
  targets: readonly Target[],
  act: (selected: Selected) => Promise<Outcome<AppReport>>,
  atOnce?: number,
): Promise<Outcome<Acted>> {
  const { selected, problems } = selectTargets(targets, parts.list.all());
  const { values, problems: failed } = partition(await mapInTurns(selected, act, atOnce));
  return succeed({ reports: values, problems: [...problems, ...failed] });
}

/** Who bounds the workers at a time means those of all apps together. */
const appsAtOnce = (parallel: number | undefined): number | undefined => (parallel === undefined ? undefined : 1);

const at = ({ masterId, spec }: Selected['app']) => ({ masterId, name: spec.name });

/** Variables of a file stay: `--update-env` brings what changed in the shell. */
const specWith = (
  spec: AppSpec,
  env: Record<string, string> | undefined,
  { watch, cronRestart }: SpecChange = {},
): { spec?: AppSpec } => {
  if (env === undefined && watch === undefined && cronRestart === undefined) return {};
  const changed = {
    ...(env === undefined ? {} : { env: { ...spec.env, ...env } }),
    ...(watch === undefined ? {} : { watch: { ...spec.watch, on: !spec.watch.on } }),
    ...(cronRestart === undefined ? {} : { cronRestart }),
  };
  return { spec: { ...spec, ...changed } };
};

const unwatched = (spec: AppSpec): AppSpec => ({ ...spec, watch: { ...spec.watch, on: false } });
