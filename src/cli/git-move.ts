import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findDefaultEcosystemFile } from '../config/ecosystem-files.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { matchTarget } from '../shared/target.ts';
import type { Session } from './command.ts';
import { notFound } from './named-workers.ts';
import { runTool } from './run-tool.ts';

/** Runs git in the repository of an app. Resolves with what it printed; fails with what it said. */
export type Git = (...args: string[]) => Promise<string>;

/**
 * Moves the repository that an app runs from to another commit. If that made a difference, its `post_update` is run and the app
 * reloaded. Gives the exit code.
 */
export async function moveAndReload(
  name: string,
  move: (git: Git) => Promise<void>,
  session: Session,
): Promise<number> {
  const { ask, out } = session;
  const listed = await ask('app.list', { env: false });
  if (!listed.ok) return out.problem(listed.problem);
  const app = matchTarget(listed.value, name)[0]?.app;
  if (!app) return out.problem(notFound(name, listed.value));
  const git = gitIn(app.spec.cwd);
  try {
    const before = await git('rev-parse', 'HEAD');
    await move(git);
    const after = await git('log', '-1', '--format=%h %s');
    if ((await git('rev-parse', 'HEAD')) === before) {
      out.note(`Already up to date: ${after}`);
      return 0;
    }
    out.note(`${app.spec.cwd} is at ${after}`);
  } catch (error) {
    const message = `git in ${app.spec.cwd}: ${reasonOf(error)}`;
    return out.problem(problem('usage/invalid', { message, hint: 'Nothing was reloaded.' }));
  }
  const updated = await runPostUpdate(app.spec, session);
  if (!updated.ok)
    return out.problem({ ...updated.problem, hint: `Nothing was reloaded. Once it is mended: pm reload ${name}` });
  const { default: reload } = await import('./commands/reload.ts');
  return reload.run({ operands: [name], options: {}, appArgs: null }, session);
}

/** Of the file that declares the app, as it is at the new commit: that which it was started from, or one beside it. */
async function runPostUpdate({ name, cwd, configFile }: AppSpec, { out }: Session): Promise<Outcome<null>> {
  const { readPostUpdate } = await import('../config/ecosystem.ts'); // with its parsers, larger than all else
  const beside = [findDefaultEcosystemFile(cwd), join(cwd, 'process.json'), join(cwd, 'package.json')];
  for (const file of [configFile, ...beside]) {
    if (!file || !existsSync(file)) continue;
    const commands = await readPostUpdate(file, name);
    if (!commands.ok) return commands;
    for (const command of commands.value) {
      out.note(`post_update: ${command}`);
      const run = await runTool('sh', ['-c', command], { cwd });
      if (!run.ok) return run;
    }
    if (commands.value.length > 0) break;
  }
  return succeed(null);
}

const gitIn =
  (cwd: string): Git =>
  async (...args) => {
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
    return (await promisify(execFile)('git', args, { cwd, env })).stdout.trim();
  };

function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
  return said || (error instanceof Error ? error.message : String(error));
}
