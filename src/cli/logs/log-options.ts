import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { type Input, textOption } from '../command.ts';
import type { LineChoice } from './line-filter.ts';
import type { LineForm } from './line-print.ts';
import { lastTimesOfDay, MOMENT_FORMS, readMoment } from './moment.ts';

/** What `pm logs` was asked for. */
export interface LogOptions {
  /** Empty: everything, with the daemon's own log. */
  readonly targets: readonly string[];
  /** Lines of history of each file. */
  readonly lines: number;
  /** Whether to go on with what comes. */
  readonly follow: boolean;
  readonly streams: readonly ('out' | 'err')[];
  readonly form: LineForm;
  /** Whether the history of all files comes together, in the order of time, rather than file by file as PM2 shows it to people. */
  readonly merged: boolean;
  readonly choice: LineChoice;
  /** Without the daemon's own log, and when it ends, with the last lines of apps that have just ended. */
  readonly ofAppsOnly?: true;
}

const DEFAULT_LINES = 15;
const DEFAULT_TIMESTAMP = 'YYYY-MM-DD-HH:mm:ss';

export function readLogOptions({ operands, options }: Input, now: number): Outcome<LogOptions> {
  const lines = readLines(options);
  if (!lines.ok) return lines;
  const choice = readChoice(options, now);
  if (!choice.ok) return choice;
  const form = readForm(options);
  const follow = options.stream !== false && options.nostream !== true && choice.value.until === null;
  const onlyOne = options.err !== options.out;
  return succeed({
    targets: operands.filter((target) => target !== 'all'),
    lines: lines.value ?? defaultLines(form, follow, choice.value),
    follow,
    streams: !onlyOne ? ['out', 'err'] : options.err === true ? ['err'] : ['out'],
    form,
    merged: form.kind !== 'labelled' || choice.value.since !== null || choice.value.until !== null,
    choice: choice.value,
  });
}

/** Tools that read JSON get what comes from now on, as from PM2, unless they ask for more. Who names a time wants all since then. */
function defaultLines({ kind }: LineForm, follow: boolean, { since, until }: LineChoice): number {
  if (since !== null || until !== null) return Number.POSITIVE_INFINITY;
  return follow && (kind === 'json' || kind === 'fields') ? 0 : DEFAULT_LINES;
}

function readLines(options: Input['options']): Outcome<number | null> {
  const given = textOption(options, 'lines');
  if (given === undefined) return succeed(null);
  if (/^\d+$/.test(given)) return succeed(Number(given));
  return invalid(`--lines must be a whole number, 0 or more; got "${given}"`);
}

function readChoice(options: Input['options'], now: number): Outcome<LineChoice> {
  const moment = (name: 'since' | 'until'): number | null | undefined => {
    const given = textOption(options, name);
    return given === undefined ? null : (readMoment(given, now) ?? undefined);
  };
  const [since, until] = [moment('since'), moment('until')];
  if (since === undefined || until === undefined) {
    const name = since === undefined ? 'since' : 'until';
    return invalid(`--${name} must be a time ${MOMENT_FORMS}; got "${textOption(options, name)}"`);
  }
  const pattern = textOption(options, 'grep');
  try {
    return succeed({
      ...lastTimesOfDay({ since, until }, now),
      grep: pattern === undefined ? null : new RegExp(pattern),
    });
  } catch (error) {
    return invalid(`--grep must be a regular expression: ${error instanceof Error ? error.message : error}`);
  }
}

const invalid = (message: string) => fail(problem('usage/invalid', { message }));

function readForm(options: Input['options']): LineForm {
  if (options.json === true) return { kind: 'json' };
  if (options.format === true) return { kind: 'fields' };
  if (options.raw === true) return { kind: 'raw' };
  const timestamp = options.timestamp;
  return {
    kind: 'labelled',
    timestamp: typeof timestamp === 'string' ? timestamp : timestamp === true ? DEFAULT_TIMESTAMP : null,
    highlight: textOption(options, 'highlight') ?? null,
  };
}
