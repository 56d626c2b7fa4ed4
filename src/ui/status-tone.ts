import type { Status } from '../shared/worker-view.ts';
import type { Tone } from './styled-text.ts';

/** How each status looks. */
export const STATUS_TONE: Readonly<Record<Status, Tone>> = {
  online: 'good',
  launching: 'busy',
  stopping: 'busy',
  'waiting restart': 'busy',
  stopped: 'faint',
  errored: 'bad',
};

/** The status that says most about several workers: the one that needs most attention. */
export function worstStatus(statuses: readonly Status[]): Status {
  return BY_ATTENTION.find((status) => statuses.includes(status)) ?? 'stopped';
}

const BY_ATTENTION: readonly Status[] = ['errored', 'waiting restart', 'launching', 'stopping', 'stopped', 'online'];
