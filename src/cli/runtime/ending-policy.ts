import type { DaemonEvent, ListedApp } from '../../protocol/messages.ts';
import { sayDuration } from '../../shared/duration.ts';
import type { ExitInfo, WorkerView } from '../../shared/worker-view.ts';

/** What became of a container's work: the exit code of the first worker that failed, or the signal that ended it; 0 when none did. */
export type End = number | NodeJS.Signals;

/** What a person should hear. */
export interface Notice {
  readonly says: string;
  /** Whether this program replaced an app of its own accord: the first worker of it. */
  readonly isRenewal: boolean;
}

/** Follows the workers, to say when there is nothing left to run, and what a person should hear meanwhile. */
export class WorkersLeft {
  readonly #workers = new Map<number, { readonly name: string; readonly view: WorkerView }>();
  readonly #names = new Map<string, string>();

  learn(apps: readonly ListedApp[]): void {
    this.#workers.clear();
    for (const { spec, workers } of apps) {
      this.#names.set(`${spec.namespace}/${spec.name}`, spec.name);
      for (const view of workers) this.#workers.set(view.pmId, { name: spec.name, view });
    }
  }

  /** When an app was started again or given up, which nobody asked for. */
  hear(event: DaemonEvent): Notice | null {
    if (event.type === 'worker-removed') this.#workers.delete(event.pmId);
    if (event.type !== 'worker-changed') return null;
    const { app, worker: view } = event;
    const before = this.#workers.get(view.pmId)?.view;
    const name = this.#names.get(app) ?? app;
    this.#workers.set(view.pmId, { name, view });
    return before ? noticeOf(name, before, view) : null;
  }

  /** null: something runs, or may run again. An app that was stopped by hand may; one that was never started is not waited for. */
  get end(): End | null {
    const views = [...this.#workers.values()].map(({ view }) => view);
    const gone = views.filter(isGone);
    const isOver = views.every((view) => isGone(view) || (view.status === 'stopped' && view.lastExit === null));
    if (!isOver || (gone.length === 0 && views.length > 0)) return null;
    const inOrder = gone.sort((a, b) => (a.lastExit?.at ?? 0) - (b.lastExit?.at ?? 0));
    return inOrder.map(endOf).find((end) => end !== 0) ?? 0;
  }
}

const isGone = ({ status, finished }: WorkerView): boolean =>
  status === 'errored' || (status === 'stopped' && finished);

/** A worker that was given up has failed, whatever it exited with. */
function endOf({ status, lastExit }: WorkerView): End {
  const end = lastExit?.signal ?? lastExit?.code ?? 1;
  return end === 0 && status === 'errored' ? 1 : end;
}

function noticeOf(name: string, before: WorkerView, after: WorkerView): Notice | null {
  const { pmId, slot, restartCause } = after;
  if (restartCause !== null && restartCause.at !== before.restartCause?.at) {
    return { says: `"${name}" (${pmId}) is started anew. ${restartCause.says}`, isRenewal: slot === 0 };
  }
  const says = saidOfExit(name, before, after);
  return says === null ? null : { says, isRenewal: false };
}

function saidOfExit(name: string, before: WorkerView, after: WorkerView): string | null {
  const { status, pmId, lastExit, restartDueAt } = after;
  const ran = before.status === 'online' || before.status === 'launching';
  if (!ran || lastExit === null || lastExit.at === before.lastExit?.at) return null;
  const worker = `"${name}" (${pmId}) ${sayExit(lastExit)}`;
  if (status === 'errored') return `${worker}, and was given up.`;
  if (status === 'launching') return `${worker}, and is started again.`;
  if (status !== 'waiting restart' || restartDueAt === null) return null;
  return `${worker}, and is started again in ${sayDuration(restartDueAt - lastExit.at)}.`;
}

function sayExit({ code, signal, spawnError }: ExitInfo): string {
  if (spawnError !== undefined) return `could not be started: ${spawnError}`;
  return signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
}
