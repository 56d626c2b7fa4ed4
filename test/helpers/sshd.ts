import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { acceptsConnections } from './http.ts';
import { until } from './until.ts';

const PROGRAM = '/usr/sbin/sshd';

export const hasSshd = existsSync(PROGRAM);

/** An ssh server of this machine alone, with keys of its own, that lets one key in. `await using` ends it. */
export class Sshd {
  readonly port: number;
  /** Private key that is let in. */
  readonly key: string;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(parts: { port: number; key: string; folder: string; child: ChildProcess }) {
    this.port = parts.port;
    this.key = parts.key;
    this.#folder = parts.folder;
    this.#child = parts.child;
  }

  /** `home` is HOME of those who log in. */
  static async start(home: string): Promise<Sshd> {
    const folder = await mkdtemp(join(tmpdir(), 'pm-sshd-'));
    for (const name of ['host', 'user']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    }
    await copyFile(join(folder, 'user.pub'), join(folder, 'authorized'));
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true }); // where it lets a part of itself be jailed
    const port = await freePort();
    const options = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized')}`,
      'StrictModes no',
      'PasswordAuthentication no',
      'UsePAM no',
      'PidFile none',
      `SetEnv HOME=${home}`,
    ];
    const child = spawn(PROGRAM, ['-D', '-e', '-f', '/dev/null', ...options.flatMap((option) => ['-o', option])], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await until('sshd to listen', () => acceptsConnections(port), { evidence: () => said });
    return new Sshd({ port, key: join(folder, 'user'), folder, child });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
