import { uncountListener } from '../channel-reference.ts';

/** What an app does before it ends. */
export type ShutdownTask = (cause: NodeJS.Signals | 'message') => unknown;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs tasks when the process is asked to end, by a signal or by the message `shutdown`, all at once; then it ends as if nobody had
 * listened. Connections have been drained before that.
 */
export class Shutdown {
  readonly #tasks: ShutdownTask[] = [];
  #begun = false;

  add(task: ShutdownTask): void {
    this.#tasks.push(task);
    if (this.#tasks.length > 1) return;
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    process.on('message', this.#onMessage);
    uncountListener();
  }

  readonly #onSignal = (signal: NodeJS.Signals): void => void this.#run(signal, signal);

  readonly #onMessage = (message: unknown): void => {
    if (message === 'shutdown') void this.#run('message', 'SIGTERM');
  };

  async #run(cause: Parameters<ShutdownTask>[0], signal: NodeJS.Signals): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const ended = await Promise.allSettled(this.#tasks.map(async (task) => task(cause)));
    for (const end of ended) {
      if (end.status === 'rejected') process.emitWarning(`A shutdown task failed: ${String(end.reason)}`);
    }
    for (const one of SIGNALS) process.removeListener(one, this.#onSignal);
    process.removeListener('message', this.#onMessage);
    process.kill(process.pid, signal);
  }
}
