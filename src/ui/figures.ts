/** CPU time in percent of one core, in six columns: `0.3%`, `12.4%`, `640%`. */
export const sayCpu = (percent: number): string =>
  percent < 99.95 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`;
