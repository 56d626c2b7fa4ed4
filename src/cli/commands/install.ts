import { problem } from '../../shared/problems.ts';
import { defineCommand } from '../command.ts';
import { installModule } from '../modules/install-module.ts';
import { insteadOf } from '../modules/standing-in.ts';
import { showList } from '../output/show-list.ts';

/** PM2's. */
const WATCHED_MS = 3000;

export default defineCommand({
  summary: 'Install a module, a package that runs beside the apps, and start it',
  operands: '[module]',
  operandsHelp:
    'A module is named as npm names packages: by name, git URL or file; or it is a folder of its own, which is run and watched where it is.\n' +
    'pm2-logrotate needs no installation: its settings have effect as they are.',
  options: [
    {
      flags: '--safe [ms]',
      help: 'Bring the former version back when the new one is restarted more than twice in that time (3000).',
    },
    ...['--tarball', '--install', '--docker', '--v1'].map((flags) => ({ flags, help: 'Of PM2: without effect.' })),
  ],
  example: ['pm install pm2-server-monit', 'then "pm set pm2-server-monit:key value" makes its settings'],
  run: async ({ operands: [typed = ''], options }, session) => {
    const { out } = session;
    if (typed === '') {
      const message = 'Which module is to be installed?';
      return out.problem(problem('usage/invalid', { message, hint: 'Write its name: "pm install <module>".' }));
    }
    const instead = insteadOf(typed);
    if (instead) {
      out.note(instead[0] ?? '');
      for (const line of instead.slice(1)) out.line(line);
      return 0;
    }
    const watchMs = watchedMs(options.safe);
    if (watchMs === undefined) {
      return out.problem(
        problem('usage/invalid', { message: `--safe is followed by milliseconds; got "${options.safe}".` }),
      );
    }
    const exitCode = await installModule(typed, { watchMs }, session);
    if (exitCode === 0) await showList(session);
    return exitCode;
  },
});

/** undefined: it is no time. */
function watchedMs(safe: unknown): number | undefined {
  if (safe === undefined) return 0;
  if (safe === true) return WATCHED_MS;
  return /^\d{1,7}$/.test(String(safe)) ? Number(safe) : undefined;
}
