import type { ChildProcess } from 'node:child_process';
import {
  CONTROL_CMD,
  type FromWorker,
  type OpenedInspector,
  type RequestCounts,
  type ToWorker,
} from '../worker/control-messages.ts';

/** The master's end of the talk with the preload inside a worker, over any child process that has an IPC channel. */
export class ControlChannel {
  readonly #process: ChildProcess;
  readonly #loaded: () => void;
  #inspectors: ((opened: OpenedInspector) => void)[] = [];
  #counts: RequestCounts = { served: 0, inFlight: 0 };
  readonly #drainEnd: Promise<'drained' | 'gone'>;
  #endDrain: (how: 'drained' | 'gone') => void = () => {};

  /** `loaded` is called when the script was loaded. */
  constructor(process: ChildProcess, loaded: () => void) {
    this.#process = process;
    this.#loaded = loaded;
    this.#drainEnd = new Promise((resolve) => {
      this.#endDrain = resolve;
    });
    process.on('internalMessage', (message: unknown) => this.#receive(message));
    const gone = () => {
      this.#endDrain('gone');
      this.#tellInspector({ reason: 'it has gone' });
    };
    process.once('exit', gone);
    process.once('disconnect', gone);
  }

  /** Counts requests from now on; those that are being answered count as taken. */
  startCounting(): void {
    this.#counts = { served: 0, inFlight: 0 };
    this.#send({ cmd: CONTROL_CMD, act: 'count' });
  }

  stopCounting(): void {
    this.#send({ cmd: CONTROL_CMD, act: 'stop-counting' });
  }

  /** What the worker reported last, at most 100 ms ago; final once it has drained or exited. */
  counts(): RequestCounts {
    return this.#counts;
  }

  /**
   * Asks the worker to finish what it has. Connections idle for longer than `idleGraceMs` are closed. Resolves when none is open
   * any more, or the worker or its channel is gone; never rejects, and has no deadline of its own.
   */
  drain({ idleGraceMs }: { idleGraceMs: number }): Promise<'drained' | 'gone'> {
    if (this.#process.connected) this.#send({ cmd: CONTROL_CMD, act: 'drain', idleGraceMs });
    else this.#endDrain('gone');
    return this.#drainEnd;
  }

  /** Opens the inspector of the worker, or finds it open. */
  openInspector(timeoutMs: number): Promise<OpenedInspector> {
    if (!this.#process.connected) return Promise.resolve({ reason: 'its IPC channel is closed' });
    this.#send({ cmd: CONTROL_CMD, act: 'inspect' });
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ reason: `it did not answer within ${timeoutMs} ms` }), timeoutMs);
      this.#inspectors.push((opened) => {
        clearTimeout(timer);
        resolve(opened);
      });
    });
  }

  #tellInspector(opened: OpenedInspector): void {
    for (const tell of this.#inspectors.splice(0)) tell(opened);
  }

  #send(message: ToWorker): void {
    if (this.#process.connected) this.#process.send(message, () => {}); // a channel that breaks is told by its events
  }

  #receive(message: unknown): void {
    if (!isFromWorker(message)) return;
    if (message.act === 'loaded') this.#loaded();
    else if (message.act === 'drained') this.#endDrain('drained');
    else if (message.act === 'inspecting') this.#tellInspector(message.opened);
    else this.#counts = { served: message.served, inFlight: message.inFlight };
  }
}

/** The app can send anything over its channel, so nothing is taken for granted. */
function isFromWorker(message: unknown): message is FromWorker {
  if (typeof message !== 'object' || message === null) return false;
  const { cmd, act, served, inFlight, opened } = message as { [field: string]: unknown }; // an object, checked above
  if (cmd !== CONTROL_CMD) return false;
  if (act === 'inspecting') return isOpenedInspector(opened);
  return act === 'loaded' || act === 'drained' || (act === 'counts' && isCount(served) && isCount(inFlight));
}

const isOpenedInspector = (value: unknown): value is OpenedInspector =>
  typeof value === 'object' &&
  value !== null &&
  (('url' in value && typeof value.url === 'string') || ('reason' in value && typeof value.reason === 'string'));

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
