import type { Manager } from './managers/manager.ts';

export type ManagerName = Manager['name'];

/** Who takes part in a comparison with Node itself. */
export type Party = ManagerName | 'bare';

/** A result per manager; one that was left out of the run is missing. */
export type PerManager<T> = Partial<Record<ManagerName, T>>;

/** One line of the final table. */
export interface Measurement {
  readonly what: string;
  /** What was measured, ready to print. */
  readonly pm: string;
  readonly pm2: string;
  readonly bare?: string;
  /** pm's figure divided by the one it is compared with. */
  readonly ratio?: number;
  readonly bar: string;
  /** null: nothing to hold it against in this run, or reported only. */
  readonly pass: boolean | null;
  /** Everything behind the figures, for the results file. */
  readonly details: unknown;
}

export interface RowContext {
  /** Short rounds: shows that a row works, and roughly where it stands. */
  readonly quick: boolean;
  /** Who takes part. */
  readonly managers: readonly ManagerName[];
  create(name: ManagerName): Manager;
}

/** One piece of work, done side by side. */
export interface Row {
  readonly id: string;
  readonly title: string;
  run(context: RowContext): AsyncIterable<Measurement>;
}

/** Order of rounds A B, B A, A B ...: a drift of the machine meets both alike. */
export function interleave<T>(parties: readonly T[], rounds: number): T[] {
  return Array.from({ length: rounds }, (_, round) => (round % 2 === 0 ? parties : [...parties].reverse())).flat();
}

/** pm's figure over the other's; nothing when one of them is missing. */
export function ratioOf(pm: number | undefined, other: number | undefined): { ratio?: number } {
  return pm === undefined || other === undefined || other === 0 ? {} : { ratio: pm / other };
}

/** A ratio meets a bar to two decimals, as it is printed. */
export function atMost(ratio: number | undefined, bar: number): boolean | null {
  return ratio === undefined ? null : Math.round(ratio * 100) <= Math.round(bar * 100);
}

export function atLeast(ratio: number | undefined, bar: number): boolean | null {
  return ratio === undefined ? null : Math.round(ratio * 100) >= Math.round(bar * 100);
}

/** A figure ready to print, or a dash. */
export function show(value: number | undefined, unit = '', digits = 0): string {
  if (value === undefined) return '-';
  const text = value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit ? `${text} ${unit}` : text;
}
