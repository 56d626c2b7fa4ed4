import type { CommandOption } from '../command.ts';
import { formOf } from '../command-form.ts';
import { type CommandEntry, commands } from '../commands/index.ts';
import { namesOf } from '../find-word.ts';
import { globalOptions } from '../shared-options.ts';

/** A command line that somebody is typing. */
export interface TypedLine {
  /** The words, `pm` first. */
  readonly words: readonly string[];
  /** Index of the word that the cursor is in. */
  readonly at: number;
}

/** Looks up the names of apps, only when they are wanted. */
export type AppNames = () => Promise<readonly string[]>;

/** What the word under the cursor may become. Empty: the shell may offer files. */
export async function complete({ words, at }: TypedLine, appNames: AppNames): Promise<string[]> {
  const typed = words[at] ?? '';
  const before = words.slice(1, at);
  if (before.includes('--')) return []; // arguments of the app
  const found = await candidates(before, typed, appNames);
  return [...new Set(found)].filter((word) => word.startsWith(typed)).sort();
}

async function candidates(before: readonly string[], typed: string, appNames: AppNames): Promise<readonly string[]> {
  const entry = entryIn(before);
  if (!entry) return typed.startsWith('-') ? longNames(globalOptions) : everyName();
  const { command } = await formOf(entry);
  const options = [...(command.options ?? []), ...globalOptions];
  if (typed.startsWith('-')) return longNames(options);
  if (takesValue(before.at(-1), options)) return [];
  if (command.words) return before.filter((word) => !word.startsWith('-')).length === 1 ? command.words : [];
  return /target|app|\bid\b/.test(command.operands ?? '') ? [...(await appNames()), 'all'] : [];
}

const entryIn = (before: readonly string[]): CommandEntry | undefined =>
  commands.find(({ names }) => names.some((name) => name === before.find((word) => !word.startsWith('-'))));

const everyName = (): string[] => commands.flatMap(({ names }) => names);

const longNames = (options: readonly CommandOption[]): string[] =>
  options.flatMap((option) => namesOf(option).filter((name) => name.startsWith('--')));

const takesValue = (word: string | undefined, options: readonly CommandOption[]): boolean =>
  word !== undefined && options.some((option) => option.flags.includes('<') && namesOf(option).includes(word));
