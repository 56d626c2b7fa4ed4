import { measureLog } from '../../logs-reader/log-usage.ts';
import type { ListedApp } from '../../protocol/messages.ts';
import { readRotationSettings } from '../../shared/rotation-settings.ts';
import { defineCommand, type Session, textOption } from '../command.ts';
import { logSources, unknownTarget } from '../logs/log-sources.ts';
import { writeLogrotateFile } from '../logs/logrotate-file.ts';
import { rotationRows } from '../logs/rotation-rows.ts';
import { drawTable } from '../output/table.ts';
import { TARGETS_HELP } from '../shared-options.ts';

export default defineCommand({
  summary: 'Show what log files take and what is kept of them, or put them away now',
  operands: '[target...]',
  operandsHelp: `Without a target: all apps. ${TARGETS_HELP}`,
  options: [
    { flags: '-f, --force', help: 'Put the files away now, whatever their size.' },
    { flags: '-u, --user <name>', help: 'Write a file for logrotate(8) instead, for the logs of that user.' },
    { flags: '--hp <folder>', help: 'With -u: home folder of that user.' },
    { flags: '--print', help: 'With -u: show the file, and write nothing.' },
  ],
  example: ['pm logrotate api --force', 'begins new log files for its workers'],
  run: (input, session) => {
    const { operands, options } = input;
    const user = textOption(options, 'user');
    if (user !== undefined) return writeLogrotateFile(user, input, session);
    return options.force === true ? putAway(operands, session) : show(operands, session);
  },
});

async function putAway(targets: readonly string[], { ask, out }: Session): Promise<number> {
  const reply = await ask('logs.rotate', { targets });
  if (!reply.ok) return out.problem(reply.problem);
  for (const file of reply.value.files) out.note(`Put away ${file}`);
  if (reply.value.files.length === 0) out.note('Nothing to put away: the log files are empty');
  return 0;
}

async function show(targets: readonly string[], { ask, out, paths }: Session): Promise<number> {
  const reply = await ask('app.list', { env: false });
  if (!reply.ok) return out.problem(reply.problem);
  const unknown = unknownTarget(targets, reply.value);
  if (unknown) return out.problem(unknown);
  const settings = await readRotationSettings(paths.settings);
  const streams = ['out', 'err'] as const;
  const wanted = new Set(logSources(reply.value, { targets, streams }).map(({ path }) => path));
  const ofApp = (app: ListedApp) => logSources([app], { targets: [], streams }).filter(({ path }) => wanted.has(path));
  const logs = reply.value.flatMap((app) =>
    ofApp(app).map(async (source) => ({
      source,
      usage: await measureLog(source.path),
      rotation: { ...settings.rotation, ...app.spec.logRotation },
    })),
  );
  const rows = rotationRows(await Promise.all(logs));
  out.line(
    drawTable(
      rows.map((row) => row.map((text) => ({ text }))),
      { header: true },
    ),
  );
  return 0;
}
