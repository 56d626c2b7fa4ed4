import type { Asked, DaemonRequests, Handlers, Target } from '../../protocol/messages.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { type Problem, problem } from '../../shared/problems.ts';
import type { AppEntry } from '../app-list.ts';
import type { Parts } from '../parts.ts';
import { type Selected, selectTargets } from '../targets.ts';

type TalkRequests = 'app.signal' | 'app.trigger' | 'app.inspect' | 'worker.send' | 'worker.type';

/** What is said to workers while they run. */
export const talkHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, TalkRequests> => ({
  'app.signal': ({ targets, signal }) =>
    askEach(parts, targets, async ({ app, pmIds }) => {
      const sent = await parts.masters.use(at(app), (master) =>
        master.call('pool.signal', { app: app.key, pmIds, signal }),
      );
      if (!sent.ok) return { replies: [], problems: [sent.problem] };
      return { replies: sent.value.pmIds.map((pmId) => ({ pmId, name: app.spec.name })), problems: [] };
    }),
  'app.trigger': async ({ targets, ...what }) =>
    askEach(parts, targets, async ({ app, pmIds }) => {
      const { name, namespace } = app.spec;
      const asked = await parts.masters.use(at(app), (master) =>
        master.call('pool.trigger', { app: app.key, pmIds, ...what }),
      );
      if (!asked.ok) return { replies: [], problems: [asked.problem] };
      return { replies: asked.value.replies.map((reply) => ({ ...reply, name, namespace })), problems: [] };
    }),
  'app.inspect': ({ targets }) =>
    askEach(parts, targets, async ({ app, pmIds }) => {
      const asked = await parts.masters.use(at(app), (master) => master.call('pool.inspect', { app: app.key, pmIds }));
      if (!asked.ok) return { replies: [], problems: [asked.problem] };
      return {
        replies: asked.value.inspectors.flatMap(({ pmId, outcome }) =>
          outcome.ok ? [{ pmId, name: app.spec.name, url: outcome.value }] : [],
        ),
        problems: asked.value.inspectors.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.problem])),
      };
    }),
  'worker.send': ({ pmId, message }) =>
    onWorker(parts, pmId, (app) =>
      parts.masters.use(at(app), (master) => master.call('worker.send', { app: app.key, pmId, message })),
    ),
  'worker.type': ({ pmId, text }) =>
    onWorker(parts, pmId, (app) =>
      parts.masters.use(at(app), (master) => master.call('worker.type', { app: app.key, pmId, text })),
    ),
});

const at = ({ masterId, spec }: AppEntry) => ({ masterId, name: spec.name });

async function askEach<T>(
  parts: Parts,
  targets: readonly Target[],
  ask: (selected: Selected) => Promise<Asked<T>>,
): Promise<Outcome<Asked<T>>> {
  const { selected, problems } = selectTargets(targets, parts.list.all());
  const asked = await Promise.all(selected.map(ask));
  const failed: Problem[] = asked.flatMap((one) => one.problems);
  return succeed({ replies: asked.flatMap(({ replies }) => replies), problems: [...problems, ...failed] });
}

async function onWorker<T>(
  { list }: Parts,
  pmId: number,
  act: (app: AppEntry) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const app = list.all().find(({ workers }) => workers.some(({ view }) => view.pmId === pmId));
  return app ? act(app) : fail(problem('worker/not-found', { pmId }));
}
