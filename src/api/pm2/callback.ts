import type { Problem } from '../../shared/problems.ts';
import { PmError } from '../pm-error.ts';

/** As PM2 declares it. The error is null when there is none, and the result undefined when there is one. */
export type Callback<T = unknown> = (error: Error, result: T) => void;

type Wordings = Readonly<Record<string, string>>;

/** PM2's messages, which programs compare and show. The problem's own stays in `problems`. */
const MESSAGES: Wordings = {
  'target/not-found': 'process or namespace not found',
  'target/none': 'process name not found',
  'app/already-running': 'Script already launched',
  'app/busy': 'Reload in progress',
  'app/nothing-to-scale': 'Same process number',
  'worker/no-stdin': 'Cannot send line to processes in cluster mode',
};

/** PM2's message for a target that names nothing. */
export function notFound(target: string | number): Wordings {
  const text = String(target);
  if (/^\d+$/.test(text)) return { 'target/not-found': `${text} : id unknown` };
  return /^\/.+\/$/.test(text) ? { 'target/not-found': 'process name not found' } : {};
}

/** PM2's message for an id that no worker has. */
export const unknownId = (id: string | number): Wordings => ({
  'worker/not-found': `Process with ID <${id}> unknown.`,
});

/**
 * Gives the outcome of work to a callback, which is called once, outside of the promise: what it throws is its own.
 * `wordings`: messages of this method, by the code of the problem.
 */
export function callBack<T>(work: Promise<T>, callback: Callback<T> = () => {}, wordings: Wordings = {}): void {
  const call = callback as (error: Error | null, result?: T) => void; // as it is called in truth
  work.then(
    (result) => setImmediate(() => call(null, result)),
    (error: unknown) => setImmediate(() => call(errorFor(error, wordings))),
  );
}

/** A failure in PM2's words, and in those of the method. */
export function errorFor(error: unknown, wordings: Wordings): Error {
  if (error instanceof PmError)
    error.message = wordings[error.code] ?? MESSAGES[error.code] ?? wholeText(error.problems);
  return error instanceof Error ? error : new Error(String(error));
}

/** A program prints the message alone: mistakes in its definitions belong to it. */
const wholeText = (problems: readonly Problem[]): string =>
  problems
    .map(({ code, message, evidence = [] }) =>
      code === 'config/invalid' ? [message, ...evidence].join('\n') : message,
    )
    .join('\n');

/** Splits the callback, where there is one, from the arguments before it. */
export function splitCallback(args: readonly unknown[]): { given: readonly unknown[]; callback: Callback | undefined } {
  const last = args.at(-1);
  const given =
    typeof last === 'function'
      ? args.slice(0, -1)
      : args.filter((arg, index) => index < args.length - 1 || arg !== undefined);
  return { given, callback: typeof last === 'function' ? (last as Callback) : undefined }; // whatever function the caller gave
}
