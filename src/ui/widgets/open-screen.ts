import blessed, { type Widgets } from 'blessed';
import { charWidth } from '../text-width.ts';

/**
 * Takes the terminal over: alternate screen, raw input, no cursor. Ended by its `destroy`.
 *
 * blessed 0.1.81 is given what it gets wrong by itself:
 * - It misreads the compiled terminfo entries of ncurses 6.1 and later (32-bit numbers) and prints parts of them. With no place to
 *   look in, it takes the entry of xterm that it brings along, which every terminal of today understands.
 * - Its table of character widths knows no emoji.
 * - It draws lines with a second character set where Unicode would do.
 */
export function openScreen({ unicode }: { unicode: boolean }): Widgets.Screen {
  const internals = blessed as unknown as BlessedInternals; // all exported, and absent in the type declarations
  internals.tput.ipaths.length = 0;
  internals.unicode.charWidth = charWidth;
  const program = internals.program({
    tput: false,
    terminal: process.env.TERM === 'linux' ? 'linux' : 'xterm-256color',
    extended: false,
    forceUnicode: unicode,
  });
  const screen = blessed.screen({ program: program as never, fullUnicode: unicode, forceUnicode: unicode }); // declared as a smaller type
  program.tput.brokenACS = unicode;
  return screen;
}

interface BlessedInternals {
  readonly tput: { readonly ipaths: unknown[] };
  readonly unicode: { charWidth: (char: string) => number };
  readonly program: (options: object) => { readonly tput: { brokenACS: boolean } };
}
