import { type AppliedFrom, type AppSpec, appKey } from '../shared/app-spec.ts';
import type { Status, WorkerView } from '../shared/worker-view.ts';
import { keepShellPart } from './kept-environment.ts';
import { changesBetween, type KeyChange } from './spec-changes.ts';

/** What is done to an app, from nothing to the end of it. */
const STEPS = ['none', 'live', 'scale', 'start', 'reload', 'restart', 'delete'] as const;

export type ApplyStep = (typeof STEPS)[number];

/** One app of the file, or one that is gone from it. */
export interface AppPlan {
  readonly name: string;
  readonly namespace: string;
  /** The largest of its changes. */
  readonly step: ApplyStep;
  readonly changes: readonly PlannedChange[];
  /** What it is to be; for a deletion, what it was. */
  readonly spec: AppSpec;
  /** How it is carried out: `keep` touches no process that runs; `nothing` is left to do. */
  readonly by: 'nothing' | 'keep' | 'reload' | 'delete';
}

/** One reason to do something. */
export interface PlannedChange {
  /** A key, `env.<NAME>`, or `app` for the whole of it. */
  readonly what: string;
  readonly step: ApplyStep;
  readonly from: string;
  readonly to: string;
}

/** An app that is there, as a list has it. */
export interface PresentApp {
  readonly spec: AppSpec;
  readonly workers: readonly Pick<WorkerView, 'status' | 'finished' | 'generation'>[];
}

/**
 * The least that makes what runs equal to what a file says. `from`: the file, unless it is stdin. `prunes`: whether apps that were
 * applied from it before, and are not in `specs`, go.
 */
export function planApply(
  present: readonly PresentApp[],
  specs: readonly AppSpec[],
  { from, prunes }: { from: AppliedFrom | null; prunes: boolean },
): AppPlan[] {
  const known = new Map(present.map((app) => [appKey(app.spec), app]));
  const declared = new Set(specs.map(appKey));
  const isGone = ({ spec }: PresentApp) =>
    prunes && isSame(spec.appliedFrom, from) && spec.appliedFrom !== null && !declared.has(appKey(spec));
  return [
    ...present.filter(isGone).map(({ spec }) => planOf(spec, 'delete', [whole('delete', 'there', 'gone')])),
    ...specs.map((spec) => planFor(known.get(appKey(spec)), { ...spec, appliedFrom: from })),
  ];
}

/** What the daemon is asked for. Deletions come first: who comes may want the port of who goes. */
export function requestsOf(plans: readonly AppPlan[]): {
  readonly targets: readonly string[];
  readonly starts: readonly { readonly existing: 'keep' | 'reload'; readonly specs: readonly AppSpec[] }[];
} {
  const specsBy = (by: AppPlan['by']) => plans.filter((plan) => plan.by === by).map(({ spec }) => spec);
  const starts = (['keep', 'reload'] as const).map((existing) => ({ existing, specs: specsBy(existing) }));
  return { targets: specsBy('delete').map(appKey), starts: starts.filter(({ specs }) => specs.length > 0) };
}

function planFor(known: PresentApp | undefined, declared: AppSpec): AppPlan {
  if (known === undefined) {
    return planOf(declared, 'keep', [whole('start', 'not there', declared.autostart ? 'online' : 'stopped')]);
  }
  const spec = keepShellPart(known.spec, declared);
  const said = changesBetween({ ...known.spec, instances: known.workers.length }, spec);
  const changes = [...said.map((change) => ({ ...change, step: stepOf(change, spec) })), ...halfReloaded(known)];
  const rests = resting(known, spec);
  const replaces = changes.some(({ step }) => step === 'reload' || step === 'restart');
  if (known.workers.some(runs)) {
    if (replaces) return planOf(spec, 'reload', [...changes, ...rests]);
    const isNeeded = changes.length + rests.length > 0 || !isSame(known.spec.appliedFrom, spec.appliedFrom);
    // The code that runs is that of the version that was there when it was loaded.
    return planOf({ ...spec, version: known.spec.version }, isNeeded ? 'keep' : 'nothing', [...changes, ...rests]);
  }
  // Nothing runs that could be disturbed: what is new comes with the start, or with the next one.
  const starts = spec.autostart && (replaces || rests.length > 0);
  const calm = changes.map((change): PlannedChange => ({ ...change, step: starts ? 'start' : 'live' }));
  const isNeeded = calm.length > 0 || starts || !isSame(known.spec.appliedFrom, spec.appliedFrom);
  return planOf(spec, starts && replaces ? 'reload' : isNeeded ? 'keep' : 'nothing', [...calm, ...rests]);
}

function planOf(spec: AppSpec, by: AppPlan['by'], changes: readonly PlannedChange[]): AppPlan {
  const { name, namespace } = spec;
  const largest = Math.max(0, ...changes.map(({ step }) => STEPS.indexOf(step)));
  return { name, namespace, step: STEPS[largest] ?? 'none', changes, spec, by };
}

const whole = (step: ApplyStep, from: string, to: string): PlannedChange => ({ what: 'app', step, from, to });

/** Workers that were stopped by hand, or gave up, start again; what had ended by itself has done what it had to do. */
function resting({ workers }: PresentApp, { autostart }: AppSpec): PlannedChange[] {
  const statuses = workers.filter((worker) => !runs(worker) && !worker.finished).map(({ status }) => status);
  return autostart ? [...new Set(statuses)].map((status) => whole('start', status, 'online')) : [];
}

/** A reload that failed on its way has left workers of the new generation beside those of the old one. */
function halfReloaded({ workers }: PresentApp): PlannedChange[] {
  const generations = [...new Set(workers.filter(runs).map(({ generation }) => generation))].sort((a, b) => a - b);
  return generations.length > 1 ? [whole('reload', `generations ${generations.join(' and ')}`, 'one generation')] : [];
}

const RESTING: readonly Status[] = ['stopped', 'errored'];

const runs = ({ status }: { readonly status: Status }): boolean => !RESTING.includes(status);

function stepOf({ step }: KeyChange, { execMode }: AppSpec): ApplyStep {
  if (step === 'new app') return 'restart'; // a name is no difference between two declarations of one app
  return step === 'reload' && execMode === 'fork' ? 'restart' : step;
}

const isSame = (a: AppliedFrom | null, b: AppliedFrom | null): boolean =>
  a?.file === b?.file && a?.envName === b?.envName;
