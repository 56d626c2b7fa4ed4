import { timeReader } from './line-time.ts';

/** Which lines are wanted. */
export interface LineChoice {
  readonly grep: RegExp | null;
  /** Ms since the epoch. */
  readonly since: number | null;
  readonly until: number | null;
}

/**
 * Picks the wanted lines of one log, in order. A line that says no time belongs to the one before it, as those of a stack do; where
 * no line says one, all that the files since then have is taken.
 */
export class LineFilter {
  readonly #choice: LineChoice;
  readonly #timeOf: (line: string) => number | null;
  #inTime = true;

  /** `dateFormat`: of the dates that lines begin with, where it is known. */
  constructor(choice: LineChoice, dateFormat: string | null) {
    this.#choice = choice;
    this.#timeOf = timeReader(dateFormat);
  }

  pick(lines: readonly string[]): readonly string[] {
    const { grep, since, until } = this.#choice;
    if (grep === null && since === null && until === null) return lines;
    return lines.filter((line) => this.#isInTime(line) && (grep === null || grep.test(line)));
  }

  #isInTime(line: string): boolean {
    const { since, until } = this.#choice;
    if (since === null && until === null) return true;
    const at = this.#timeOf(line);
    if (at !== null) this.#inTime = (since === null || at >= since) && (until === null || at <= until);
    return this.#inTime;
  }
}
