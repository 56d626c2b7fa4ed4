import type { DaemonEvent, ListedApp } from '../../protocol/messages.ts';
import { matchTarget } from '../../shared/target.ts';
import type { LogScreen } from './log-screen.ts';

/** Changes of status of the workers whose logs are shown, as they stand in PM2's JSON stream of logs. */
export class ProcessEvents {
  readonly #screen: LogScreen;
  readonly #targets: readonly string[];
  readonly #workers = new Map<number, { readonly app: string; status: string }>();

  constructor(screen: LogScreen, targets: readonly string[]) {
    this.#screen = screen;
    this.#targets = targets;
  }

  learn(apps: readonly ListedApp[]): void {
    for (const target of this.#targets.length === 0 ? ['all'] : this.#targets) {
      for (const { app, pmIds } of matchTarget(apps, target)) {
        for (const { pmId, status } of app.workers) {
          if (pmIds.includes(pmId)) this.#set(pmId, app.spec.name, status);
        }
      }
    }
  }

  tell(event: DaemonEvent): void {
    if (event.type !== 'worker-changed') return;
    const { pmId, status } = event.worker;
    const known = this.#workers.get(pmId);
    if (known) this.#set(pmId, known.app, status);
  }

  #set(pmId: number, app: string, status: string): void {
    const before = this.#workers.get(pmId)?.status;
    this.#workers.set(pmId, { app, status });
    if (before !== undefined && before !== status) this.#screen.processEvent(app, status);
  }
}
