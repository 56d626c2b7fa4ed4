/** The middle value; the mean of the two middle ones of an even number. Throws on an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of nothing.');
  return (upper + lower) / 2;
}

/** undefined: there are no values. */
export const medianOf = (values: readonly number[]): number | undefined =>
  values.length > 0 ? median(values) : undefined;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The median of the ratios of rounds: what drifts meanwhile meets both of a round alike. undefined: there are none. */
export function medianRatio(values: readonly number[] = [], others: readonly number[] = []): number | undefined {
  const ratios = values.flatMap((value, round) => {
    const other = others[round];
    return other ? [value / other] : [];
  });
  return medianOf(ratios);
}
