import { type AppSpec, appKey } from '../shared/app-spec.ts';
import type { Session } from './command.ts';
import type { Done } from './declare-apps.ts';
import { printFailures } from './output/reports.ts';

/**
 * Starts more workers of an app that is declared as it runs: what PM2's `--force` comes to. undefined: it does not run, or is declared
 * otherwise, which is said.
 */
export async function startAnother(spec: AppSpec, { ask, out }: Session): Promise<Done | undefined> {
  const listed = await ask('app.list', { env: true });
  const known = listed.ok ? listed.value.find((app) => appKey(app.spec) === appKey(spec)) : undefined;
  if (!known?.workers.some(({ status }) => status === 'online' || status === 'launching')) return undefined;
  const [{ changesBetween }, { keepShellPart }] = await Promise.all([
    import('../config/spec-changes.ts'),
    import('../config/kept-environment.ts'),
  ]);
  const changes = changesBetween({ ...known.spec, instances: spec.instances }, keepShellPart(known.spec, spec));
  if (changes.length > 0) {
    out.warn(
      `"${spec.name}" is declared otherwise now, and restarted so. With another --name it is an app of its own.`,
    );
    return undefined;
  }
  const reply = await ask('app.scale', { target: appKey(spec), by: spec.instances });
  if (!reply.ok) return { exitCode: out.problem(reply.problem), acted: false };
  const exitCode = printFailures(out, reply.value);
  if (exitCode === 0) out.note('Done.');
  return { exitCode, acted: true };
}
