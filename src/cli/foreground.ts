import { appKey } from '../shared/app-spec.ts';
import type { Session } from './command.ts';
import { showLogs } from './logs/show-logs.ts';
import { forgetUnlessRunning } from './something-runs.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * Runs a command that starts apps, and stays with them: prints what they print until SIGINT or SIGTERM comes, and ends them then. Apps that
 * ran before are left alone; without any, the daemon ends too. Gives the exit code: that of the command when it has failed.
 */
export async function runInForeground(run: (session: Session) => Promise<number>, session: Session): Promise<number> {
  const { ask, out } = session;
  await forgetUnlessRunning(session.paths);
  const before = await ask('app.list', { env: false });
  if (!before.ok) return out.problem(before.problem);
  const interrupted = session.interrupted();
  const output = await followOutput(session);
  const exitCode = await run({ ...session, interrupted: () => interrupted });
  if (exitCode === 0) await untilAborted(interrupted);
  const ended = await endOthers(new Set(before.value.map(({ spec }) => appKey(spec))), session);
  await output.end();
  return ended || exitCode;
}

/** Resolves once nothing that an app prints is missed. */
async function followOutput(session: Session): Promise<{ end(): Promise<unknown> }> {
  const ending = new AbortController();
  let onFollowing = () => {};
  const begun = new Promise<void>((resolve) => {
    onFollowing = resolve;
  });
  const shown = showLogs(
    {
      targets: [],
      lines: 0,
      follow: true,
      streams: ['out', 'err'],
      form: { kind: 'labelled', timestamp: null, highlight: null },
      merged: false,
      choice: { since: null, until: null, grep: null },
      ofAppsOnly: true,
    },
    { ...session, interrupted: () => ending.signal },
    onFollowing,
  );
  await Promise.race([begun, shown]);
  return {
    end() {
      ending.abort();
      return shown;
    },
  };
}

async function endOthers(kept: ReadonlySet<string>, { ask, out }: Session): Promise<number> {
  const apps = await ask('app.list', { env: false });
  if (!apps.ok) return out.problem(apps.problem);
  const keys = apps.value.map(({ spec }) => appKey(spec));
  const targets = keys.filter((key) => !kept.has(key));
  const reply = kept.size === 0 ? await ask('daemon.kill', {}) : await ask('app.delete', { targets });
  return reply.ok ? 0 : out.problem(reply.problem);
}
