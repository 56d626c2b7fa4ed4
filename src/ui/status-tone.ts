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

/** What needs most attention first. */
export const BY_ATTENTION: readonly Status[] = [
  'errored',
  'waiting restart',
  'launching',
  'stopping',
  'stopped',
  'online',
];

/** The status that says most about several workers. */
export const worstStatus = (statuses: readonly Status[]): Status =>
  BY_ATTENTION.find((status) => statuses.includes(status)) ?? 'stopped';

/** For a count before it. */
export const shortStatus = (status: Status): string => (status === 'waiting restart' ? 'waiting' : status);
