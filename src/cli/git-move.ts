import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { problem } from '../shared/problems.ts';
import { matchTarget } from '../shared/target.ts';
import type { Session } from './command.ts';
import { notFound } from './named-workers.ts';

/** Runs git in the repository of an app. Resolves with what it printed; fails with what it said. */
export type Git = (...args: string[]) => Promise<string>;

/** Moves the repository that an app runs from to another commit, and reloads the app if that made a difference. Gives the exit code. */
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
  const { default: reload } = await import('./commands/reload.ts');
  return reload.run({ operands: [name], options: {}, appArgs: null }, session);
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
