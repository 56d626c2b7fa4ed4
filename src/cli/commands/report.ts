import { readlink } from 'node:fs/promises';
import { arch, cpus, freemem, homedir, platform, release, totalmem } from 'node:os';
import { readLastLines } from '../../protocol/last-lines.ts';
import type { DaemonRequests, ListedApp } from '../../protocol/messages.ts';
import { formatMemory, formatUptime } from '../../shared/format.ts';
import type { Paths } from '../../shared/paths.ts';
import { VERSION } from '../../shared/version.ts';
import { defineCommand, type Session } from '../command.ts';
import { listRows } from '../output/list-rows.ts';
import { sortWorkers } from '../output/list-sort.ts';
import { plain } from '../output/paint.ts';
import { drawReport, type ReportSection } from '../output/report-sections.ts';
import { drawTable } from '../output/table.ts';

const LOG_LINES = 20;

export default defineCommand({
  summary: 'Print what others need to help: versions, machine, list, end of the daemon log',
  example: ['pm report > report.txt', 'holds no environment, but names and paths: read it before you publish it'],
  run: async (_input, session) => {
    const { ask, out, paths } = session;
    const daemon = await ask('daemon.ping', {});
    if (!daemon.ok) return out.problem(daemon.problem);
    const apps = await ask('app.list', { env: false });
    if (!apps.ok) return out.problem(apps.problem);
    const sections = [
      await daemonSection(daemon.value, paths),
      commandLineSection(session),
      systemSection(),
      listSection(apps.value),
      await logSection(paths),
    ];
    out.data(`${drawReport('PM2 report', [dateSection(), ...sections])}\n`);
    return 0;
  },
});

const dateSection = (): ReportSection => ({ title: 'Date', text: new Date().toISOString() });

async function daemonSection(
  { pid, version, startedAt }: DaemonRequests['daemon.ping']['result'],
  { home }: Paths,
): Promise<ReportSection> {
  const path = await readlink(`/proc/${pid}/exe`).catch(() => 'unknown');
  const uptime = formatUptime(Date.now() - startedAt);
  return { title: 'Daemon', facts: { 'pm2d version': version, pid, uptime, home, 'node path': path } };
}

function commandLineSection({ env }: Session): ReportSection {
  return {
    title: 'CLI',
    facts: {
      'local pm2': VERSION,
      'node version': process.versions.node,
      'node path': process.execPath,
      'user id': process.getuid?.() ?? 'none',
      shell: env.SHELL ?? 'unknown',
    },
  };
}

function systemSection(): ReportSection {
  return {
    title: 'System info',
    facts: {
      arch: arch(),
      platform: `${platform()} ${release()}`,
      cpus: `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`,
      'free memory': formatMemory(freemem()),
      'total memory': formatMemory(totalmem()),
      home: homedir(),
    },
  };
}

function listSection(apps: readonly ListedApp[]): ReportSection {
  const workers = sortWorkers(apps);
  const rows = listRows(workers.ok ? workers.value : [], { now: Date.now(), columns: 300, paint: plain });
  return { title: 'PM2 list', text: drawTable(rows, { header: true }) };
}

async function logSection({ daemonLog }: Paths): Promise<ReportSection> {
  const lines = await readLastLines(daemonLog, { from: 0, lines: LOG_LINES });
  return { title: 'Daemon logs', text: [`${daemonLog}, last ${LOG_LINES} lines:`, ...lines].join('\n') };
}
