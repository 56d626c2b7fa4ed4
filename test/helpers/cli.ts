import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until.ts';

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliPlan {
  readonly bin: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Written to stdin, which is closed at once otherwise. */
  readonly input?: string;
}

/** One run of the command line, from spawn to exit; what it printed so far can be read and waited for. */
export class CliRun {
  readonly child: ChildProcess;
  readonly args: readonly string[];
  /** Never rejects. */
  readonly done: Promise<CliResult>;
  stdout = '';
  stderr = '';

  constructor({ bin, args, cwd, env, input }: CliPlan) {
    this.args = args;
    this.child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stdout += chunk;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
    });
    this.child.stdin?.on('error', () => {}); // it may exit before it has read everything
    this.child.stdin?.end(input);
    this.done = once(this.child, 'close').then(([code, signal]) => ({
      code,
      signal,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until its stdout matches. */
  async prints(pattern: RegExp, ms?: number): Promise<RegExpMatchArray> {
    return until(`"pm ${this.args.join(' ')}" to print ${pattern}`, () => this.stdout.match(pattern) ?? undefined, {
      ...(ms ? { ms } : {}),
      evidence: () => this.transcript(),
    });
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.child.kill(signal);
  }

  transcript(): string {
    const end = this.running ? 'still running' : `exit ${this.child.exitCode ?? this.child.signalCode}`;
    const parts = [
      `$ pm ${this.args.join(' ')}   (${end})`,
      clip(this.stdout),
      this.stderr && `stderr: ${clip(this.stderr)}`,
    ];
    return parts.filter((part) => part !== '').join('\n');
  }
}

const MAX_TEXT = 3_000;
const MAX_LINE = 400;

/** What a reader of a failure can take in: the last lines, none of them endless. */
export function clip(text: string): string {
  const lines = text
    .slice(-MAX_TEXT * 10)
    .split('\n')
    .slice(-40);
  return lines
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}... (${line.length})` : line))
    .join('\n')
    .slice(-MAX_TEXT);
}
