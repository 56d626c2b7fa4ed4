import { readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** The file that the user's interactive shell reads when it starts, or undefined: the shell is neither bash nor zsh. */
export function startFileOf(env: NodeJS.ProcessEnv, home: string): string | undefined {
  const shell = basename(env.SHELL ?? '');
  if (shell === 'zsh') return join(env.ZDOTDIR || home, '.zshrc');
  return shell === 'bash' ? join(home, '.bashrc') : undefined;
}

/** Replaces what a file holds as a whole; a link to it stays one, and its mode stays. Returns whether anything changed. */
export async function editFile(path: string, edit: (text: string) => string): Promise<boolean> {
  const target = await realpath(path).catch(() => path);
  const text = await readFile(target, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const edited = edit(text);
  if (edited === text) return false;
  const mode = await stat(target).then(
    (found) => found.mode & 0o7777,
    () => 0o644,
  );
  const temporary = `${target}.pm-new`;
  await writeFile(temporary, edited, { mode });
  await rename(temporary, target);
  return true;
}
