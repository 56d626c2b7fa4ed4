import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minimalEnvironment } from '../measure/command.ts';
import { running } from './interruption.ts';

const clusterScript = fileURLToPath(new URL('../apps/bare-cluster.js', import.meta.url));

/** Node with no manager at all: what a manager is compared with. */
export class BareNode implements AsyncDisposable {
  readonly #child: ChildProcess;

  private constructor(args: readonly string[], env: Record<string, string>, outFile = '/dev/null') {
    const output = openSync(outFile, 'a');
    this.#child = spawn(process.execPath, args, {
      env: { ...minimalEnvironment('/'), ...env },
      stdio: ['ignore', output, 'ignore'],
      detached: true, // a session and so a share of the CPU of its own (sched_autogroup), as what the managers start has
    });
    closeSync(output);
    running.add(this);
  }

  /** `node app.js` */
  static script(script: string, port: number): BareNode {
    return new BareNode([script], { PORT: String(port) });
  }

  /** The same script behind `node:cluster`, its output in `outFile`. Its workers end when their IPC channel does. */
  static cluster(script: string, port: number, instances: number, outFile?: string): BareNode {
    return new BareNode([clusterScript, script], { PORT: String(port), INSTANCES: String(instances) }, outFile);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    running.delete(this);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.kill();
    await exited;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
