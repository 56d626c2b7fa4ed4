import type { DaemonProgram } from '../protocol/messages.ts';
import type { Paths } from '../shared/paths.ts';
import type { AppList } from './app-list.ts';
import type { DaemonLog } from './daemon-log.ts';
import type { DumpFile } from './dump-file.ts';
import type { HostSampler } from './host-sampler.ts';
import type { Masters } from './masters.ts';
import type { SettingsFile } from './settings-file.ts';
import type { StateFile } from './state-file.ts';
import type { Subscribers } from './subscribers.ts';
import type { UsageSampler } from './usage-sampler.ts';

/** What the daemon is made of, as its handlers see it. */
export interface Parts {
  readonly paths: Paths;
  readonly log: DaemonLog;
  readonly list: AppList;
  readonly masters: Masters;
  readonly state: StateFile;
  readonly dump: DumpFile;
  readonly settings: SettingsFile;
  readonly usage: UsageSampler;
  readonly host: HostSampler;
  readonly subscribers: Subscribers;
  /** Reloads that go on, by the key of their app. */
  readonly reloading: Map<string, Promise<unknown>>;
  readonly startedAt: number;
  /** Ends this process, once the answer is out, and starts the one that takes over. */
  giveWayTo(program: DaemonProgram): void;
  /** Ends this process, once the answer is out. */
  exit(): void;
}
