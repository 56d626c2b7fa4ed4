import { CommanderError, Option, Command as Parser } from 'commander';
import type { Command, CommandOption, Input, Options } from './command.ts';
import { namesOf } from './find-word.ts';

/** What the arguments of a command say. */
export type Parsed =
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'help'; readonly text: string }
  /** A sentence, a suggestion where there is one, and the usage. */
  | { readonly kind: 'mistake'; readonly text: string };

/** How the options of a command are to be parsed. */
export interface Form {
  readonly name: string;
  readonly command: Command;
  /** Options of every command. */
  readonly globalOptions: readonly CommandOption[];
  /** Options that are understood, and not shown in the help. */
  readonly hiddenOptions: readonly CommandOption[];
}

/** Parses what follows the name of a command. */
export function parseInput(form: Form, args: readonly string[], appArgs: readonly string[] | null): Parsed {
  let printed = '';
  const print = (text: string) => {
    printed += text;
  };
  const parser = parserOf(form).exitOverride().configureOutput({ writeOut: print, writeErr: print });
  try {
    parser.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: error.exitCode === 0 ? 'help' : 'mistake', text: printed };
  }
  return { kind: 'input', input: { operands: parser.args, options: givenOptions(parser), appArgs } };
}

function parserOf({ name, command, globalOptions, hiddenOptions }: Form): Parser {
  const parser = new Parser(`pm ${name}`)
    .description(command.summary)
    .helpOption('-h, --help', 'Show this.')
    .allowExcessArguments(false)
    .addHelpText('after', helpAfter(command));
  if (command.operands) parser.arguments(command.operands);
  for (const option of [...(command.options ?? []), ...globalOptions]) parser.addOption(optionOf(option));
  const taken = new Set([...(command.options ?? []), ...globalOptions].flatMap(namesOf));
  for (const option of hiddenOptions) {
    const free = namesOf(option).filter((name) => !taken.has(name));
    if (!free.some((name) => name.startsWith('--'))) continue;
    parser.addOption(optionOf({ ...option, flags: flagsWith(option, free) }).hideHelp());
    for (const name of free) taken.add(name);
  }
  return parser.showHelpAfterError(`Usage: pm ${name} ${parser.usage()}\nMore: pm ${name} --help`);
}

function helpAfter({ operandsHelp, example: [line, effect] }: Command): string {
  return `${operandsHelp ? `\n${operandsHelp}\n` : ''}\nExample:\n  ${line}\n    ${effect}`;
}

function optionOf({ flags, help, repeatable }: CommandOption): Option {
  const option = new Option(flags, help);
  if (!repeatable) return option;
  return option.argParser((value, before: readonly string[] = []) => [...before, value]);
}

/** The flags of an option with only these of its names. */
const flagsWith = ({ flags }: CommandOption, names: readonly string[]): string =>
  [names.join(', '), ...flags.split(' ').filter((word) => /^[<[]/.test(word))].join(' ');

/** Without the defaults that commander has for `--no-x`. */
function givenOptions(parser: Parser): Options {
  const given = Object.entries(parser.opts<Options>());
  return Object.fromEntries(given.filter(([name]) => parser.getOptionValueSource(name) === 'cli'));
}
