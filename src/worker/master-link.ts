import { CONTROL_CMD, type FromWorker, type ToWorker } from './control-messages.ts';

/** The preload's end of the talk with the master, over the IPC channel the app uses too. */
export class MasterLink {
  readonly #send: NonNullable<typeof process.send>;

  /** Nothing here keeps the process alive: Node refs the channel for 'message' and 'disconnect' listeners only. */
  constructor(send: NonNullable<typeof process.send>, receive: (message: ToWorker) => void) {
    this.#send = send.bind(process); // as it is now: apps replace it
    process.on('internalMessage', (message: unknown) => {
      if (isToWorker(message)) receive(message);
    });
  }

  send(message: FromWorker): void {
    // With a callback, a channel that the app has closed is neither a throw nor an 'error' event.
    if (process.connected) this.#send(message, undefined, undefined, () => {});
  }
}

const isToWorker = (message: unknown): message is ToWorker =>
  typeof message === 'object' && message !== null && 'cmd' in message && message.cmd === CONTROL_CMD;
