import type { AppKey } from '../src/config/app-key.ts';
import { appKeys, keySections } from '../src/config/keys.ts';

/** docs/config.md: what a reader needs to know, and the table that definitions are read with. */
export function configReference(): string {
  const sections = Object.entries(keySections).map(([title, keys]) => `## ${title}\n\n${keyTable(keys)}`);
  return `${[INTRODUCTION, ...sections, foreignKeys()].join('\n\n')}\n`;
}

const INTRODUCTION = `# Ecosystem files

<!-- Generated from the tables in src/config: npx vitest run --project unit test/unit/config/reference.test.ts -u -->

An ecosystem file declares apps. \`pm start\` without an argument takes the one in the current folder.

\`\`\`yaml
# ecosystem.yml
apps:
  - name: api
    script: server.js
    instances: max
    env:
      PORT: 3000
    env_staging:        # laid over env by: pm start ecosystem.yml --env staging
      PORT: 3001
\`\`\`

[ecosystem.example.yml](../ecosystem.example.yml) shows every key.

## Formats

| file | what it holds |
|---|---|
| \`*.yml\`, \`*.yaml\` | YAML 1.2, with anchors and merge keys |
| \`*.json\`, \`*.json5\`, \`package.json\` | JSON, in which comments, trailing commas and keys without quotes are fine |
| \`*.config.js\`, \`.cjs\`, \`.mjs\`, \`ecosystem.js\` | CommonJS or an ES module; a default export, or one called \`apps\` |
| \`*.config.ts\`, \`.mts\`, \`.cts\` | the same in TypeScript, where Node runs it (22.18, 23.6 and newer) or tsx is installed |
| \`-\` | JSON on stdin |

An export may be a function, also an async one; it gets \`{ env }\`, the name given to \`--env\`. The apps stand below \`apps\` or \`pm2\`, or are
the whole file: a list, or one app alone. A \`deploy\` block and a list \`static\` may stand beside them,
and keys that begin with \`x-\` are yours.

Without a name on the command line these are looked for, in this order: \`ecosystem.config.js\`, \`.cjs\`, \`.mjs\`, \`.ts\`, \`.mts\`, \`.json\`,
\`ecosystem.yml\`, \`.yaml\`, \`ecosystem.config.yml\`, \`.yaml\`, \`ecosystem.json\`, \`.json5\`.

## Rules

- **Mistakes.** A file with a mistake starts nothing. All mistakes are reported at once, each with its place, the rule and the value found:
  \`apps[2].max_restarts must be a whole number, 0 or more; got 'lots'\`. An unknown key is a mistake.
- **Paths.** A relative \`script\` or \`cwd\` starts at the folder of the file; what is not there is looked for in the folder the command was run
  in. With \`cwd\` given, the script is looked for in it first. Log files start at the working folder of the app. \`~\` is your home folder.
- **Names.** Each key may be written in camelCase too (\`maxRestarts\`).
- **Values.** A number may be written as text. Times are in milliseconds, or carry a unit: \`500ms\`, \`10s\`, \`5m\`, \`1h\`. Sizes: \`100M\`, \`2G\`.
  \`0\` and \`false\` mean just that.
- **Command line.** \`--only api,web\` picks apps. \`--env staging\` lays \`env_staging\` over \`env\`. Any other option overrides the file.
- **Scripts.** A script that contains a space and is no file is a command line for bash. A name without a slash that is no file is looked
  up in PATH.
- **Interpreters.** Without \`interpreter\`: Node for \`.js\`, \`.cjs\`, \`.mjs\`, for TypeScript and for other texts, bash for \`.sh\`, and python3, ruby, php, perl
  for their files; a program, or a file with \`#!\` that may be executed, runs by itself. \`node\` is the Node that runs \`pm\`.
- **TypeScript** is run by Node itself (22.18, 23.6 and newer; from 22.6 with \`--experimental-strip-types\`), else through the
  tsx that is installed for the app. \`interpreter: tsx\` always takes tsx. Both can be in cluster mode.
- **Folders.** An entry of \`static\` serves a folder over HTTP, as [pm serve](cli.md#pm-serve-path-port) does: \`{ path: dist, port: 8080, spa: true }\`, with
  \`name\`, \`host\`, \`ftp\` and \`basic_auth: { username, password }\`. It is an app called \`static-page-server-8080\`, unless it has a name.
- **CPUs.** \`instances: max\` counts the CPUs that the process may use: its affinity and cpuset, and the quota of its control group, rounded down.
- **Steps.** What [pm apply](apply.md) does to an app that runs when the key is changed. \`live\`: no process is touched. \`scale\`: workers come
  or go. \`reload\`: new workers without a gap; in fork mode a restart. \`restart\`: the app stops and starts. \`new app\`: the old one is deleted.`;

function keyTable(keys: readonly AppKey[]): string {
  const rows = keys.map((key) =>
    row(namesOf(key), cell(key.kind.expects), defaultOf(key), code(key.flags ?? []), key.step, cell(key.help)),
  );
  return [row('key', 'value', 'default', 'option', 'step', ''), '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** Keys of PM2 that are read and do nothing. */
function foreignKeys(): string {
  const names = appKeys.filter(({ support }) => support === 'no-effect').map(({ name }) => name);
  return `## Keys of PM2 without effect

Accepted, so that files written for PM2 can stay as they are: ${code(names)}.`;
}

const namesOf = ({ name, aliases = [] }: AppKey): string =>
  aliases.length > 0 ? `${code([name])} (${code(aliases)})` : code([name]);

function defaultOf(key: AppKey): string {
  if (key.defaultText !== undefined) return cell(key.defaultText);
  const value = key.default === undefined ? 'none' : code([JSON.stringify(key.default)]);
  return key.variable === undefined ? value : `${value}, or ${code([key.variable])} of the shell`;
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

/** Text of a cell: what Markdown would take as HTML is escaped, but not inside code. */
const cell = (text: string): string =>
  text
    .replaceAll('|', '\\|')
    .split('`')
    .map((part, i) => (i % 2 === 0 ? part.replaceAll('<', '\\<') : part))
    .join('`');
