import { CONTROL_CMD } from '../control-messages.ts';
import type { FromLibrary, StateRequest, ToLibrary } from '../library-messages.ts';

/** A master that is alive answers at once. The timer also keeps a program alive that waits for nothing else. */
const ANSWER_MS = 10_000;

/** The library's end of the talk with the master. Without a master, as when the app is run by hand, nothing is sent. */
export class Channel {
  readonly #pending = new Map<number, { settle(value: unknown): void; refuse(error: Error): void }>();
  #lastId = 0;

  constructor(receive: (message: ToLibrary) => void) {
    process.on('internalMessage', (message: unknown) => {
      if (!isToLibrary(message)) return;
      if (message.act === 'state-answer') this.#pending.get(message.id)?.settle(message.value);
      else if (message.act === 'state-refused') this.#pending.get(message.id)?.refuse(new Error(message.reason));
      else receive(message);
    });
  }

  /** Returns whether there is a master. */
  send(message: FromLibrary): boolean {
    if (!process.connected || !process.send) return false;
    process.send(message, undefined, undefined, () => {}); // a channel that breaks is nothing to throw about
    return true;
  }

  /** Rejects when there is no master, or what is asked for is more than it keeps. */
  ask(request: StateRequest): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error('The master did not answer.'))), ANSWER_MS);
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#pending.delete(id);
        settle();
      };
      this.#pending.set(id, {
        settle: (value) => end(() => resolve(value)),
        refuse: (error) => end(() => reject(error)),
      });
      if (!this.send({ cmd: CONTROL_CMD, act: 'state', id, request })) {
        end(() => reject(new Error('This process is not run by pm.')));
      }
    });
  }
}

const isToLibrary = (message: unknown): message is ToLibrary =>
  typeof message === 'object' &&
  message !== null &&
  'cmd' in message &&
  message.cmd === CONTROL_CMD &&
  'act' in message &&
  ['lead', 'told', 'state-answer', 'state-refused'].includes(String(message.act));
