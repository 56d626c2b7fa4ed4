import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { type Input, textOption } from '../command.ts';
import type { LineForm } from './line-print.ts';

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
}

const DEFAULT_LINES = 15;
const DEFAULT_TIMESTAMP = 'YYYY-MM-DD-HH:mm:ss';

export function readLogOptions({ operands, options }: Input): Outcome<LogOptions> {
  const given = textOption(options, 'lines');
  if (given !== undefined && !/^\d+$/.test(given)) {
    return fail(problem('usage/invalid', { message: `--lines must be a whole number, 0 or more; got "${given}"` }));
  }
  const form = readForm(options);
  const follow = options.stream !== false && options.nostream !== true;
  // Tools that read JSON get what comes from now on, as from PM2, unless they ask for more.
  const lines = form.kind === 'json' || form.kind === 'fields' ? (follow ? 0 : DEFAULT_LINES) : DEFAULT_LINES;
  const onlyOne = options.err !== options.out;
  return succeed({
    targets: operands.filter((target) => target !== 'all'),
    lines: given === undefined ? lines : Number(given),
    follow,
    streams: !onlyOne ? ['out', 'err'] : options.err === true ? ['err'] : ['out'],
    form,
  });
}

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
