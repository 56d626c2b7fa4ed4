import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import type { Rig } from './rig.ts';
import { until } from './until.ts';

/** A shell in a real terminal of its own (tmux), where `pm` is the one under test. `await using` ends it, before its rig. */
export class Terminal {
  readonly #rig: Rig;
  readonly #socket = `pm-test-${randomUUID()}`;

  private constructor(rig: Rig) {
    this.#rig = rig;
  }

  static async open(rig: Rig, { width, height }: { width: number; height: number }): Promise<Terminal> {
    const terminal = new Terminal(rig);
    await rig.write('.shell', `pm() { "${process.execPath}" "${inject('pmBin')}" "$@"; }\nPS1='ready> '\n`);
    const size = ['-x', String(width), '-y', String(height)];
    await terminal.#tmux('new-session', '-d', ...size, `ENV=${rig.work}/.shell sh -i`);
    await terminal.shows(/^ready>$/m).catch(async (error) => {
      await terminal[Symbol.asyncDispose]();
      throw error;
    });
    return terminal;
  }

  /** Types a line into the shell. */
  async run(command: string): Promise<void> {
    await this.#tmux('send-keys', '-l', command);
    await this.press('Enter');
  }

  /** Presses keys by their tmux names, one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#tmux('send-keys', '--', key);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#tmux('resize-window', '-x', String(width), '-y', String(height));
  }

  /** The lines on the screen. */
  async lines(): Promise<string[]> {
    return (await this.#tmux('capture-pane', '-p')).replace(/\n$/, '').split('\n');
  }

  async text(): Promise<string> {
    return (await this.lines()).join('\n');
  }

  /** Waits until the screen matches, and returns the match. */
  async shows(pattern: RegExp, ms?: number): Promise<RegExpMatchArray> {
    return this.until(`the screen to show ${pattern}`, async () => (await this.text()).match(pattern) ?? undefined, ms);
  }

  /** Waits for a condition; what is on the screen is printed when it does not come. */
  until<T>(what: string, probe: () => Promise<T | undefined | false>, ms?: number): Promise<T> {
    const evidence = async () => `${await this.text()}\n${this.#rig.transcript()}`;
    return until(what, probe, { ...(ms ? { ms } : {}), evidence });
  }

  /** Whether the alternate screen is on, and the cursor is seen. */
  async modes(): Promise<{ alternate: boolean; cursor: boolean }> {
    const flags = await this.#tmux('display-message', '-p', '#{alternate_on}#{cursor_flag}');
    return { alternate: flags[0] === '1', cursor: flags[1] === '1' };
  }

  /** What tmux's own process is. */
  async #serverPid(): Promise<number> {
    return Number(await this.#tmux('display-message', '-p', '#{pid}'));
  }

  async #tmux(...args: readonly string[]): Promise<string> {
    const plan = ['-u', '-f', '/dev/null', '-L', this.#socket, ...args];
    const { stdout } = await promisify(execFile)('tmux', plan, { cwd: this.#rig.work, env: this.#env() });
    return stdout;
  }

  #env(): Record<string, string> {
    return { ...this.#rig.env, TERM: 'xterm-256color', TMUX_TMPDIR: this.#rig.work };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pid = await this.#serverPid();
    await this.#tmux('kill-server');
    await until('tmux to be gone', () => !isAlive(pid));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
