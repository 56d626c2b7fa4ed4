import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { NO_REPORT, type WorkerReport } from '../shared/worker-report.ts';
import type { Slot } from './slot.ts';
import type { WorkerProcess } from './worker-process.ts';

/** A worker whose event loop is blocked cannot open its inspector. */
const INSPECTOR_MS = 5000;

/** What workers say about themselves; those that say nothing are left out. */
export function reportsOf(slots: readonly Slot[]): { pmId: number; report: WorkerReport }[] {
  return slots.flatMap(({ process, site: { pmId } }) => {
    const report = process?.inbox.report ?? NO_REPORT;
    return report === NO_REPORT ? [] : [{ pmId, report }];
  });
}

/** Has actions of several workers run, and waits for what they give back. A worker without the action is left out of it. */
export async function triggerIn(
  slots: readonly Slot[],
  { action, param, timeoutMs }: { action: string; param?: string; timeoutMs: number },
): Promise<{ pmId: number; outcome: Outcome<unknown> }[]> {
  return Promise.all(
    slots.map(async (slot) => {
      const running = processOf(slot);
      if (!running.ok) return { pmId: slot.site.pmId, outcome: running };
      return {
        pmId: slot.site.pmId,
        outcome: await trigger(running.value, slot.site.pmId, { action, param, timeoutMs }),
      };
    }),
  );
}

function trigger(
  process: WorkerProcess,
  pmId: number,
  { action, param, timeoutMs }: { action: string; param: string | undefined; timeoutMs: number },
): Promise<Outcome<unknown>> {
  const { name } = process.spec;
  const known = process.inbox.report.actions.map(({ action_name }) => action_name);
  if (!known.includes(action)) return Promise.resolve(fail(problem('action/unknown', { name, action, known })));
  return new Promise((resolve) => {
    const settle = (outcome: Outcome<unknown>) => {
      clearTimeout(timer);
      stopListening();
      resolve(outcome);
    };
    const stopListening = process.inbox.onReply((replied, value) => {
      if (replied === action) settle(succeed(value));
    });
    const timer = setTimeout(
      () => settle(fail(problem('action/timeout', { name, pmId, action, timeoutMs }))),
      timeoutMs,
    );
    void process.exited.then(() => settle(fail(problem('worker/not-running', { name, pmId }))));
    // PM2's two forms (reference 6.4).
    if (!process.send(param === undefined ? action : { msg: action, opts: param })) {
      settle(fail(problem('worker/no-channel', { name, pmId })));
    }
  });
}

/** Sends a signal to the processes themselves; gives the ids of those that run. */
export function signalAll(slots: readonly Slot[], signal: NodeJS.Signals): number[] {
  return slots.flatMap((slot) => (slot.process?.signal(signal) ? [slot.site.pmId] : []));
}

export function sendTo(slot: Slot, message: unknown): Outcome<Record<string, never>> {
  const running = processOf(slot);
  if (!running.ok) return running;
  if (running.value.send(message)) return succeed({});
  return fail(problem('worker/no-channel', { name: running.value.spec.name, pmId: slot.site.pmId }));
}

export function typeInto(slot: Slot, text: string): Outcome<Record<string, never>> {
  const running = processOf(slot);
  if (!running.ok) return running;
  if (running.value.type(text)) return succeed({});
  return fail(problem('worker/no-stdin', { name: running.value.spec.name, pmId: slot.site.pmId }));
}

/** Opens the inspector of each worker; the url is for debuggers. */
export async function inspectAll(slots: readonly Slot[]): Promise<{ pmId: number; outcome: Outcome<string> }[]> {
  return Promise.all(slots.map(async (slot) => ({ pmId: slot.site.pmId, outcome: await inspect(slot) })));
}

async function inspect(slot: Slot): Promise<Outcome<string>> {
  const running = processOf(slot);
  if (!running.ok) return running;
  const at = { name: running.value.spec.name, pmId: slot.site.pmId };
  const { control } = running.value;
  if (control === null) return fail(problem('worker/no-inspector', { ...at, reason: 'it is not run by Node' }));
  const opened = await control.openInspector(INSPECTOR_MS);
  return 'url' in opened ? succeed(opened.url) : fail(problem('worker/no-inspector', { ...at, reason: opened.reason }));
}

function processOf({ process, site: { name, pmId } }: Slot): Outcome<WorkerProcess> {
  if (process !== null) return succeed(process);
  return fail(problem('worker/not-running', { name, pmId }));
}
