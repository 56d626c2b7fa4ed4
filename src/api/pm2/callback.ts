import { PmError } from '../pm-error.ts';

/** PM2's: the error first, null when there is none. */
export type Callback<T = unknown> = (error: Error | null, result?: T) => void;

/** Some of PM2's messages that programs compare. The problem's own stays in `code` and `problems`. */
const MESSAGES: Readonly<Record<string, string>> = {
  'target/not-found': 'process or namespace not found',
  'target/none': 'process name not found',
  'app/already-running': 'Script already launched',
  'app/busy': 'Reload in progress',
  'app/nothing-to-scale': 'Same process number',
};

/** Gives the outcome of work to a callback, which is called once, outside of the promise: what it throws is its own. */
export function callBack<T>(work: Promise<T>, callback: Callback<T> = () => {}): void {
  work.then(
    (result) => setImmediate(() => callback(null, result)),
    (error: unknown) => setImmediate(() => callback(errorFor(error))),
  );
}

function errorFor(error: unknown): Error {
  if (error instanceof PmError) error.message = MESSAGES[error.code] ?? error.message;
  return error instanceof Error ? error : new Error(String(error));
}

/** Splits the callback, where there is one, from the arguments before it. */
export function splitCallback(args: readonly unknown[]): { given: readonly unknown[]; callback: Callback | undefined } {
  const last = args.at(-1);
  const given =
    typeof last === 'function'
      ? args.slice(0, -1)
      : args.filter((arg, index) => index < args.length - 1 || arg !== undefined);
  return { given, callback: typeof last === 'function' ? (last as Callback) : undefined }; // whatever function the caller gave
}
