import type { CommandOption } from '../src/cli/command.ts';
import { formOf } from '../src/cli/command-form.ts';
import { type CommandEntry, commands } from '../src/cli/commands/index.ts';
import { globalOptions } from '../src/cli/shared-options.ts';

/** docs/cli.md, made from the tables that the commands are parsed with. */
export async function cliReference(): Promise<string> {
  const sections = await Promise.all(commands.map(section));
  return `${[INTRODUCTION, optionTable(globalOptions), ...sections].join('\n\n')}\n`;
}

const INTRODUCTION = `# Commands

<!-- Generated from the tables in src/cli: npx vitest run --project unit test/unit/cli/reference.test.ts -u -->

\`pm <command> [options]\`. \`pm <command> --help\` prints what is here. Any command but \`kill\` starts the daemon when there is none,
and says so on stderr. Exit code 0: done; 1: something failed, and why is on stderr; 130: ended by Ctrl-C.

A **target** names workers: a name, a namespace, \`namespace/name\`, an id, \`all\`, or \`/regex/\` on names. Names come before
namespaces, namespaces before ids.

Options of every command:`;

async function section(entry: CommandEntry): Promise<string> {
  const { name, command } = await formOf(entry);
  const { summary, operands = '', operandsHelp, options = [], example } = command;
  const [, ...aliases] = entry.names;
  const parts = [
    `## \`${`pm ${name} ${operands}`.trim()}\``,
    `${summary}.${aliases.length > 0 ? ` Also: ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : ''}`,
    operandsHelp && helpText(operandsHelp),
    options.length > 0 ? optionTable(options) : undefined,
    `\`\`\`sh\n${example[0]}   # ${example[1]}\n\`\`\``,
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

/** Indented lines are a list that stays as it is. */
function helpText(text: string): string {
  const lines = text.split('\n').map((line) => (line.startsWith('  ') ? line : line.replaceAll('<', '\\<')));
  return lines.join('\n').replace(/(?:^ {2}.*\n?)+/gm, (list) => `\n\`\`\`text\n${list.trimEnd()}\n\`\`\``);
}

function optionTable(options: readonly CommandOption[]): string {
  const rows = options.map(({ flags, help, repeatable }) => {
    const text = `${help}${repeatable ? ' May be given several times.' : ''}`;
    return `| \`${flags}\` | ${text.replaceAll('|', '\\|').replaceAll('<', '\\<')} |`;
  });
  return ['| option | |', '|---|---|', ...rows].join('\n');
}
