import { constants } from 'node:os';
import type { DaemonRequests, Handlers, None } from '../protocol/messages.ts';
import {
  anything,
  finite,
  flag,
  integer,
  listOf,
  mapOf,
  nullable,
  object,
  oneOf,
  optional,
  type Shape,
  someText,
  text,
  wholeNumber,
} from '../protocol/shape.ts';
import { fail } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { RestoredApp } from '../shared/restored-app.ts';
import type { SettingChange } from '../shared/settings.ts';
import type { SpecChange } from '../shared/spec-change.ts';
import { specShape } from './spec-shape.ts';

type Params<M extends keyof DaemonRequests> = DaemonRequests[M]['params'];

const none = object<None>({});
const targets = listOf(someText);
const parallel = optional(wholeNumber(1));
const env = optional(mapOf(text));
const change = optional(integer);
const signalName = oneOf(...Object.keys(constants.signals));
/** setTimeout takes no longer one. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What the parameters of each request must look like. */
const requestShapes: { readonly [M in keyof DaemonRequests]: Shape } = {
  'daemon.ping': none,
  'daemon.profile': object<Params<'daemon.profile'>>({
    what: oneOf('cpu', 'heap'),
    durationMs: wholeNumber(1, LONGEST_TIMER_MS),
    path: someText,
  }),
  'daemon.kill': none,
  'host.usage': none,
  'daemon.replace': object<Params<'daemon.replace'>>({ node: someText, daemonFile: someText }),
  'app.list': object<Params<'app.list'>>({ env: flag, reports: optional(flag) }),
  'app.start': object<Params<'app.start'>>({
    specs: listOf(specShape),
    existing: oneOf('refuse', 'restart', 'reload', 'keep'),
    parallel,
    inPlaceOf: optional(someText),
  }),
  'app.restart': object<Params<'app.restart'>>({
    targets,
    env,
    parallel,
    change: optional(
      object<SpecChange>({ watch: optional(oneOf('toggle')), cronRestart: optional(nullable(someText)) }),
    ),
  }),
  'app.stop': object<Params<'app.stop'>>({ targets, unwatch: optional(flag) }),
  'app.delete': object<Params<'app.delete'>>({ targets }),
  'app.reload': object<Params<'app.reload'>>({ targets, env, parallel }),
  'app.scale': object<Params<'app.scale'>>({ target: someText, to: change, by: change }),
  'app.reset': object<Params<'app.reset'>>({ targets }),
  'app.signal': object<Params<'app.signal'>>({ targets, signal: signalName }),
  'app.trigger': object<Params<'app.trigger'>>({
    targets,
    action: someText,
    param: optional(text),
    timeoutMs: wholeNumber(1, LONGEST_TIMER_MS),
  }),
  'app.inspect': object<Params<'app.inspect'>>({ targets }),
  'worker.send': object<Params<'worker.send'>>({ pmId: wholeNumber(0), message: anything }),
  'worker.type': object<Params<'worker.type'>>({ pmId: wholeNumber(0), text }),
  'logs.flush': object<Params<'logs.flush'>>({ targets }),
  'logs.reopen': none,
  'logs.rotate': object<Params<'logs.rotate'>>({ targets }),
  'dump.save': object<Params<'dump.save'>>({ force: flag }),
  'dump.clear': none,
  'dump.resurrect': none,
  'app.restore': object<Params<'app.restore'>>({
    apps: listOf(
      object<RestoredApp>({
        spec: specShape,
        workers: listOf(
          object<RestoredApp['workers'][number]>({
            slot: wholeNumber(0),
            createdAt: finite,
            shouldRun: flag,
            finished: optional(flag),
          }),
        ),
      }),
    ),
  }),
  'settings.change': object<Params<'settings.change'>>({
    changes: listOf(object<SettingChange>({ path: listOf(text), value: nullable(text) })),
  }),
  'events.subscribe': object<Params<'events.subscribe'>>({
    usageEveryMs: optional(wholeNumber(1)),
    messages: optional(flag),
  }),
};

/** Handlers that see only parameters of the right shape; everything else is answered with protocol/bad-message. */
export function withCheckedParams(handlers: Handlers<DaemonRequests>): Handlers<DaemonRequests> {
  const checked = Object.entries(handlers).map(([method, handler]) => {
    const shape = requestShapes[method as keyof DaemonRequests]; // the keys of Handlers<DaemonRequests>
    const run = handler as (params: unknown, signal: AbortSignal) => Promise<unknown>; // once the shape holds
    return [
      method,
      async (params: unknown, signal: AbortSignal) => {
        const complaint = shape(params ?? {}, 'params');
        return complaint === null
          ? run(params ?? {}, signal)
          : fail(problem('protocol/bad-message', { reason: complaint }));
      },
    ];
  });
  return Object.fromEntries(checked) as Handlers<DaemonRequests>; // the same rows
}
