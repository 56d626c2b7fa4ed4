import { Command as Parser } from 'commander';
import { commands } from './commands/index.ts';
import { globalOptions } from './shared-options.ts';

/** What `pm --help` prints: every command in a line. */
export async function globalHelp(): Promise<string> {
  const parser = new Parser('pm')
    .usage('<command> [options]')
    .version('', '-v, --version', 'Print the version.')
    .helpOption('-h, --help', 'Show this; "pm <command> --help" explains a command.')
    .helpCommand(false)
    .addHelpText('after', '\nWhat follows -- goes to the app: pm start app.js -- --port 8080');
  for (const { flags, help } of globalOptions) parser.option(flags, help);
  for (const { names, load } of commands) {
    const { default: command } = await load();
    const [name, ...aliases] = names;
    const row = parser
      .command(`${name} ${command.operands ?? ''}`.trim())
      .summary(command.summary)
      .helpOption(false);
    row.aliases(aliases);
  }
  let text = '';
  parser.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text.trimEnd();
}
