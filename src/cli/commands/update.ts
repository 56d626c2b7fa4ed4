import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { KeptMaster } from '../../protocol/messages.ts';
import { fail } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { VERSION } from '../../shared/version.ts';
import { defineCommand, type Session } from '../command.ts';
import { showList } from '../output/show-list.ts';

const TAKES_MS = 20_000;
const RETRY_MS = 20;

export default defineCommand({
  summary: 'Replace the daemon by one of the installed version; apps run on',
  operandsHelp:
    'The process that holds the ports of an app keeps its version until the app is deleted and started again.',
  example: ['pm update', 'after "npm install -g": same pids, no request lost'],
  run: async (_input, session) => {
    const { ask, out } = session;
    const former = await ask('daemon.ping', {});
    if (!former.ok) return out.problem(former.problem);
    out.note(`Updating the daemon from ${former.value.version} to ${VERSION}`);
    const daemonFile = join(__dirname, 'daemon.cjs');
    const leaving = await ask('daemon.replace', { node: process.execPath, daemonFile });
    if (!leaving.ok) return out.problem(leaving.problem);
    const next = await nextDaemon(former.value.pid, session);
    if (!next.ok) return out.problem(next.problem);
    if (next.value.version !== VERSION) {
      out.warn(`A daemon of version ${next.value.version} was faster. Type "pm update" again.`);
      return 1;
    }
    await showList(session);
    sayKept(leaving.value.masters, session);
    out.line('>>>>>>>>>> PM2 updated');
    return 0;
  },
});

/** Waits for another pid in the file before it asks: a question may start a daemon, and the former one is about to. */
async function nextDaemon(formerPid: number, { ask, paths }: Session) {
  for (const deadlineAt = Date.now() + TAKES_MS; ; await delay(RETRY_MS)) {
    const isLate = Date.now() > deadlineAt;
    const pid = Number(await readFile(paths.daemonPid, 'utf8').catch(() => formerPid));
    if (pid === formerPid && !isLate) continue;
    const next = await ask('daemon.ping', {});
    if (next.ok ? next.value.pid !== formerPid : next.problem.code !== 'daemon/lost') return next;
    if (isLate) return fail(problem('daemon/not-replaced', { pid: formerPid, afterMs: TAKES_MS }));
  }
}

/** Where an update is not complete. */
function sayKept(masters: readonly KeptMaster[], { out }: Session): void {
  for (const { apps, version } of masters) {
    if (version === VERSION) continue;
    const names = apps.map((name) => `"${name}"`).join(', ');
    out.note(`${names} run on under a master of version ${version}; "pm delete" and "pm start" replace it as well.`);
  }
}
