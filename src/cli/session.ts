import { isatty } from 'node:tty';
import { Client } from '../protocol/client.ts';
import type { DaemonEvent, DaemonRequests } from '../protocol/messages.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import { type Paths, pathsOf } from '../shared/paths.ts';
import { VERSION } from '../shared/version.ts';
import type { Session } from './command.ts';
import { Output } from './output/output.ts';
import { type Paint, plain, wantsColor } from './output/paint.ts';

type DaemonClient = Client<DaemonRequests, DaemonEvent>;

export type OpenSession = typeof openSession;

/** Opens what a command may use. Nothing is connected, started or listened for until the command asks. */
export async function openSession(argv: readonly string[], { silent }: { silent: boolean }): Promise<Session> {
  const paths = pathsOf(process.env);
  const out = await openOutput(argv, silent || isOn(process.env.PM2_SILENT));
  let client: Promise<Outcome<DaemonClient>> | undefined;
  const open = async (): Promise<Outcome<DaemonClient>> => {
    const connected = await connect(paths, out);
    if (!connected.ok) return connected;
    const { daemon, isNew } = connected.value;
    daemon.onClose(() => {
      client = undefined; // the next question is for the daemon that took over
    });
    void tellOfDaemon(daemon, paths, out);
    if (isNew) await launchModules({ ...session, ask: (method, params) => daemon.call(method, params) });
    return succeed(daemon);
  };
  const session: Session = {
    env: process.env,
    cwd: process.cwd(),
    paths,
    out,
    async ask(method, params, signal) {
      client ??= open();
      const connected = await client;
      return connected.ok ? connected.value.call(method, params, signal ? { signal } : {}) : connected;
    },
    interrupted: abortedByInterrupt,
  };
  return session;
}

/** A daemon answers within milliseconds; on a machine that is swamped, within seconds. */
const SILENT_MS = 5000;

const isOn = (value = ''): boolean => !['', '0', 'false'].includes(value);

async function openOutput(argv: readonly string[], silent: boolean): Promise<Output> {
  const [paint, errorPaint] = await Promise.all([paintFor(1, argv), paintFor(2, argv)]);
  const streams = {
    stdout: process.stdout,
    get stderr() {
      return stderr();
    },
  };
  return new Output({ streams, paint, errorPaint, silent });
}

async function paintFor(fd: 1 | 2, argv: readonly string[]): Promise<Paint> {
  if (!wantsColor(isatty(fd), process.env, argv)) return plain;
  return (await import('./output/chalk-paint.ts')).chalkPaint;
}

/** Who reads our errors may be gone (`pm ls 2>&1 | head -1`): then nobody is to be told of that. */
const stderr = (): NodeJS.WriteStream =>
  process.stderr.listenerCount('error') > 0 ? process.stderr : process.stderr.on('error', () => {});

async function connect(paths: Paths, out: Output): Promise<Outcome<{ daemon: DaemonClient; isNew: boolean }>> {
  const client = await Client.connect<DaemonRequests, DaemonEvent>(paths.daemonSocket);
  if (client.ok) return succeed({ daemon: client.value, isNew: false });
  const { startDaemon } = await import('../protocol/spawn-daemon.ts');
  let isNew = false;
  const daemon = await startDaemon(paths, (notice) => {
    isNew = true;
    out.progress(notice);
  });
  return daemon.ok ? succeed({ daemon: daemon.value, isNew }) : daemon;
}

/** Loaded for a new daemon only. */
async function launchModules(session: Session): Promise<void> {
  await (await import('./modules/launch-modules.ts')).launchModules(session);
}

/** An old daemon may not know what this command asks. Costs no time: the answer comes before that to the command's own question. */
async function tellOfDaemon(client: DaemonClient, paths: Paths, out: Output): Promise<void> {
  // A script neither reads this nor types it; and the first timer of a process takes a while to set up.
  const silence = isatty(2) ? setTimeout(() => void tellOfSilence(paths, out), SILENT_MS) : undefined;
  const daemon = await client.call('daemon.ping', {});
  clearTimeout(silence);
  if (!daemon.ok || daemon.value.version === VERSION) return;
  out.progress(`The daemon is of version ${daemon.value.version}, this command of ${VERSION}.`);
  out.progress('"pm update" replaces the daemon; apps run on.');
}

async function tellOfSilence({ daemonPid }: Paths, out: Output): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const pid = await readFile(daemonPid, 'utf8').catch(() => '<pid>');
  out.progress(`The daemon has not answered for ${SILENT_MS / 1000} s. If it hangs, "kill -9 ${pid.trim()}" ends it:`);
  out.progress('apps run on, and another daemon takes over.');
}

/** Ends by itself when the process does. A second Ctrl-C is not waited for. */
function abortedByInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
