import type { Command } from '../command.ts';

/** A command by its name and aliases, as typed; the file is loaded when it is used. */
export interface CommandEntry {
  readonly names: readonly [name: string, ...aliases: string[]];
  readonly load: () => Promise<{ default: Command }>;
}

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  { names: ['start'], load: () => import('./start.ts') },
  { names: ['restart'], load: () => import('./restart.ts') },
  { names: ['reload'], load: () => import('./reload.ts') },
  { names: ['stop'], load: () => import('./stop.ts') },
  { names: ['delete', 'del'], load: () => import('./delete.ts') },
  { names: ['scale'], load: () => import('./scale.ts') },
  { names: ['apply'], load: () => import('./apply.ts') },
  { names: ['startOrRestart'], load: () => import('./start-or-restart.ts') },
  { names: ['startOrReload', 'startOrGracefulReload'], load: () => import('./start-or-reload.ts') },
  { names: ['reset'], load: () => import('./reset.ts') },
  { names: ['list', 'ls', 'l', 'ps', 'status'], load: () => import('./list.ts') },
  { names: ['describe', 'desc', 'info', 'show'], load: () => import('./describe.ts') },
  { names: ['jlist'], load: () => import('./jlist.ts') },
  { names: ['prettylist'], load: () => import('./prettylist.ts') },
  { names: ['id'], load: () => import('./id.ts') },
  { names: ['pid'], load: () => import('./pid.ts') },
  { names: ['env'], load: () => import('./env.ts') },
  { names: ['slist', 'sysinfos'], load: () => import('./slist.ts') },
  { names: ['logs', 'log'], load: () => import('./logs.ts') },
  { names: ['trigger'], load: () => import('./trigger.ts') },
  { names: ['sendSignal'], load: () => import('./send-signal.ts') },
  { names: ['send'], load: () => import('./send.ts') },
  { names: ['attach'], load: () => import('./attach.ts') },
  { names: ['inspect'], load: () => import('./inspect.ts') },
  { names: ['flush'], load: () => import('./flush.ts') },
  { names: ['logrotate'], load: () => import('./logrotate.ts') },
  { names: ['reloadLogs'], load: () => import('./reload-logs.ts') },
  { names: ['monit', 'dashboard', 'dash', 'imonit'], load: () => import('./monit.ts') },
  { names: ['save', 'dump'], load: () => import('./save.ts') },
  { names: ['cleardump'], load: () => import('./cleardump.ts') },
  { names: ['resurrect'], load: () => import('./resurrect.ts') },
  { names: ['import'], load: () => import('./import.ts') },
  { names: ['ping'], load: () => import('./ping.ts') },
  { names: ['set'], load: () => import('./set.ts') },
  { names: ['get'], load: () => import('./get.ts') },
  { names: ['conf'], load: () => import('./conf.ts') },
  { names: ['config'], load: () => import('./config.ts') },
  { names: ['unset'], load: () => import('./unset.ts') },
  { names: ['multiset'], load: () => import('./multiset.ts') },
  { names: ['init', 'ecosystem'], load: () => import('./init.ts') },
  { names: ['completion'], load: () => import('./completion.ts') },
  { names: ['serve', 'expose'], load: () => import('./serve.ts') },
  { names: ['deploy'], load: () => import('./deploy.ts') },
  { names: ['startup'], load: () => import('./startup.ts') },
  { names: ['unstartup'], load: () => import('./unstartup.ts') },
  {
    names: ['link', 'unlink', 'plus', 'register', 'login', 'logout', 'monitor', 'unmonitor', 'open'],
    load: () => import('./link.ts'),
  },
  { names: ['update', 'updatePM2'], load: () => import('./update.ts') },
  { names: ['deepUpdate'], load: () => import('./deep-update.ts') },
  { names: ['report'], load: () => import('./report.ts') },
  { names: ['kill'], load: () => import('./kill.ts') },
];
