import type { DaemonRequests } from '../protocol/messages.ts';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import type { Outcome } from '../shared/outcome.ts';
import type { Session } from './command.ts';
import { announce, printDone, printFailures, printReceipt, type Results } from './output/reports.ts';

type Existing = DaemonRequests['app.start']['params']['existing'];

/** What a part of a command came to. */
export interface Done {
  readonly exitCode: number;
  /** Whether the list may look different now. */
  readonly acted: boolean;
}

/** Starts the apps of a definition; those that are there already are restarted or reloaded with their new declaration. */
export async function declareApps(
  specs: readonly AppSpec[],
  { existing, ...bound }: { existing: Exclude<Existing, 'refuse'>; parallel?: number },
  session: Session,
): Promise<Done> {
  const { ask, out } = session;
  const listed = await ask('app.list', { env: false });
  if (!listed.ok) return { exitCode: out.problem(listed.problem), acted: false };
  const known = new Map(listed.value.map((app) => [appKey(app.spec), app]));
  const missing = specs.filter((spec) => !known.has(appKey(spec)));
  if (missing.length > 0) {
    out.warn(`Applications ${missing.map(({ name }) => name).join(', ')} not running, starting...`);
  }
  for (const app of specs.flatMap((spec) => known.get(appKey(spec)) ?? [])) {
    announce(out, `${existing}ProcessId`, { typed: app.spec.name, pmIds: app.workers.map(({ pmId }) => pmId) });
  }
  const signal = existing === 'reload' ? session.interrupted() : undefined;
  const reply = await ask('app.start', { specs, existing, ...bound }, signal);
  const exitCode = printStarted(reply, missing, session);
  return { exitCode: signal?.aborted ? 130 : exitCode, acted: reply.ok };
}

/** Prints new apps in one line each, as PM2 does, the others worker by worker, then what failed. Gives the exit code. */
function printStarted(reply: Outcome<Results>, missing: readonly AppSpec[], { out }: Session): number {
  if (!reply.ok) return out.problem(reply.problem);
  const fresh = new Set(missing.map(appKey));
  for (const report of reply.value.reports) {
    if ('kind' in report) printReceipt(out, report);
    else if (!fresh.has(appKey(report))) printDone(out, report);
    else if (report.workers.every(({ outcome }) => outcome.ok))
      out.note(`App [${report.name}] launched (${report.workers.length} instances)`);
  }
  return printFailures(out, reply.value);
}
