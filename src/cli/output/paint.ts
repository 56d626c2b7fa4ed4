/** The colors that texts are printed in. */
export interface Paint {
  readonly bold: Stroke;
  readonly dim: Stroke;
  readonly red: Stroke;
  readonly green: Stroke;
  readonly yellow: Stroke;
  readonly blue: Stroke;
  readonly magenta: Stroke;
  readonly cyan: Stroke;
}

type Stroke = (text: string) => string;

const asIs: Stroke = (text) => text;

/** No colors. */
export const plain: Paint = {
  bold: asIs,
  dim: asIs,
  red: asIs,
  green: asIs,
  yellow: asIs,
  blue: asIs,
  magenta: asIs,
  cyan: asIs,
};

/**
 * Whether a stream shows colors: when it is a terminal, unless `NO_COLOR` (no-color.org) or `--no-color` says otherwise;
 * `FORCE_COLOR` colors files and pipes too.
 */
export function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv, argv: readonly string[]): boolean {
  if (env.NO_COLOR || argv.includes('--no-color')) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}
