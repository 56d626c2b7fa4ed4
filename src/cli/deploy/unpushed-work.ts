import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What of the repository in a folder the machines could not fetch; null: nothing, or the folder is in none. */
export async function unpushedWork(cwd: string): Promise<string | null> {
  if ((await git(cwd, 'rev-parse', '--is-inside-work-tree')) !== 'true') return null;
  const changed = await git(cwd, 'status', '--porcelain', '--untracked-files=no');
  if (changed) return 'A change that is not committed';
  const ahead = await git(cwd, 'rev-list', '--count', '@{upstream}..HEAD'); // null: no branch of a remote to compare with
  return ahead === null || ahead === '0' ? null : 'A commit that is not pushed';
}

/** null: it failed. */
async function git(cwd: string, ...args: readonly string[]): Promise<string | null> {
  return promisify(execFile)('git', args, { cwd }).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
}
