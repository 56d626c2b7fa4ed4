/** A log to be merged with others. */
export interface MergedLog {
  /** Gives the next lines, of which there may be none yet; null: there are no more. */
  next(): Promise<readonly string[] | null>;
  /** When a line says it was written, ms since the epoch; null: it does not say. */
  timeOf(line: string): number | null;
}

interface Head {
  readonly log: number;
  readonly from: MergedLog;
  lines: readonly string[];
  at: number;
  /** Of the line at `at`, ms since the epoch. */
  time: number;
}

/**
 * The lines of several logs in the order of the times that they bear, as runs of lines of one log each. A line without a time stays with
 * the one before it; what comes before the first time of a log comes first. Holds one batch of each.
 */
export async function* mergeByTime(
  logs: readonly MergedLog[],
): AsyncGenerator<{ log: number; lines: readonly string[] }> {
  const opened = await Promise.all(
    logs.map((from, log) => fill({ log, from, lines: [], at: 0, time: Number.NEGATIVE_INFINITY })),
  );
  let heads = opened.filter((head) => head !== null);
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (b.time < a.time ? b : a));
    const until = Math.min(...heads.filter((head) => head !== first).map(({ time }) => time));
    const from = first.at;
    do step(first);
    while (first.at < first.lines.length && first.time <= until);
    yield { log: first.log, lines: first.lines.slice(from, first.at) };
    if (first.at === first.lines.length && (await fill(first)) === null) heads = heads.filter((head) => head !== first);
  }
}

function step(head: Head): void {
  head.at += 1;
  head.time = timeAt(head);
}

function timeAt({ from, lines, at, time }: Head): number {
  const line = lines[at];
  return line === undefined ? time : (from.timeOf(line) ?? time);
}

/** Fetches the next batch; null: there is none. */
async function fill(head: Head): Promise<Head | null> {
  do {
    const lines = await head.from.next();
    if (lines === null) return null;
    head.lines = lines;
  } while (head.lines.length === 0);
  head.at = 0;
  head.time = timeAt(head);
  return head;
}
