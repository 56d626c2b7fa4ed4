import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { specFromCommandLine } from '../../config/command-line.ts';
import { staticServerScript } from '../../config/static-server-script.ts';
import { problem } from '../../shared/problems.ts';
import { defineCommand, type Input, type Session, textOption } from '../command.ts';
import { printFailures } from '../output/reports.ts';
import { showList } from '../output/show-list.ts';
import { readContext } from '../read-apps.ts';
import { NO_DAEMON } from '../shared-options.ts';

const DEFAULT_PORT = '8080';

export default defineCommand({
  summary: 'Serve the files of a folder over HTTP',
  operands: '[path] [port]',
  operandsHelp:
    'The folder is this one without [path], the port 8080. Files whose name begins with a dot are not served.\n' +
    'In an ecosystem file: script: serve, with PM2_SERVE_PATH, PM2_SERVE_PORT and so on in env.',
  options: [
    { flags: '--port <port>', help: 'Port to listen on.' },
    { flags: '--host <address>', help: 'Address to listen on (0.0.0.0).' },
    { flags: '--spa', help: 'Send index.html for pages that are not there: a single-page app.' },
    { flags: '--ftp', help: 'List folders that have no index.html.' },
    { flags: '--basic-auth-username <name>', help: 'Name that everybody has to give.' },
    { flags: '--basic-auth-password <word>', help: 'Password that everybody has to give.' },
    { flags: '--monitor', help: 'Of PM2: without effect.' },
    { flags: '-f, --force', help: 'Start it again when it runs already.' },
    NO_DAEMON,
  ],
  declaresApps: true,
  example: ['pm serve dist 8080 --spa', 'an app called static-page-server-8080'],
  run: async (input, session) => {
    const { out, cwd } = session;
    const [path = '.', operand] = input.operands;
    const port = textOption(input.options, 'port') ?? operand ?? DEFAULT_PORT;
    const root = resolve(cwd, path);
    const mistake = mistakeIn(input, { root, port });
    return mistake === null ? start({ root, port }, input, session) : out.problem(problem('usage/invalid', mistake));
  },
});

/** Where the files are and where they are to be had. */
interface Served {
  readonly root: string;
  readonly port: string;
}

function mistakeIn({ options }: Input, { root, port }: Served): { message: string; hint?: string } | null {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) return { message: `${root} is not a folder.` };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535 || port === '0') return { message: `"${port}" is not a port.` };
  const halves = ['basicAuthUsername', 'basicAuthPassword'].filter((name) => options[name] !== undefined);
  if (halves.length === 1) {
    return { message: 'A name alone or a password alone lets nobody in.', hint: 'Give both --basic-auth options.' };
  }
  return null;
}

async function start({ root, port }: Served, input: Input, session: Session): Promise<number> {
  const { ask, out } = session;
  const context = readContext(input, session);
  const username = textOption(input.options, 'basicAuthUsername');
  const variables = {
    PM2_SERVE_PATH: root,
    PM2_SERVE_PORT: port,
    PM2_SERVE_HOST: textOption(input.options, 'host') ?? '0.0.0.0',
    PM2_SERVE_SPA: String(input.options.spa === true),
    PM2_SERVE_FTP: String(input.options.ftp === true),
    PM2_SERVE_BASIC_AUTH: String(username !== undefined),
    ...(username === undefined
      ? {}
      : {
          PM2_SERVE_BASIC_AUTH_USERNAME: username,
          PM2_SERVE_BASIC_AUTH_PASSWORD: textOption(input.options, 'basicAuthPassword') ?? '',
        }),
  };
  const spec = await specFromCommandLine(staticServerScript(), [], {
    ...context,
    shellEnv: { ...context.shellEnv, ...variables },
    flags: { name: `static-page-server-${port}`, waitReady: true, ...context.flags },
  });
  if (!spec.ok) return out.problem(spec.problem);
  const existing = input.options.force === true ? 'restart' : 'refuse';
  const reply = await ask('app.start', { specs: [spec.value], existing });
  if (!reply.ok) return out.problem(reply.problem);
  const exitCode = printFailures(out, reply.value);
  if (exitCode === 0) out.note(`Serving ${root} on port ${port}`);
  if (reply.value.reports.length > 0) await showList(session);
  return exitCode;
}
