import { CONTROL_CMD } from '../worker/control-messages.ts';
import type { FromLibrary, StateRequest, ToLibrary } from '../worker/library-messages.ts';
import { MessageAllowance, sizeOf } from './message-limits.ts';
import { SharedState } from './shared-state.ts';
import type { Slot } from './slot.ts';
import type { MessageOutlet } from './worker-inbox.ts';
import type { WorkerProcess } from './worker-process.ts';

export interface CommonsOptions {
  slots(): readonly Slot[];
  /** Passes a message of an app on to whoever listens outside. */
  publish(pmId: number, message: unknown): void;
  /** Whether somebody does. */
  hasListeners(): boolean;
}

interface Member {
  readonly slot: number;
  readonly allowance: MessageAllowance;
  leads: boolean;
}

/** What the workers of one app have to do with each other: who leads, what they tell each other, and the state they share. */
export class Commons {
  readonly #options: CommonsOptions;
  /** Processes that use the library. None, and nothing here costs anything. */
  readonly #members = new Map<WorkerProcess, Member>();
  #state: SharedState | null = null;

  constructor(options: CommonsOptions) {
    this.#options = options;
  }

  outletFor(pmId: number, slot: number): MessageOutlet {
    return {
      isWanted: this.#options.hasListeners,
      send: (message) => this.#options.publish(pmId, message),
      receive: (process, message) => {
        if (isFromLibrary(message)) this.#receive(process, slot, message);
      },
    };
  }

  /** To be called when a worker has changed: another may lead now. */
  elect(): void {
    if (this.#members.size === 0) return;
    const online = this.#options.slots().filter(({ status, process }) => status === 'online' && process?.running);
    const leader = online[0]?.process;
    for (const [process, member] of this.#members) {
      const leads = process === leader;
      if (!process.running) this.#members.delete(process);
      else if (leads !== member.leads) answer(process, { cmd: CONTROL_CMD, act: 'lead', leads });
      member.leads = leads;
    }
  }

  #receive(process: WorkerProcess, slot: number, message: FromLibrary): void {
    const member = this.#members.get(process) ?? { slot, allowance: new MessageAllowance(), leads: false };
    this.#members.set(process, member);
    if (message.act === 'join') this.elect();
    else if (message.act === 'state') this.#changeState(process, message);
    else this.#tell(process, member, message);
  }

  #changeState(process: WorkerProcess, { id, request }: Extract<FromLibrary, { act: 'state' }>): void {
    this.#state ??= new SharedState();
    const done = this.#state.carryOut(request);
    const reply = { cmd: CONTROL_CMD, id } as const;
    answer(
      process,
      'reason' in done ? { ...reply, act: 'state-refused', ...done } : { ...reply, act: 'state-answer', ...done },
    );
  }

  #tell(
    sender: WorkerProcess,
    { slot: from, allowance }: Member,
    { to, data }: Extract<FromLibrary, { act: 'tell' }>,
  ): void {
    const size = sizeOf(data);
    if (size === null || !allowance.take(size, Date.now())) return;
    for (const { process, site } of this.#options.slots()) {
      const isMeant = to === null ? process !== sender : site.slot === to;
      if (isMeant && process && this.#members.has(process))
        answer(process, { cmd: CONTROL_CMD, act: 'told', from, data });
    }
  }
}

const answer = (process: WorkerProcess, message: ToLibrary): boolean => process.send(message);

/** The app can send anything over its channel, so nothing is taken for granted. */
function isFromLibrary(message: unknown): message is FromLibrary {
  if (typeof message !== 'object' || message === null) return false;
  const { cmd, act, to, id, request }: { [field: string]: unknown } = { ...message };
  if (cmd !== CONTROL_CMD) return false;
  if (act === 'tell') return to === null || typeof to === 'number';
  return act === 'join' || (act === 'state' && typeof id === 'number' && isStateRequest(request));
}

function isStateRequest(value: unknown): value is StateRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { do: what, key, by }: { [field: string]: unknown } = { ...value };
  return (
    what === 'all' ||
    (['get', 'set', 'delete', 'increment'].includes(String(what)) &&
      typeof key === 'string' &&
      (what !== 'increment' || typeof by === 'number'))
  );
}
