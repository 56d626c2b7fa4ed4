import { access, chmod, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MAX_SOCKET_PATH_BYTES, masterSocket, type Paths } from '../shared/paths.ts';
import { type Problem, problem } from '../shared/problems.ts';

/** Makes the home, private to its user. Returns why it cannot be used. */
export async function prepareHome(paths: Paths): Promise<Problem | null> {
  const { home } = paths;
  // The longest of the sockets that are always there; a master of a pool with a long name is checked when it is started.
  const longest = [paths.daemonSocket, masterSocket(paths, 'fork')].sort((a, b) => b.length - a.length)[0] ?? '';
  const bytes = Buffer.byteLength(longest);
  if (bytes > MAX_SOCKET_PATH_BYTES) {
    return problem('home/path-too-long', { path: longest, bytes, maxBytes: MAX_SOCKET_PATH_BYTES });
  }
  try {
    await makeFolder(home, 0o700);
    const { mode, uid } = await stat(home);
    if ((mode & 0o077) !== 0 && uid === process.getuid?.()) await chmod(home, 0o700);
    for (const file of [paths.daemonLog, paths.daemonPid, paths.dump, paths.settings]) await makeFolder(dirname(file));
    await access(home, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return problem('home/not-writable', { home, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** mkdir -p. The one of fs.mkdir never ends below a folder where nothing can be made, such as /proc (Node 20 to 26). */
async function makeFolder(path: string, mode?: number): Promise<void> {
  if (await isFolder(path)) return;
  if (!(await isFolder(dirname(path)))) await makeFolder(dirname(path));
  try {
    await mkdir(path, mode);
  } catch (error) {
    if (!(await isFolder(path))) throw error; // else somebody else made it meanwhile
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
