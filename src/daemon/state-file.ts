import { readFile, rename } from 'node:fs/promises';
import { object, someText } from '../protocol/shape.ts';
import { writeAtomically } from './atomic-file.ts';
import type { DaemonLog } from './daemon-log.ts';
import { type SavedApp, savedAppsShape } from './saved-app.ts';

/** Several changes that come together are one write. */
const GATHER_MS = 200;

/** Content of state.json. */
interface State {
  /** The boot it was written in: the processes of another are gone, and what runs then is for `pm resurrect` to say. */
  readonly boot: string;
  readonly apps: readonly SavedApp[];
}

const stateShape = object<State>({ boot: someText, apps: savedAppsShape });

/** What should run, on disk: written after every change, read by the next daemon. */
export class StateFile {
  readonly #options: { path: string; boot: string; log: DaemonLog; apps: () => SavedApp[] };
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #written = '';

  constructor(options: { path: string; boot: string; log: DaemonLog; apps: () => SavedApp[] }) {
    this.#options = options;
  }

  /** The apps that the last daemon of this boot had. A file that cannot be understood is put aside. */
  async read(): Promise<readonly SavedApp[]> {
    const { path, boot, log } = this.#options;
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) return [];
    const state = parseState(text);
    if (typeof state !== 'string') return state.boot === boot ? state.apps : [];
    await rename(path, `${path}.corrupt`);
    log.note(`${path} cannot be used (${state}); it is kept as ${path}.corrupt. Apps whose master lives go on.`);
    return [];
  }

  /** Something may have changed: it is written soon. */
  changed(): void {
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** As `flush`, when there is anything to write. */
  settled(): Promise<void> {
    return this.#timer === undefined ? this.#writing : this.flush();
  }

  /** Resolves when what is known now is on disk, or could not be written, which is logged. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const { path, boot, log, apps } = this.#options;
    const text = JSON.stringify({ boot, apps: apps() } satisfies State);
    if (text === this.#written) return;
    try {
      await writeAtomically(path, text);
      this.#written = text;
    } catch (error) {
      log.note(`${path} could not be written: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** The state, or why it is none. */
function parseState(text: string): State | string {
  try {
    const value: unknown = JSON.parse(text);
    return stateShape(value, 'state') ?? (value as State); // the shape holds
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
