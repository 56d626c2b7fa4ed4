import type { CommandOption } from './command.ts';

/** A command line cut into the word that names the command and everything else. */
export interface FoundWord {
  /** Undefined: there is none. */
  readonly word: string | undefined;
  readonly others: readonly string[];
}

/** Finds the first word that is neither an option nor the value of one: options may stand before the command too. */
export function findWord(args: readonly string[], options: readonly CommandOption[]): FoundWord {
  const takesValue = new Set(options.filter(({ flags }) => flags.includes('<')).flatMap(namesOf));
  let at = 0;
  while (at < args.length) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-') || arg === '-') return { word: arg, others: args.toSpliced(at, 1) };
    at += takesValue.has(arg) ? 2 : 1;
  }
  return { word: undefined, others: args };
}

/** `-l` and `--lines` of `-l, --lines <n>`. */
export const namesOf = ({ flags }: CommandOption): string[] =>
  flags.split(/[ ,|]+/).filter((word) => word.startsWith('-'));
