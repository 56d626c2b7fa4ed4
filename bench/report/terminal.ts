import { styleText } from 'node:util';
import type { Measurement } from '../row.ts';

/** One measurement as it is printed while the benchmark runs. */
export function terminalLines(measurement: Measurement): string {
  const { what, pm, pm2, bare, ratio, bar, pass } = measurement;
  const figures = [`pm ${pm}`, `PM2 ${pm2}`, ...(bare ? [`bare ${bare}`] : [])].join('   ');
  const against = ratio === undefined ? '' : `   ratio ${ratio.toFixed(2)}`;
  return `  ${verdict(pass)}  ${what}\n        ${figures}${against}   bar ${bar}`;
}

function verdict(pass: boolean | null): string {
  if (pass === null) return ' -- ';
  return pass ? styleText('green', 'pass') : styleText('red', 'FAIL');
}
